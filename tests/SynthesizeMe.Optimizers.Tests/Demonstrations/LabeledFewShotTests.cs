using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class LabeledFewShotTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_labelled_demo_reaches_the_prompt_as_a_question_and_its_answer()
    {
        OptimizationResult<Choice> result = await new LabeledFewShot<Choice>().OptimizeAsync(
            Judge.Perfect().Program, Pairs.Of(1), [], cancellationToken: Ct);

        string prompt = ((ChainOfThought<Choice>)result.Program).Render(Pairs.One(9, Side.First).Value.ToInputs()).ToString();

        Assert.Contains(
            """
            --- user ---
            [[ ## question ## ]]
            question 0

            [[ ## first ## ]]
            good 0

            [[ ## second ## ]]
            bad 0

            [[ ## respond ## ]]
            """,
            prompt,
            StringComparison.Ordinal);
        Assert.Contains("--- assistant ---\n[[ ## preferred ## ]]\nFirst\n\n[[ ## completed ## ]]\n--- user ---", prompt, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(3, 3)]
    [InlineData(16, 10)]
    public async Task At_most_K_examples_are_shown(int k, int shown)
    {
        ProgramState state = await StateAsync(new() { K = k }, Pairs.Of(10));

        Assert.Equal(shown, state.DemoCount);
    }

    [Fact]
    public async Task Each_example_is_shown_once_as_it_is_labelled()
    {
        ProgramState state = await StateAsync(new(), Pairs.Of(10));

        Assert.Equal(
            Pairs.Of(10).Select(e => new Demo<Choice>(e.Value)),
            Pairs.DemosOf(state).OrderBy(d => Pairs.ItemOf(d.Value)));
    }

    [Fact]
    public async Task Equal_seeds_draw_equal_examples() =>
        Assert.Equal(await StateAsync(new() { K = 3, Seed = 4 }, Pairs.Of(10)), await StateAsync(new() { K = 3, Seed = 4 }, Pairs.Of(10)));

    [Fact]
    public async Task Another_seed_draws_other_examples() =>
        Assert.NotEqual(await StateAsync(new() { K = 3, Seed = 4 }, Pairs.Of(10)), await StateAsync(new() { K = 3, Seed = 5 }, Pairs.Of(10)));

    [Fact]
    public async Task Without_sampling_the_first_examples_are_shown_in_order()
    {
        ProgramState state = await StateAsync(new() { K = 3, Sample = false }, Pairs.Of(10));

        Assert.Equal([0, 1, 2], Pairs.DemosOf(state).Select(d => Pairs.ItemOf(d.Value)));
    }

    [Fact]
    public async Task Of_the_views_of_an_item_one_is_shown()
    {
        ProgramState state = await StateAsync(new(), Pairs.BothOrders(8));

        Assert.Equal(Enumerable.Range(0, 8), Pairs.DemosOf(state).Select(d => Pairs.ItemOf(d.Value)).Order());
    }

    [Fact]
    public async Task Which_view_is_shown_alternates()
    {
        ProgramState state = await StateAsync(new(), Pairs.BothOrders(4));

        Assert.Equal([Side.First, Side.Second, Side.First, Side.Second], Pairs.DemosOf(state).Select(d => d.Value.Preferred));
    }

    [Fact]
    public async Task It_makes_no_call_and_tries_its_one_candidate_on_nothing()
    {
        var judge = Judge.Perfect();

        OptimizationResult<Choice> result = await new LabeledFewShot<Choice>().OptimizeAsync(
            judge.Program, Pairs.Of(5), Pairs.Of(5, from: 100), cancellationToken: Ct);

        Assert.Equal(0, judge.Calls);
        Assert.Equal(default, result.Usage);
        Candidate<Choice> only = Assert.Single(result.Candidates);
        Assert.Equal(("labelled", CandidateStatus.NotEvaluated), (only.Name, only.Status));
        Assert.Null(only.Score);
        Assert.Equal(result.Program.State, result.Best.State);
    }

    [Fact]
    public async Task The_instructions_and_the_original_program_stay_as_they_are()
    {
        ChainOfThought<Choice> program = Judge.Perfect().Program.With(new PredictorState("Take your time.", []));

        OptimizationResult<Choice> result = await new LabeledFewShot<Choice>().OptimizeAsync(
            program, Pairs.Of(5), [], cancellationToken: Ct);

        Assert.Equal("Take your time.", result.Best.State["self"].Instructions);
        Assert.Empty(program.State.Demos);
    }

    [Fact]
    public async Task A_predictor_of_another_signature_gets_no_labelled_demo()
    {
        var program = new CriticThenJudge(Judge.Perfect().Client);

        OptimizationResult<Choice> result = await new LabeledFewShot<Choice>().OptimizeAsync(
            program, Pairs.Of(5), [], cancellationToken: Ct);

        Assert.Empty(result.Best.State["Critic"].Demos);
        Assert.Equal(5, result.Best.State["Judge"].Demos.Length);
    }

    private static async Task<ProgramState> StateAsync(LabeledFewShot<Choice> optimizer, Example<Choice>[] train) =>
        (await optimizer.OptimizeAsync(Judge.Perfect().Program, train, [], cancellationToken: Ct)).Best.State;
}
