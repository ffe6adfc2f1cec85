using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class BestOfNTests
{
    private const string Unreadable = "[[ ## other ## ]]\nx\n\n[[ ## completed ## ]]";

    /// <summary>The longer the better: ten letters are perfect.</summary>
    private static readonly Reward<Drill> Longer = (p, _) => new(new Score(Math.Min(1, p.Value.Answer.Length / 10.0)));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("three", 3, "one", "two!", "three")]
    [InlineData("three", 3, "three", "two", "on")]
    [InlineData("abc", 3, "abc", "xyz", "abd")]
    [InlineData("ten letter", 2, "one", "ten letter", "ten letters more")]
    public async Task The_best_attempt_is_the_answer_and_none_is_made_once_one_is_good_enough(string best, int attempts, params string[] answers)
    {
        (IPromptProgram<Drill> program, List<(int Rollout, float? Temperature)> seen) = Answering(answers);

        Prediction<Drill> prediction = await new BestOfN<Drill>(program, Longer).PredictAsync(new Drill.Inputs("w"), Ct);

        Assert.Equal(best, prediction.Value.Answer);
        Assert.Equal(attempts, prediction.Usage.Calls);
        Assert.Equal(Enumerable.Range(1, attempts).Select(i => (i, (float?)1)), seen);
    }

    [Fact]
    public async Task N_threshold_and_temperature_are_kept_to()
    {
        (IPromptProgram<Drill> program, List<(int Rollout, float? Temperature)> seen) = Answering("one", "two!", "three", "threes");

        Prediction<Drill> prediction = await new BestOfN<Drill>(program, Longer) { N = 4, Threshold = .4, Temperature = .7f }.PredictAsync(new Drill.Inputs("w"), Ct);

        Assert.Equal("two!", prediction.Value.Answer);
        Assert.Equal([(1, .7f), (2, .7f)], seen);
    }

    [Fact]
    public async Task An_attempt_without_a_readable_answer_is_counted_and_listed()
    {
        (IPromptProgram<Drill> program, _) = Answering(Unreadable, "one", Unreadable);

        Prediction<Drill> prediction = await new BestOfN<Drill>(program, Longer).PredictAsync(new Drill.Inputs("w"), Ct);

        Assert.Equal("one", prediction.Value.Answer);
        Assert.Equal(3, prediction.Usage.Calls);
        Assert.Equal([new(RepairKind.RunLost, "attempt 1", 0), new(RepairKind.RunLost, "attempt 3", 0)], prediction.Repairs);
    }

    [Fact]
    public async Task Where_no_attempt_is_readable_the_first_failure_is_thrown_with_the_usage_of_all()
    {
        (IPromptProgram<Drill> program, _) = Answering(Unreadable);

        PromptParseException failure = await Assert.ThrowsAsync<PromptParseException>(
            () => new BestOfN<Drill>(program, Longer) { N = 4 }.PredictAsync(new Drill.Inputs("w"), Ct));

        Assert.Equal(4, failure.Usage.Calls);
    }

    [Fact]
    public async Task Attempts_within_rollouts_are_all_different()
    {
        (IPromptProgram<Drill> program, List<(int Rollout, float? Temperature)> seen) = Answering("one");
        var nested = new BestOfN<Drill>(new BestOfN<Drill>(program, Longer), Longer);

        await nested.PredictAsync(new Drill.Inputs("w"), Ct);
        await nested.WithRollout(1).PredictAsync(new Drill.Inputs("w"), Ct);
        await new BestOfN<Drill>(program, Longer).PredictAsync(new Drill.Inputs("w"), Ct);

        Assert.Equal(21, seen.Count);
        Assert.Equal(21, seen.Select(s => s.Rollout).Distinct().Count());
        Assert.All(seen, s => Assert.True(s.Rollout > 0));
    }

    [Fact]
    public async Task It_is_a_program_with_the_state_of_its_own()
    {
        var program = new BestOfN<Drill>(Drills.Program(Drills.Model(), reasks: 2), (p, _) => new(Score.Right)) { N = 4 };

        IPromptProgram<Drill> tuned = program.With(ProgramState.Empty.With("self", new(Drills.UpperCase, [])));

        Assert.Equal("W", (await tuned.PredictAsync(new Drill.Inputs("w"), Ct)).Value.Answer);
        Assert.Equal((12, 12), (program.MaxCalls, tuned.MaxCalls));
    }

    [Fact]
    public void No_attempts_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => new BestOfN<Drill>(Drills.Program(Drills.Model()), Longer) { N = 0 });

    /// <summary>A program that gives these answers in turn, the last again and again, and what it was called with.</summary>
    internal static (IPromptProgram<Drill> Program, List<(int Rollout, float? Temperature)> Seen) Answering(params string[] answers)
    {
        var seen = new List<(int, float?)>();
        return (Drills.Program(Drills.Model(p =>
        {
            seen.Add((Rollout.Of(p.Options), p.Options?.Temperature));
            string answer = answers[Math.Min(seen.Count, answers.Length) - 1];
            return answer == Unreadable ? answer : PromptRead.Reply(("answer", answer));
        })), seen);
    }
}
