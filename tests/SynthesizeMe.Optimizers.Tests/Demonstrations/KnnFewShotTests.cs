using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class KnnFewShotTests
{
    private static readonly Example<Drill>[] Train =
        [.. new[] { "red apples", "green apples", "fast cars", "slow cars", "blue whales" }.Select((w, i) => new Example<Drill>(new Drill(w, "x"), $"{i}"))];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("red apple", "green apples", "red apples")]
    [InlineData("fast cars", "slow cars", "fast cars")]
    public async Task The_nearest_demos_are_shown_the_nearest_last(string asked, params string[] shown)
    {
        var model = Drills.Model();
        OptimizationResult<Drill> result = await new KnnFewShot<Drill> { K = 2 }.OptimizeAsync(Drills.Program(model), Train, [], cancellationToken: Ct);

        await result.Program.PredictAsync(new Drill.Inputs(asked), Ct);

        Assert.Equal(shown, new PromptRead(Assert.Single(model.Requests)).Shown.Select(s => s["words"]));
        Assert.Equal(0, result.Usage.Calls);
    }

    [Fact]
    public async Task The_saved_state_holds_the_pool_and_gives_the_same_prompts()
    {
        (Testing.ScriptedChatClient first, Testing.ScriptedChatClient second) = (Drills.Model(), Drills.Model());
        var knn = new KnnFewShot<Drill> { K = 2 };
        OptimizationResult<Drill> result = await knn.OptimizeAsync(Drills.Program(first), Train, [], cancellationToken: Ct);

        IPromptProgram<Drill> program = knn.Over(Drills.Program(second));
        IPromptProgram<Drill> loaded = program.With(ProgramStateJson.Read(ProgramStateJson.Write(result.Best.State), program.Predictors));
        foreach (string words in new[] { "ripe apples", "old cars", "killer whales" })
        {
            await result.Program.PredictAsync(new Drill.Inputs(words), Ct);
            await loaded.PredictAsync(new Drill.Inputs(words), Ct);
        }

        Assert.Equal(5, result.Best.State.DemoCount);
        Assert.Equal(first.Requests.Select(r => new PromptRead(r).Text), second.Requests.Select(r => new PromptRead(r).Text));
    }

    [Fact]
    public async Task Each_predictor_chooses_by_its_own_inputs()
    {
        var judge = Critics.Perfect();
        var knn = new KnnFewShot<Choice> { K = 1, Bootstrap = new() { Metric = Pairs.Right, MaxBootstrappedDemos = null, MaxLabeledDemos = 0 } };
        OptimizationResult<Choice> result = await knn.OptimizeAsync(judge.Program(), Pairs.Of(6), [], cancellationToken: Ct);
        int before = judge.Calls;

        await result.Program.PredictAsync(Pairs.One(3, Side.First).Value.ToInputs(), Ct);

        Assert.Equal(12, result.Best.State.VerifiedDemoCount);
        Assert.Equal([(true, 3), (false, 3)], judge.Asked.Skip(before).Select(q => (q.IsCritique, Assert.Single(q.Shown))));
    }

    [Fact]
    public async Task With_no_more_demos_than_are_shown_nothing_is_embedded()
    {
        var model = Drills.Model();
        var knn = new KnnFewShot<Drill> { K = 5, Embeddings = new CountingEmbeddings() };
        OptimizationResult<Drill> result = await knn.OptimizeAsync(Drills.Program(model), Train, [], cancellationToken: Ct);

        await result.Program.PredictAsync(new Drill.Inputs("cars"), Ct);

        Assert.Equal(Train.Select(e => e.Value.Words), new PromptRead(model.Requests[0]).Shown.Select(s => s["words"]));
        Assert.Empty(((CountingEmbeddings)knn.Embeddings).Batches);
    }

    [Fact]
    public async Task The_pool_is_embedded_once_however_many_calls_there_are()
    {
        var embeddings = new CountingEmbeddings();
        OptimizationResult<Drill> result = await new KnnFewShot<Drill> { K = 2, Embeddings = embeddings }
            .OptimizeAsync(Drills.Program(Drills.Model()), Train, [], cancellationToken: Ct);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(i => result.Program.PredictAsync(new Drill.Inputs($"words {i}"), Ct)));

        Assert.Equal([.. Enumerable.Repeat(1, 8), 5], embeddings.Batches.Order());
    }

    [Fact]
    public async Task A_generator_that_failed_is_asked_again()
    {
        var embeddings = new CountingEmbeddings { Fail = true };
        OptimizationResult<Drill> result = await new KnnFewShot<Drill> { K = 2, Embeddings = embeddings }
            .OptimizeAsync(Drills.Program(Drills.Model()), Train, [], cancellationToken: Ct);

        await Assert.ThrowsAsync<HttpRequestException>(() => result.Program.PredictAsync(new Drill.Inputs("cars"), Ct));
        embeddings.Fail = false;

        Assert.Equal("cars", (await result.Program.PredictAsync(new Drill.Inputs("cars"), Ct)).Value.Answer);
    }

    [Fact]
    public void A_negative_number_of_demos_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NearestDemos(new HashedNgramEmbeddings(), -1));
}
