using SynthesizeMe.Offline;

namespace SynthesizeMe.Tests.Offline;

public class InContextLearnerTests
{
    [Fact]
    public void Without_choices_the_general_taste_remains()
    {
        PreferenceModel model = InContextLearner.Fit(StylePrior.General, []);

        StyleVector weights = model.Weights, mean = StylePrior.General.Mean;
        Assert.All(Enumerable.Range(0, StyleVector.Count), i => Assert.Equal(mean[i], weights[i]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Choices_pull_their_way_and_more_of_them_pull_further(int sign)
    {
        StyleVector choice = default;
        choice[StyleFeature.Hedging] = sign;

        double one = InContextLearner.Fit(StylePrior.General, [choice]).Shift(StyleFeature.Hedging);
        double many = InContextLearner.Fit(StylePrior.General, [.. Enumerable.Repeat(choice, 20)]).Shift(StyleFeature.Hedging);

        Assert.True(sign * one > 0);
        Assert.True(sign * many > sign * one);
    }

    [Fact]
    public void Opposite_choices_cancel()
    {
        StyleVector choice = default;
        choice[StyleFeature.Reasons] = 1;

        double shift = InContextLearner.Fit(StylePrior.General, [choice, choice.Negate()]).Shift(StyleFeature.Reasons);

        Assert.Equal(0, shift, 3);
    }

    [Fact]
    public void A_persona_pulls_without_choices()
    {
        PreferenceModel model = InContextLearner.Fit(StylePrior.General, [], PersonaLanguage.Read("loves emoji"));

        Assert.True(model.FromPersona[StyleFeature.Emoji] > 0);
        Assert.Equal(0, model.FromChoices[StyleFeature.Emoji]);
    }

    [Fact]
    public void The_probabilities_of_both_orders_add_up_to_one()
    {
        StyleVector difference = default;
        difference[StyleFeature.Length] = 1.7;
        PreferenceModel model = InContextLearner.Fit(StylePrior.General, [difference]);

        Assert.Equal(1, model.ProbabilityOfFirst(difference) + model.ProbabilityOfFirst(difference.Negate()));
    }
}
