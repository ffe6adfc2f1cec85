using CsCheck;
using SynthesizeMe.Rewards;

namespace SynthesizeMe.Tests.Rewards;

public sealed class PersonPriorTests
{
    [Fact]
    public void Of_few_pairs_the_covariance_is_what_it_is_of_many() => Gen.Double[-2, 2].Array[5].Array[0, 4].Sample(
        pulls =>
        {
            double[] few = new double[25];
            double[] any = new double[25];

            PersonPrior.AddCovarianceOfFew([.. pulls.Select(p => (double[])p.Clone())], 5, few);
            PersonPrior.AddCovariance(pulls, 5, any);

            Assert.All(few.Zip(any), pair => Assert.Equal(pair.Second, pair.First, 1e-9));
        },
        iter: 300);
}
