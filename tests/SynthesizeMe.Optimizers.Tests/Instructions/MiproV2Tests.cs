using System.Collections.Concurrent;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class MiproV2Tests
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
        Example<Drill>[] validation = Drills.Examples(12, 100, rules);

        OptimizationResult<Drill> result = await RunAsync(Optimizer(rules), Drills.Program(Drills.Model()), rules);

        Assert.True(result.Candidates[0].Score <= .5, $"The start scores {result.Candidates[0].Score}.");
        Assert.Equal(1, result.Best.Score);
        Assert.Equal(result.Best.Score, await Drills.LoadedScoreAsync(
            Drills.Program(Drills.Model()), result.Best.State, Drills.Metric(rules), validation, Ct));
    }

    [Fact]
    public async Task It_finds_the_best_instructions_of_two_predictors_together()
    {
        string[] rules = [Drills.FirstWord, Drills.UpperCase];

        OptimizationResult<Drill> result = await RunAsync(Optimizer(rules) with { Trials = 16 }, Drills.TwoSteps(Drills.Model()), rules);

        Assert.Equal(1, result.Best.Score);
        Assert.Contains(Drills.FirstWord, result.Best.State["Shortening"].Instructions, StringComparison.Ordinal);
        Assert.Contains(Drills.UpperCase, result.Best.State["Finishing"].Instructions, StringComparison.Ordinal);
        Assert.Equal(1, await Drills.LoadedScoreAsync(
            Drills.TwoSteps(Drills.Model()), result.Best.State, Drills.Metric(rules), Drills.Examples(12, 100, rules), Ct));
    }

    [Fact]
    public async Task Where_nothing_is_better_the_start_or_its_equal_is_returned()
    {
        OptimizationResult<Drill> result = await RunAsync(
            Optimizer(Drills.UpperCase) with { PromptModel = Writes("Do your best.") }, Drills.Program(Drills.Model()), [Drills.UpperCase]);

        Assert.Equal(("start", CandidateStatus.Evaluated), (result.Candidates[0].Name, result.Candidates[0].Status));
        Assert.Equal(result.Candidates[0].Score, result.Best.Score);
    }

    [Fact]
    public async Task A_better_demonstration_set_is_found_with_the_instructions_as_they_are()
    {
        ScriptedChatClient prompts = Drills.Writer();
        ScriptedChatClient model = Drills.Model(p => p.Shown.Length > 0
            ? PromptRead.Reply(("answer", Drills.Apply(p.Inputs["words"], Drills.UpperCase)))
            : null);

        OptimizationResult<Drill> result = await RunAsync(
            Optimizer(Drills.UpperCase) with { MaxLabeledDemos = 2, InstructionCandidates = 1, PromptModel = prompts }, Drills.Program(model), [Drills.UpperCase]);

        Assert.Equal(1, result.Best.Score);
        Assert.True(result.Best.State.DemoCount > 0);
        Assert.Null(result.Best.State["self"].Instructions);
        Assert.Empty(prompts.Requests);
    }

    [Fact]
    public async Task Instructions_and_demos_that_help_only_together_are_found_together()
    {
        ScriptedChatClient model = Drills.Model(p => p.Shown.Length > 0 && p.Instructions.Contains(Drills.UpperCase, StringComparison.Ordinal)
            ? null
            : PromptRead.Reply(("answer", "?")));

        OptimizationResult<Drill> result = await RunAsync(
            Optimizer(Drills.UpperCase) with { MaxLabeledDemos = 2, Trials = 10 }, Drills.Program(model), [Drills.UpperCase]);

        Assert.Equal((0, 1), (result.Candidates[0].Score, result.Best.Score));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 3)]
    [InlineData(5, 5)]
    public async Task A_predictor_has_as_many_demonstration_sets_as_asked_for(int candidates, int sets)
    {
        ScriptedChatClient model = Drills.Model();

        OptimizationResult<Drill> result = await (Optimizer() with
        {
            DemoCandidates = candidates,
            InstructionCandidates = 1,
            MaxBootstrappedDemos = 3,
            MaxLabeledDemos = 1,
            Trials = 100,
        }).OptimizeAsync(Drills.Program(model), Drills.Examples(30, 0), Drills.Examples(3, 100), cancellationToken: Ct);

        Assert.Equal(sets, result.Candidates.Length);
    }

    [Fact]
    public async Task A_proposal_is_asked_for_with_program_data_demos_and_a_tip()
    {
        ScriptedChatClient prompts = Drills.Writer();

        await RunAsync(
            Optimizer(Drills.UpperCase) with { PromptModel = prompts, MaxLabeledDemos = 2, InstructionCandidates = 4, MaxParallel = 1 },
            Drills.Program(Drills.Model()),
            [Drills.UpperCase]);

        Snapshot.Match(new ChatPrompt([.. prompts.Requests.First(r => r[^1].Text.Contains("`new_instructions`", StringComparison.Ordinal)).Select(m => new Turn(m.Role, m.Text))]).ToString());
        Assert.True(prompts.Requests.Select(r => new PromptRead(r)).Where(p => p.Inputs.ContainsKey("tip")).Select(p => p.Inputs["tip"]).Distinct().Count() > 1);
    }

    [Fact]
    public async Task Trials_see_minibatches_and_only_what_was_tried_on_everything_can_win()
    {
        OptimizationResult<Drill> result = await RunAsync(
            Optimizer(Drills.UpperCase) with
            {
                MinibatchSize = 3,
                Trials = 6,
                FullEvaluationEvery = 3,
                InstructionCandidates = 8,
                PromptModel = new ScriptedChatClient((_, options) => PromptRead.Reply(
                    ("observations", "none"), ("nothing_new", "true"), ("new_instructions", $"Way {Rollout.Of(options)}. {(Rollout.Of(options) == 3 ? Drills.UpperCase : "")}"))),
            },
            Drills.Program(Drills.Model()),
            [Drills.UpperCase]);

        Assert.Contains(result.Candidates, c => c.Status == CandidateStatus.NotEvaluated && c.Evaluation!.Results.Length is >= 3 and < 12);
        Assert.Equal((CandidateStatus.Evaluated, 12), (result.Best.Status, result.Best.Evaluation!.Results.Length));
        Assert.True(result.Candidates.Skip(1).Count(c => c.Status == CandidateStatus.Evaluated) is 1 or 2);
    }

    [Fact]
    public async Task No_state_is_run_on_an_example_twice()
    {
        ScriptedChatClient model = Drills.Model();

        await RunAsync(Optimizer(Drills.UpperCase) with { MinibatchSize = 5, Trials = 20 }, Drills.Program(model), [Drills.UpperCase]);

        Assert.All(model.Requests.Select(r => new PromptRead(r).Text).GroupBy(t => t), g => Assert.Single(g));
    }

    [Fact]
    public async Task The_search_ends_when_every_combination_was_tried()
    {
        OptimizationResult<Drill> result = await RunAsync(Optimizer(Drills.UpperCase) with { Trials = 1000 }, Drills.Program(Drills.Model()), [Drills.UpperCase]);

        Assert.InRange(result.Candidates.Length, 2, 3);
        Assert.All(result.Candidates, c => Assert.Equal(CandidateStatus.Evaluated, c.Status));
    }

    [Fact]
    public async Task Replies_that_cannot_be_read_are_noted_and_gone_without()
    {
        OptimizationResult<Drill> result = await RunAsync(
            Optimizer(Drills.UpperCase) with { PromptModel = new ScriptedChatClient("I would rather not."), PromptOptions = new() { MaxReasks = 0, Adapter = PromptAdapter.Json } },
            Drills.Program(Drills.Model()),
            [Drills.UpperCase]);

        Assert.Equal(3, result.Notes.Length);
        Assert.Equal("start", result.Best.Name);
        Assert.Null(result.Stopped);
    }

    [Fact]
    public async Task Where_no_answer_can_be_read_there_are_no_demos_but_instructions_may_help()
    {
        ScriptedChatClient model = Drills.Model(
            p => p.Instructions.Contains(Drills.UpperCase, StringComparison.Ordinal) ? null : "[[ ## question ## ]]\n\n[[ ## completed ## ]]");

        OptimizationResult<Drill> result = await RunAsync(
            Optimizer(Drills.UpperCase) with { MaxBootstrappedDemos = 2 }, Drills.Program(model), [Drills.UpperCase]);

        Assert.Equal(0, result.Candidates[0].Score);
        Assert.Equal(1, result.Best.Score);
        Assert.Contains(result.Notes, n => n.StartsWith("No demonstrations were tried.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_run_at_any_MaxParallel_and_another_seed_another()
    {
        MiproV2<Drill> optimizer = Optimizer(Drills.FirstWord, Drills.UpperCase) with { MinibatchSize = 4, MaxLabeledDemos = 3, InstructionCandidates = 5 };

        string[] runs = [await RunAsync(optimizer with { MaxParallel = 1 }), await RunAsync(optimizer), await RunAsync(optimizer with { Seed = 1 })];

        Assert.Equal(runs[0], runs[1]);
        Assert.NotEqual(runs[0], runs[2]);

        async Task<string> RunAsync(MiproV2<Drill> o) => Runs.Describe(
            await MiproV2Tests.RunAsync(o, Drills.Program(Drills.Model()), [Drills.FirstWord, Drills.UpperCase]));
    }

    [Fact]
    public async Task A_run_that_is_cut_anywhere_and_started_again_over_the_same_replies_ends_with_the_same_bytes_and_pays_nothing_twice()
    {
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
            var line = new ReplayChatClient(Drills.Both(Drills.Model(), Drills.Writer()), replies, cut);
            return Runs.Describe(await RunAsync(
                Optimizer(Drills.UpperCase) with { PromptModel = line, MinibatchSize = 4, MaxLabeledDemos = 2, Trials = 4 }, Drills.Program(line), [Drills.UpperCase]));
        }
    }

    [Fact]
    public async Task No_budget_is_exceeded_and_the_best_so_far_is_returned()
    {
        MiproV2<Drill> optimizer = Optimizer(Drills.UpperCase) with { MinibatchSize = 4, MaxLabeledDemos = 2, MaxParallel = 1 };
        int needed = (await RunAsync(optimizer, Drills.Program(Drills.Model()), [Drills.UpperCase])).Usage.Calls;
        for (int calls = 0; calls <= needed; calls++)
        {
            (ScriptedChatClient model, ScriptedChatClient prompts) = (Drills.Model(), Drills.Writer());
            var budget = new Budget { Calls = calls };

            OptimizationResult<Drill> result = await (optimizer with { PromptModel = prompts }).OptimizeAsync(
                Drills.Program(model), Drills.Examples(6, 0, Drills.UpperCase), Drills.Examples(12, 100, Drills.UpperCase), budget, cancellationToken: Ct);

            Assert.Equal(model.Requests.Count + prompts.Requests.Count, result.Usage.Calls);
            Assert.Equal(result.Usage, budget.Spent);
            Assert.InRange(result.Usage.Calls, 0, calls);
            Assert.Equal(calls < needed, result.Stopped is not null);
            Assert.Equal(result.Candidates.Max(c => c.Status == CandidateStatus.Evaluated ? c.Score : 0), result.Best.Score ?? 0);
        }
    }

    [Fact]
    public async Task What_proposals_cost_within_a_budget_does_not_depend_on_how_many_are_made_at_once()
    {
        for (int calls = 1; calls <= 8; calls++)
        {
            Usage[] used = new Usage[2];
            foreach (int parallel in (int[])[1, 16])
            {
                // Whoever asks first is answered last, so that a refusal finds others under way.
                int asked = 0;
                using IChatClient late = Drills.Writer().AsBuilder().Use(
                    async (messages, options, inner, token) =>
                    {
                        for (int turns = 20 - Interlocked.Increment(ref asked); turns > 0; turns--)
                        {
                            await Task.Yield();
                        }

                        return await inner.GetResponseAsync(messages, options, token);
                    },
                    null).Build();
                MiproV2<Drill> optimizer = Optimizer(Drills.UpperCase) with { PromptModel = late, InstructionCandidates = 6, MaxBootstrappedDemos = 0, MaxLabeledDemos = 0, MaxParallel = parallel };

                used[parallel == 1 ? 0 : 1] = (await optimizer.OptimizeAsync(
                    Drills.Program(Drills.Model()), Drills.Examples(2, 0, Drills.UpperCase), Drills.Examples(2, 100, Drills.UpperCase), new Budget { Calls = calls }, cancellationToken: Ct)).Usage;
            }

            Assert.Equal(used[0], used[1]);
        }
    }

    [Fact]
    public async Task Without_examples_there_is_nothing_to_search()
    {
        IPromptProgram<Drill> program = Drills.Program(Drills.Model());
        Example<Drill>[] some = Drills.Examples(2, 0);

        await Assert.ThrowsAsync<ArgumentException>(() => Optimizer().OptimizeAsync(program, [], some, cancellationToken: Ct));
        await Assert.ThrowsAsync<ArgumentException>(() => Optimizer().OptimizeAsync(program, some, [], cancellationToken: Ct));
    }

    private static MiproV2<Drill> Optimizer(params string[] rules) => new()
    {
        Metric = Drills.Metric(rules),
        PromptModel = Drills.Writer(),
        MaxLabeledDemos = 0,
        MaxBootstrappedDemos = 0,
    };

    private static ScriptedChatClient Writes(string text) => new(PromptRead.Reply(
        ("observations", "none"), ("nothing_new", "true"), ("summary", "none"), ("new_instructions", text)));

    private static Task<OptimizationResult<Drill>> RunAsync(MiproV2<Drill> optimizer, IPromptProgram<Drill> program, string[] rules) =>
        optimizer.OptimizeAsync(program, Drills.Examples(6, 0, rules), Drills.Examples(12, 100, rules), cancellationToken: Ct);
}
