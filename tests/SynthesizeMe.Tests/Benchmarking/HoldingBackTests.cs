using SynthesizeMe.Benchmarking;

namespace SynthesizeMe.Tests.Benchmarking;

public class HoldingBackTests
{
    [Fact]
    public async Task No_test_pair_is_seen_in_fitting()
    {
        var model = Model.Coin(1);

        HeldOutReport report = await model.MeasureAsync(HeldOut.People(3));

        int[] tested = [4, 5, 6, 7, 14, 15, 16, 17, 24, 25, 26, 27];
        int methods = report.Users.Sum(u => u.Fit!.Judges.Count);
        Assert.Equal(methods * 4 * 2, model.Judged.Count(a => tested.Contains(a.Item)));
        Assert.All(model.Judged, a => Assert.Empty(a.Shown.Intersect(tested)));
        Assert.All(model.Asked.Where(a => a.WantsPersona), a => Assert.Empty(a.Judgements.Select(j => j.Item).Intersect(tested)));
        Assert.All(report.Users, u => Assert.Empty(u.Fit!.Split.Train.Concat(u.Fit.Split.Validation).Items().Intersect(tested)));
    }

    [Theory]
    [InlineData(0.25, 2)]
    [InlineData(0.5, 4)]
    [InlineData(0.75, 6)]
    public async Task The_later_conversations_are_tested_on(double fraction, int tested)
    {
        HeldOutReport report = await Model.Perfect().MeasureAsync(HeldOut.People(1), HeldOut.AskOnce with { TestFraction = fraction });

        Assert.Equal(
            Enumerable.Range(8 - tested, tested).Select(i => $"conversation {i}"),
            report.Users[0].Methods[JudgeMethod.Generic].Select(o => o.ConversationId));
    }

    [Fact]
    public async Task No_conversation_is_on_both_sides()
    {
        PreferencePair[] pairs = [.. Enumerable.Range(0, 12).Select(i => Pairs.One(i, $"conversation {i % 4}"))];

        UserOutcome user = (await Model.Coin(2).MeasureAsync(pairs)).Users[0];

        Assert.Empty(user.Fit!.Split.Train.Concat(user.Fit.Split.Validation).Select(p => p.ConversationId)
            .Intersect(user.Methods[JudgeMethod.Generic].Select(o => o.ConversationId)));
    }

    [Fact]
    public async Task Given_splits_go_before()
    {
        PreferencePair[] pairs = [.. HeldOut.People(1).Select((p, i) => p with { Split = i < 3 ? DataSplit.Test : i < 5 ? DataSplit.Validation : DataSplit.Train })];

        UserOutcome user = (await Model.Perfect().MeasureAsync(pairs)).Users[0];

        Assert.Equal(SplitKind.Given, user.Fit!.Split.Kind);
        Assert.Equal([5, 6, 7], user.Fit.Split.Train.Items());
        Assert.Equal([3, 4], user.Fit.Split.Validation.Items());
        Assert.Equal(pairs[..3].Select(p => p.Id), user.Methods[JudgeMethod.Generic].Select(o => o.PairId));
    }

    [Fact]
    public async Task A_pair_that_is_marked_for_testing_is_not_fitted_on_under_another_mark()
    {
        PreferencePair[] pairs = [.. HeldOut.People(1), Pairs.One(2) with { UserId = "user 0", Split = DataSplit.Test }];

        UserOutcome user = (await Model.Perfect().MeasureAsync(pairs)).Users[0];

        Assert.DoesNotContain(2, user.Fit!.Split.Train.Concat(user.Fit.Split.Validation).Items());
        Assert.Single(user.Methods[JudgeMethod.Generic]);
    }

    [Fact]
    public async Task People_who_cannot_be_measured_are_left_out_with_the_reason()
    {
        PreferencePair[] pairs =
        [
            .. Pairs.InOneConversation(6).Select(p => p with { UserId = "one conversation" }),
            .. Pairs.OfUser("two pairs", 2, from: 10),
            .. Pairs.OfUser("only tests", 4, from: 20).Select(p => p with { Split = DataSplit.Test }),
            .. Pairs.OfUser("fine", 8, from: 30),
        ];

        HeldOutReport report = await Model.Perfect().MeasureAsync(pairs);

        Assert.Equal(4, report.Users.Length);
        Assert.Equal("fine", Assert.Single(report.Measured).UserId);
        Assert.Equal("all pairs are in one conversation, so none can be held back; collect choices from other conversations", report.Users[0].Skipped);
        Assert.StartsWith("User 'two pairs' has one usable preference pair", report.Users[1].Skipped, StringComparison.Ordinal);
        Assert.Equal("all pairs are marked as test, so there is none to learn from; mark some as train", report.Users[2].Skipped);
        Assert.Null(report.Users[3].Skipped);
        Assert.Equal(4, report.Methods.Of("generic").Pairs);
    }
}
