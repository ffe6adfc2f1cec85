using System.Collections.Concurrent;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class GepaTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Drills.FirstWord)]
    [InlineData(Drills.UpperCase)]
    [InlineData(Drills.Backwards)]
    [InlineData(Drills.FirstWord, Drills.UpperCase)]
    [InlineData(Drills.FirstWord, Drills.UpperCase, Drills.Backwards)]
    public async Task It_finds_the_best_instructions_and_the_gain_survives_save_and_load(params string[] rules)
    {
        OptimizationResult<Drill> result = await RunAsync(Optimizer(rules), Drills.Program(Drills.Model()), rules);

        Assert.True(result.Candidates[0].Score <= .5, $"The start scores {result.Candidates[0].Score}.");
        Assert.Equal(1, result.Best.Score);
        Assert.Equal(1, await Drills.LoadedScoreAsync(
            Drills.Program(Drills.Model()), result.Best.State, Drills.Metric(rules), Drills.Examples(8, 100, rules), Ct));
    }

    [Fact]
    public async Task A_reply_that_could_not_be_read_is_held_against_the_predictor_that_gave_it()
    {
        const string Unreadable = "[[ ## other ## ]]\nHm.";
        ScriptedChatClient model = Drills.Model(p => p.Asks("brief") || p.Inputs["brief"].Length % 2 == 0 ? null : Unreadable);
        var reflections = new ConcurrentBag<(string Step, string Text)>();
        ScriptedChatClient reflector = new((messages, _) =>
        {
            var prompt = new PromptRead(messages);
            reflections.Add((prompt.Inputs["step"], string.Join('\n', messages.Select(m => m.Text))));
            return Revised("Write in upper case.");
        });

        await RunAsync(
            new Gepa<Drill> { Metric = Drills.Metric(Drills.UpperCase), ReflectionModel = reflector, MaxMetricCalls = 60 },
            new Relay(model, new() { MaxReasks = 0 }),
            [Drills.UpperCase]);

        Assert.Contains(reflections, r => r.Step.Contains("Finishing", StringComparison.Ordinal) && r.Text.Contains("Hm.", StringComparison.Ordinal));
        Assert.Contains(reflections, r => r.Step.Contains("Shortening", StringComparison.Ordinal));
        Assert.DoesNotContain(reflections, r => r.Step.Contains("Shortening", StringComparison.Ordinal) && r.Text.Contains("Hm.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_finds_the_best_instructions_of_two_predictors()
    {
        string[] rules = [Drills.FirstWord, Drills.UpperCase];

        OptimizationResult<Drill> result = await RunAsync(Optimizer(rules), Drills.TwoSteps(Drills.Model()), rules);

        Assert.Equal(1, result.Best.Score);
        Assert.Contains(Drills.FirstWord, result.Best.State["Shortening"].Instructions, StringComparison.Ordinal);
        Assert.Contains(Drills.UpperCase, result.Best.State["Finishing"].Instructions, StringComparison.Ordinal);
        Assert.Equal(1, await Drills.LoadedScoreAsync(
            Drills.TwoSteps(Drills.Model()), result.Best.State, Drills.Metric(rules), Drills.Examples(8, 100, rules), Ct));
    }

    [Fact]
    public async Task Demonstrations_are_kept()
    {
        Demo<Drill> demo = new(new Drill("some words", "SOME WORDS"));
        IPromptProgram<Drill> program = Drills.Program(Drills.Model());

        OptimizationResult<Drill> result = await RunAsync(
            Optimizer(Drills.UpperCase), program.With(ProgramState.Empty.With("self", PredictorState.Empty.WithDemos(demo))), [Drills.UpperCase]);

        Assert.Equal((1, demo), (result.Best.Score, Assert.Single(result.Best.State["self"].Demos)));
    }

    [Fact]
    public async Task A_reflection_is_shown_the_runs_and_what_was_said_about_them()
    {
        ScriptedChatClient reflector = Drills.Writer();

        await RunAsync(Optimizer(Drills.FirstWord, Drills.UpperCase) with { ReflectionModel = reflector }, Drills.TwoSteps(Drills.Model()), [Drills.FirstWord, Drills.UpperCase]);

        Snapshot.Match(new ChatPrompt([.. reflector.Requests[0].Select(m => new Turn(m.Role, m.Text))]).ToString());
    }

    [Fact]
    public async Task Without_feedback_a_reflection_is_told_what_would_have_been_right()
    {
        ScriptedChatClient reflector = Drills.Writer();

        await RunAsync(
            Optimizer(Drills.UpperCase) with { ReflectionModel = reflector, Metric = Metrics.ExactMatch<Drill>(x => x.Answer) },
            Drills.Program(Drills.Model()),
            [Drills.UpperCase]);

        Assert.Contains("This scored 0 of 1. The program's right answer is:", new PromptRead(reflector.Requests[0]).Inputs["runs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_that_could_not_be_read_is_reflected_on()
    {
        ScriptedChatClient reflector = Drills.Writer();
        ScriptedChatClient model = Drills.Model(p => p.Instructions.Contains(Drills.UpperCase, StringComparison.Ordinal) ? null : "[[ ## other ## ]]\nHm.\n\n[[ ## completed ## ]]");

        OptimizationResult<Drill> result = await RunAsync(Optimizer(Drills.UpperCase) with { ReflectionModel = reflector }, Drills.Program(model), [Drills.UpperCase]);

        Assert.Equal(0, result.Candidates[0].Score);
        Assert.Contains("The program gave no answer.", new PromptRead(reflector.Requests[0]).Inputs["runs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Predictors_take_turns()
    {
        ScriptedChatClient reflector = new(PromptRead.Reply(("lessons", "l"), ("new_instructions", "Do your best.")));

        await RunAsync(Optimizer(Drills.UpperCase) with { ReflectionModel = reflector }, Drills.TwoSteps(Drills.Model()), [Drills.UpperCase]);

        Assert.Equal(
            ["The step Shortening", "The step Finishing", "The step Shortening", "The step Finishing"],
            reflector.Requests.Take(4).Select(r => new PromptRead(r).Inputs["step"].Split(" is given")[0]));
    }

    [Fact]
    public async Task What_is_no_better_on_the_minibatch_is_rejected_and_tried_no_further()
    {
        ScriptedChatClient model = Drills.Model();
        int round = 0;

        OptimizationResult<Drill> result = await RunAsync(
            Optimizer(Drills.UpperCase) with { ReflectionModel = new ScriptedChatClient((_, _) => Revised($"Way {round++}.")), MaxMetricCalls = 40 }, Drills.Program(model), [Drills.UpperCase]);

        Assert.Equal("start", result.Best.Name);
        Assert.NotEmpty(result.Candidates[1..]);
        Assert.All(result.Candidates[1..], c => Assert.Equal((CandidateStatus.Rejected, null), (c.Status, c.Evaluation)));
        Assert.All(model.Requests.Select(r => new PromptRead(r)).Where(p => p.Instructions.StartsWith("Way", StringComparison.Ordinal)),
            p => Assert.Contains(Drills.Examples(6, 0), e => e.Value.Words == p.Inputs["words"]));
    }

    [Fact]
    public async Task Minibatches_of_perfect_answers_are_not_reflected_on()
    {
        ScriptedChatClient reflector = Drills.Writer();

        OptimizationResult<Drill> result = await RunAsync(Optimizer() with { ReflectionModel = reflector }, Drills.Program(Drills.Model()), []);

        Assert.Empty(reflector.Requests);
        Assert.Equal(("start", 1), (result.Best.Name, result.Best.Score));

        await RunAsync(Optimizer() with { ReflectionModel = reflector, PerfectScore = 2 }, Drills.Program(Drills.Model()), []);

        Assert.NotEmpty(reflector.Requests);
    }

    [Fact]
    public async Task Reflections_that_lead_to_nothing_are_noted()
    {
        int round = 0;
        string[] replies = ["?", Revised("Answer."), Revised("New."), Revised("New.")];
        ScriptedChatClient reflector = new((_, _) => replies[Math.Min(round++, 3)]);

        OptimizationResult<Drill> result = await RunAsync(
            Optimizer(Drills.UpperCase) with { ReflectionModel = reflector, ReflectionOptions = new() { MaxReasks = 0 }, MaxMetricCalls = 50 },
            Drills.Program(Drills.Model()).With(ProgramState.Empty.With("self", new("Answer.", []))),
            [Drills.UpperCase]);

        Assert.StartsWith("The reflection 1 on self was left out.", result.Notes[0], StringComparison.Ordinal);
        Assert.Equal("The reflection 2 gave instructions for self that were tried before.", result.Notes[1]);
        Assert.Equal(["start", "reflection 3"], result.Candidates.Select(c => c.Name));
    }

    [Fact]
    public async Task Two_candidates_that_are_good_at_different_things_are_merged()
    {
        int merges = 0;
        for (int seed = 0; seed < 20; seed++)
        {
            OptimizationResult<Drill> result = await MergeRunAsync(5, seed);
            foreach (Candidate<Drill> merge in result.Candidates.Where(c => c.Name.StartsWith("merge", StringComparison.Ordinal)))
            {
                merges++;
                Assert.Equal(("S", "F", .75), (merge.State["Shortening"].Instructions, merge.State["Finishing"].Instructions, merge.Score));
            }

            Assert.DoesNotContain((await MergeRunAsync(0, seed)).Candidates, c => c.Name.StartsWith("merge", StringComparison.Ordinal));
        }

        Assert.InRange(merges, 1, 19);
    }

    [Fact]
    public async Task A_run_that_is_cut_anywhere_and_started_again_over_the_same_replies_ends_with_the_same_bytes_and_pays_nothing_twice()
    {
        string[] rules = [Drills.FirstWord, Drills.UpperCase];
        var all = new ConcurrentDictionary<string, string>();
        string whole = await ReplayAsync(all, int.MaxValue);

        for (int cut = 0; cut < all.Count; cut++)
        {
            var replies = new ConcurrentDictionary<string, string>();
            await Assert.ThrowsAsync<HttpRequestException>(() => ReplayAsync(replies, cut));
            Assert.Equal(whole, await ReplayAsync(replies, int.MaxValue));
            Assert.Equal(all.Count, replies.Count);
        }

        async Task<string> ReplayAsync(ConcurrentDictionary<string, string> replies, int cut)
        {
            // One line for both models: the cut falls anywhere.
            var line = new ReplayChatClient(Drills.Both(Drills.Model(), Drills.Writer()), replies, cut);
            return Runs.Describe(await RunAsync(Optimizer(rules) with { ReflectionModel = line, MaxMetricCalls = 60 }, Drills.TwoSteps(line), rules));
        }
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_run_at_any_MaxParallel_and_another_seed_another()
    {
        string[] rules = [Drills.FirstWord, Drills.UpperCase];

        string[] runs = [await OneAsync(Optimizer(rules) with { MaxParallel = 1 }), await OneAsync(Optimizer(rules)), await OneAsync(Optimizer(rules) with { Seed = 1 })];

        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);

        async Task<string> OneAsync(Gepa<Drill> optimizer) => Runs.Describe(await RunAsync(optimizer with { MinibatchSize = 2 }, Drills.TwoSteps(
            Drills.Model(p => p.Luck(3) < .2 ? PromptRead.Reply(("brief", "?"), ("answer", "?")) : null)), rules));
    }

    [Fact]
    public async Task No_budget_is_exceeded_and_the_best_so_far_is_returned()
    {
        string[] rules = [Drills.FirstWord, Drills.UpperCase];
        int needed = (await RunAsync(Optimizer(rules) with { MaxMetricCalls = 70 }, Drills.Program(Drills.Model()), rules)).Usage.Calls;
        for (int calls = 0; calls <= needed; calls++)
        {
            (ScriptedChatClient model, ScriptedChatClient reflector) = (Drills.Model(), Drills.Writer());
            var budget = new Budget { Calls = calls };

            OptimizationResult<Drill> result = await (Optimizer(rules) with { MaxMetricCalls = 70, ReflectionModel = reflector }).OptimizeAsync(
                Drills.Program(model), Drills.Examples(6, 0, rules), Drills.Examples(8, 100, rules), budget, cancellationToken: Ct);

            Assert.Equal(model.Requests.Count + reflector.Requests.Count, result.Usage.Calls);
            Assert.Equal(result.Usage, budget.Spent);
            Assert.InRange(result.Usage.Calls, 0, calls);
            Assert.Equal(calls < needed, result.Stopped is not null);
            Assert.Equal(result.Candidates.Max(c => c.Status == CandidateStatus.Evaluated ? c.Score : 0), result.Best.Score ?? 0);
        }
    }

    [Theory]
    [InlineData(22, true)]
    [InlineData(49, true)]
    [InlineData(50, false)]
    public async Task Metric_calls_for_fewer_than_three_proposals_are_noted(int calls, bool noted)
    {
        OptimizationResult<Drill> result = await RunAsync(Optimizer(Drills.UpperCase) with { MaxMetricCalls = calls }, Drills.Program(Drills.Model()), [Drills.UpperCase]);

        Assert.Equal(noted, result.Notes.Any(n => n.StartsWith($"{calls} metric calls are few for 8 validation examples", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Metric_calls_that_do_not_suffice_for_one_iteration_are_refused_beforehand()
    {
        ScriptedChatClient model = Drills.Model();

        ArgumentException refusal = await Assert.ThrowsAsync<ArgumentException>(
            () => RunAsync(Optimizer(Drills.UpperCase) with { MaxMetricCalls = 21 }, Drills.Program(model), [Drills.UpperCase]));

        Assert.Contains("set MaxMetricCalls to 22 at least", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(model.Requests);
        Assert.NotEmpty((await RunAsync(Optimizer(Drills.UpperCase) with { MaxMetricCalls = 22 }, Drills.Program(model), [Drills.UpperCase])).Candidates[1..]);
    }

    private static Gepa<Drill> Optimizer(params string[] rules) => new()
    {
        Metric = Drills.Metric(rules),
        ReflectionModel = Drills.Writer(),
        MaxMetricCalls = 150,
    };

    private static string Revised(string text) => PromptRead.Reply(("lessons", "l"), ("new_instructions", text));

    private static Task<OptimizationResult<Drill>> RunAsync(Gepa<Drill> optimizer, IPromptProgram<Drill> program, string[] rules) =>
        optimizer.OptimizeAsync(program, Drills.Examples(6, 0, rules), Drills.Examples(8, 100, rules), cancellationToken: Ct);

    /// <summary>The first kind of words needs S in the first step, the second F in the second, and the third no S: the start is good at the third only.</summary>
    private static Task<OptimizationResult<Drill>> MergeRunAsync(int merges, int seed)
    {
        ScriptedChatClient model = Drills.Model(p => p.Asks("brief")
            ? PromptRead.Reply(("brief", p.Inputs["words"] + (p.Instructions == "S" ? "+s" : "")))
            : PromptRead.Reply(("answer", p.Inputs["brief"] + (p.Instructions == "F" ? "+f" : ""))));
        ScriptedChatClient reflector = new((messages, _) => Revised(
            new PromptRead(messages).Inputs["step"].Contains("Shortening", StringComparison.Ordinal) ? "S" : "F"));
        var optimizer = new Gepa<Drill>
        {
            Metric = (expected, prediction, _) => new(expected.Words[0] switch
            {
                'a' => prediction.Value.Answer.Contains("+s", StringComparison.Ordinal),
                'b' => prediction.Value.Answer.Contains("+f", StringComparison.Ordinal),
                _ => !prediction.Value.Answer.Contains("+s", StringComparison.Ordinal),
            } ? Score.Right : Score.Wrong),
            ReflectionModel = reflector,
            MaxMetricCalls = 80,
            MinibatchSize = 4,
            MaxMerges = merges,
            Seed = seed,
        };
        return optimizer.OptimizeAsync(Drills.TwoSteps(model), Kinds("train"), Kinds("val"), cancellationToken: Ct);

        static Example<Drill>[] Kinds(string name) =>
            [.. new[] { "a1", "a2", "b1", "c1" }.Select(k => new Example<Drill>(new Drill($"{k} {name}", ""), $"{name} {k}"))];
    }
}
