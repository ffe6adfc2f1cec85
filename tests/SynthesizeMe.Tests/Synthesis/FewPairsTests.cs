namespace SynthesizeMe.Tests.Synthesis;

public class FewPairsTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task So_few_pairs_are_enough(int count)
    {
        Fit fit = await Model.RightWhen(a => a.Item < count - 1 || a.Persona is not null).FitAsync(Pairs.Of(count));

        Assert.Equal(1, fit.Judge.Artefact.Reliability.Pairs);
        Assert.Equal(1, fit.Judge.Artefact.Reliability.Accuracy);
        Assert.NotNull(fit.Judge.Persona);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task So_few_pairs_are_enough_in_one_conversation_too(int count)
    {
        Fit fit = await Model.Perfect().FitAsync(Pairs.InOneConversation(count));

        Assert.Equal(SplitKind.LeaveOneOut, fit.Split.Kind);
        Assert.Equal(count, fit.Judge.Artefact.Reliability.Pairs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Fewer_say_what_is_missing_before_anything_is_asked(int count)
    {
        var model = Model.Perfect();

        await Assert.ThrowsAsync<TooFewPairsException>(() => model.FitAsync(Pairs.Of(count)));

        Assert.Equal(0, model.Calls);
    }

    [Fact]
    public async Task Pairs_of_several_people_are_refused_before_anything_is_asked()
    {
        var model = Model.Perfect();

        var e = await Assert.ThrowsAsync<ArgumentException>(() => model.FitAsync([.. Pairs.OfUser("ann", 5), .. Pairs.OfUser("bob", 5)]));

        Assert.StartsWith("The pairs are of several people, such as 'ann' and 'bob': fit each person by themselves.", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, model.Calls);
    }

    [Fact]
    public async Task The_judge_knows_whose_it_is()
    {
        Fit fit = await Model.Perfect().FitAsync(Pairs.OfUser("../../ann", 5));

        Assert.Equal("../../ann", fit.Judge.Artefact.Provenance.UserId);
    }

    [Fact]
    public async Task Pairs_marked_for_testing_appear_in_no_prompt()
    {
        var model = Model.Coin(1);
        PreferencePair[] pairs = [.. Pairs.Of(15).Select((p, i) => i % 3 == 0 ? p with { Split = DataSplit.Test } : p)];

        Fit fit = await model.FitAsync(pairs);

        Assert.DoesNotContain(fit.Split.Train.Concat(fit.Split.Validation), p => p.Split == DataSplit.Test);
        Assert.All(pairs.Where(p => p.Split == DataSplit.Test), p => Assert.All(model.Asked, a =>
        {
            Assert.DoesNotContain(p.Chosen, a.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(p.Rejected, a.Text, StringComparison.Ordinal);
        }));
    }
}
