using Microsoft.Extensions.AI;
using SynthesizeMe.Offline;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking.Tests.Methods;

public class BenchmarkTests
{
    private static MethodAnswer Good(TestQuestion q) => MethodAnswer.Of(q.One.StartsWith("good", StringComparison.Ordinal) ? 1 : -1, 0.9);

    private static MethodAnswer One(TestQuestion q) => MethodAnswer.Of(1, 0.9);

    [Fact]
    public async Task No_method_is_told_of_a_test_pair_before_it_is_asked()
    {
        var method = new Custom("good", Good);

        BenchmarkResult result = await Some.RunAsync(Some.People(3, 8), [method]);

        string[] tested = [.. method.Asked.Select(q => q.PairId)];
        Assert.Equal(12, tested.Distinct().Count());
        Assert.Equal(tested.Order(), result.Run.Results.Select(r => r.Pair).Order());
        Assert.Empty(method.Prepared.Single().People.SelectMany(p => p.Pairs).Select(p => p.Id).Intersect(tested));
        Assert.Empty(method.Taken.SelectMany(p => p.Pairs).Select(p => p.Id).Intersect(tested));
        Assert.Equal(12, method.Prepared.Single().People.Sum(p => p.Pairs.Count));
        Assert.Equal([12, 12], [result.Run.Users.Sum(u => u.TrainingPairs), result.Run.Users.Sum(u => u.TestPairs)]);
    }

    [Fact]
    public async Task Where_a_completion_stands_tells_nothing_of_which_was_chosen()
    {
        BenchmarkResult result = await Some.RunAsync(Some.People(50, 8), [new Custom("one", One), new Custom("good", Good)]);

        ILookup<string, double> scores = result.Run.Results.ToLookup(r => r.Method, r => r.Score);
        Assert.InRange(scores["one"].Average(), 0.4, 0.6);
        Assert.Equal(1, scores["good"].Average());
    }

    [Fact]
    public async Task An_answer_is_recorded_in_both_orders()
    {
        var first = new Custom("first", _ => new(new(Said.First, new Usage(1, 2, 3)), new(Said.First, new Usage(1, 20, 30)), 0.9));
        var tie = new Custom("tie", _ => MethodAnswer.Of(0, 0.9));
        var half = new Custom("half", q => Good(q) with { OtherFirst = new(Said.Nothing, default, "unreadable") });

        BenchmarkResult result = await Some.RunAsync(Some.People(1, 2), [first, tie, half, new Custom("good", Good)]);

        Assert.Equal(
            [
                (Said.First, Said.First, 0.5, 0.5, 2, 55),
                (Said.Tie, Said.Tie, 0.5, 0.5, 0, 0),
                (Said.First, Said.Second, 1, 0.9, 0, 0),
            ],
            result.Run.Results.Where(r => r.Method != "half").Select(r => (r.Forward, r.Backward, r.Score, r.Confidence ?? -1, r.Spend.Calls, r.Spend.InputTokens + r.Spend.OutputTokens)));
        ResultRecord failed = result.Run.Results.Single(r => r.Method == "half");
        Assert.Equal((0.5, 0.5, "unreadable"), (failed.Score, failed.Confidence, failed.ForwardFailure ?? failed.BackwardFailure));
    }

    [Fact]
    public async Task A_method_that_the_model_cannot_do_has_a_reason_and_no_results()
    {
        var cannot = new Custom("cannot", q => q.PairId[0] < '8' ? throw new NotSupportedException("The model cannot.") : Good(q));

        BenchmarkResult result = await Some.RunAsync(Some.People(4, 8), [cannot, new Custom("good", Good)]);

        Assert.Null(result.Interruption);
        Assert.Equal("The model cannot.", result.Run.Run.Methods[0].NotAvailable["people"]);
        Assert.Equal(["good"], result.Run.Results.Select(r => r.Method).Distinct());
        MethodRow row = BenchmarkTables.Of(result.Run).Tables[0].Methods[0];
        Assert.Equal(("The model cannot.", null, 0), (row.NotAvailable, row.Accuracy, row.Pairs));
    }

    [Fact]
    public async Task A_method_that_the_data_cannot_have_has_a_reason_and_is_not_asked()
    {
        var none = new Custom("none", Good) { Against = "no data for it" };
        var some = new Custom("some", Good) { AgainstPerson = p => p.Id == "user 1" ? "not of this person" : null };

        BenchmarkResult result = await Some.RunAsync(Some.People(2, 4), [none, some]);

        Assert.Empty(none.Taken);
        Assert.Equal("not of this person", result.Run.Users[1].NotAvailable["some"]);
        MethodRow[] rows = [.. BenchmarkTables.Of(result.Run).Tables[0].Methods];
        Assert.Equal("no data for it", rows[0].NotAvailable);
        Assert.Equal((null, 1, 2), (rows[1].NotAvailable, rows[1].Users, rows[1].Pairs));
    }

    [Fact]
    public async Task What_another_method_answers_alike_is_not_asked_twice()
    {
        var good = new Custom("good", Good);
        var alike = new Custom("alike", Good) { SameAs = "good" };
        var alone = new Custom("alone", Good) { SameAs = "elsewhere" };

        BenchmarkResult result = await Some.RunAsync(Some.People(1, 4), [alike, good, alone]);

        Assert.Equal((0, 2, 2), (alike.Asked.Count, good.Asked.Count, alone.Asked.Count));
        Assert.Equal(["alike", "good", "alone"], result.Run.Results.Select(r => r.Method).Distinct());
        Assert.All(result.Run.Results, r => Assert.Equal(1, r.Score));
    }

    [Fact]
    public async Task People_are_fitted_only_where_a_method_needs_it()
    {
        var plain = new Custom("plain", Good);
        var fitted = new Custom("fitted", Good) { Needs = BenchmarkNeeds.Fit };

        BenchmarkResult without = await Some.RunAsync(Some.People(1, 4), [plain]);
        BenchmarkResult with = await Some.RunAsync(Some.People(1, 4), [plain, fitted]);

        Assert.Null(without.Run.Users[0].Fit);
        Assert.True(with.Run.Users[0].Fit!.Spend.Calls > 0);
        Assert.NotNull(fitted.Taken[0].Fit);
    }

    [Fact]
    public async Task What_needs_everyones_fits_comes_after_all_else()
    {
        var order = new List<string>();
        Custom Noted(string name, BenchmarkNeeds needs) => new(name, q =>
        {
            order.Add(name);
            return Good(q);
        })
        { Needs = needs };
        Custom late = Noted("late", BenchmarkNeeds.EveryonesFits);

        BenchmarkResult result = await Some.RunAsync(Some.People(2, 4), [late, Noted("early", BenchmarkNeeds.None)]);

        Assert.Equal(["early", "early", "early", "early", "late", "late", "late", "late"], order);
        Assert.All(late.Prepared.Single().People, p => Assert.NotNull(p.Fit));
        Assert.Equal(["late", "late", "early", "early", "late", "late", "early", "early"], result.Run.Results.Select(r => r.Method));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(12)]
    public async Task Only_so_many_questions_are_worked_on_at_once_over_all_people(int most)
    {
        var counting = new Lock();
        int now = 0;
        int atOnce = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var method = new Custom("good", Good)
        {
            Work = async () =>
            {
                bool isLast;
                lock (counting)
                {
                    atOnce = Math.Max(atOnce, ++now);
                    isLast = now == most;
                }

                if (isLast)
                {
                    // Whoever is not kept from it comes in meanwhile.
                    await Task.Delay(20, TestContext.Current.CancellationToken);
                    enough.TrySetResult();
                }

                await enough.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
                lock (counting)
                {
                    now--;
                }
            },
        };
        var options = new BenchmarkOptions { People = new() { MaxParallelUsers = 4, MaxParallelQuestions = most } };

        BenchmarkResult result = await Some.RunAsync(Some.People(4, 8), [method], options);

        Assert.Null(result.Interruption);
        Assert.Equal(16, method.Asked.Count);
        Assert.Equal(most, atOnce);
    }

    [Fact]
    public async Task Whoever_was_finished_is_kept_when_the_run_is_stopped()
    {
        using var stop = new CancellationTokenSource();
        var method = new Custom("good", q =>
        {
            if (q.Context.ToString().Contains("user 2", StringComparison.Ordinal))
            {
                stop.Cancel();
                stop.Token.ThrowIfCancellationRequested();
            }

            return Good(q);
        });

        BenchmarkResult result = await Some.RunAsync(Some.People(4, 4), [method], cancellationToken: stop.Token);

        Assert.IsAssignableFrom<OperationCanceledException>(result.Interruption);
        Assert.Equal(["user 0", "user 1"], result.Run.Users.Select(u => u.User));
        Assert.Equal(["user 0", "user 1"], result.Run.Results.Select(r => r.User).Distinct());
        Assert.Equal(2, result.Run.Run.DataSets[0].Unfinished);
        Assert.Equal(2, BenchmarkTables.Of(result.Run).Tables[0].Unfinished);
    }

    [Fact]
    public async Task A_data_set_of_nobody_has_no_trained_methods()
    {
        PreferencePair[] one = [.. Enumerable.Range(0, 4).Select(i => Some.Pair("ada", i, $"good {i}", $"bad {i}") with { ConversationId = "one" })];
        using var model = new OfflineModel();
        IBenchmarkMethod[] trained = [.. BenchmarkMethods.All(model, new StyleEmbeddings(), samples: 1, seed: 0).Where(m => m.Needs.HasFlag(BenchmarkNeeds.EveryonesPairs))];

        BenchmarkResult result = await new Benchmark(model, [.. trained, new Custom("good", Good)]).RunAsync(
            [PreferenceDataSet.Of("nobody", one), Some.People(2, 4)], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(result.Interruption);
        Assert.All(result.Run.Run.Methods[..^1], m => Assert.Equal("there is no pair to learn from", m.NotAvailable["nobody"]));
        Assert.All(result.Run.Run.Methods, m => Assert.Equal(4, result.Run.Results.Count(r => r.Method == m.Name)));
    }

    [Fact]
    public async Task Whoever_the_model_says_nothing_readable_of_is_left_out_with_the_reason()
    {
        using var offline = new OfflineModel();
        using var model = new Mute(offline, "user 1's");
        var method = new Custom("fitted", Good) { Needs = BenchmarkNeeds.Fit };
        var late = new Custom("late", Good) { Needs = BenchmarkNeeds.EveryonesFits };

        BenchmarkResult result = await new Benchmark(model, [method, late], Some.Options).RunAsync([Some.People(3, 4)], cancellationToken: TestContext.Current.CancellationToken);
        using var silent = new Mute(offline, "user");
        BenchmarkResult nobody = await new Benchmark(silent, [method, late], Some.Options).RunAsync([Some.People(3, 4)], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(result.Interruption);
        Assert.StartsWith("there is no fit: None of the model's 4 answers could be read.", result.Run.Users[1].Skipped, StringComparison.Ordinal);
        Assert.Equal(["user 0", "user 2"], result.Run.Results.Select(r => r.User).Distinct());
        Assert.Equal(["user 0", "user 2"], late.Prepared[0].People.Select(p => p.Id));
        Assert.IsType<UnreadableRepliesException>(nobody.Interruption);
        Assert.Empty(nobody.Run.Results);
    }

    [Fact]
    public async Task Whoever_is_alone_in_a_data_set_ends_no_run_either_and_what_their_fit_used_is_counted()
    {
        using var offline = new OfflineModel();
        using var model = new Mute(offline, "user 0's");
        var method = new Custom("fitted", Good) { Needs = BenchmarkNeeds.Fit };
        PreferenceDataSet alone = Some.People(1, 4, "alone");
        PreferenceDataSet others = Some.People(3, 4);
        others = others with { Users = [.. others.Users[1..]] };

        BenchmarkResult result = await new Benchmark(model, [method], Some.Options).RunAsync([alone, others], cancellationToken: TestContext.Current.CancellationToken);
        BenchmarkResult last = await new Benchmark(model, [method], Some.Options).RunAsync([alone], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(result.Interruption);
        Assert.Equal(["user 1", "user 2"], result.Run.Results.Select(r => r.User).Distinct());
        Assert.True(result.Run.Users[0].LostSpend!.Calls > 0);
        Assert.Equal(result.Run.Users[0].LostSpend!.Calls, BenchmarkTables.Of(result.Run).Tables[0].Fit.Calls);
        Assert.IsType<UnreadableRepliesException>(last.Interruption);
    }

    [Fact]
    public async Task A_model_that_says_nothing_readable_of_anyone_is_not_paid_for_on_everyone()
    {
        using var offline = new OfflineModel();
        using var silent = new Mute(offline, "user");
        var options = new BenchmarkOptions { People = new() { MaxParallelUsers = 2, Synthesis = new() { MaxParallel = 1 } } };

        BenchmarkResult result = await new Benchmark(silent, [new Custom("fitted", Good) { Needs = BenchmarkNeeds.Fit }], options).RunAsync(
            [Some.People(40, 4)], cancellationToken: TestContext.Current.CancellationToken);

        Assert.IsType<UnreadableRepliesException>(result.Interruption);
        Assert.Empty(result.Run.Users);
        Assert.InRange(silent.Asked, 1, 6 * 8);
    }

    [Fact]
    public async Task A_method_that_not_everyone_was_asked_with_has_no_figures()
    {
        var late = new Custom("late", q => q.Context.ToString().Contains("user 2", StringComparison.Ordinal) ? throw new IOException("gone") : Good(q)) { Needs = BenchmarkNeeds.EveryonesFits };

        BenchmarkResult result = await Some.RunAsync(Some.People(3, 4), [late, new Custom("early", Good)]);

        Assert.IsType<IOException>(result.Interruption);
        Assert.Equal(["early"], result.Run.Results.Select(r => r.Method).Distinct());
        Assert.Equal(6, result.Run.Results.Length);
        Assert.All(result.Run.Users, u => Assert.Equal("the run was stopped before everyone was asked", u.NotAvailable["late"]));
    }

    /// <summary>Says nothing readable wherever a text occurs.</summary>
    private sealed class Mute(IChatClient inner, string about) : DelegatingChatClient(inner)
    {
        private int _asked;

        public int Asked => _asked;

        public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Interlocked.Increment(ref _asked) > 0 && messages.Any(m => m.Text.Contains(about, StringComparison.Ordinal))
                ? Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "I would rather not.")))
                : base.GetResponseAsync(messages, options, cancellationToken);
    }

    [Fact]
    public async Task A_fit_says_why_its_winner_won()
    {
        PreferencePair[] terse = [.. Enumerable.Range(0, 12).Select(i => Some.Pair(
            "ada", i, $"Short {i}.", $"This answer number {i} goes on and on, because it explains each and every thing that one could want to know, and then some more of it, at length."))];
        PreferenceDataSet data = PreferenceDataSet.Of("people", [.. terse, .. terse.Select(p => Some.Pair("bob", int.Parse(p.Chosen[6..^1], null), p.Rejected, p.Chosen))]);

        BenchmarkResult result = await FitAsync(FitEffort.Published);

        FitRecord ada = result.Run.Users[0].Fit!;
        Assert.NotEqual("generic", ada.Chosen);
        Assert.Matches(@$"^On the pairs they were compared on, {System.Text.RegularExpressions.Regex.Escape(ada.Chosen)} was right about [\d.]+ of \d+\. The generic judge: generic was right about [\d.]+ of \d+\.", ada.Why);
        Assert.Contains(ada.Candidates, c => c.Score is not null);
        Assert.NotEmpty(ada.Demonstrations);
        Assert.All(ada.Demonstrations, d => Assert.StartsWith("Short ", d.Preferred, StringComparison.Ordinal));
        FitRecord bob = result.Run.Users[1].Fit!;
        Assert.Equal("generic", bob.Chosen);
        Assert.StartsWith("Nothing beat the generic judge: generic was right about ", bob.Why, StringComparison.Ordinal);
        Assert.True(bob.LearnedFrom > bob.ComparedOn);

        FitRecord standard = (await FitAsync(FitEffort.Standard)).Run.Users[1].Fit!;
        Assert.Equal((6, 6), (standard.LearnedFrom, standard.ComparedOn));
        Assert.Matches(@"By that and by what is known of judges of its kind it should gain [\d.]+ points, the most of all\.$", standard.Why);

        Task<BenchmarkResult> FitAsync(FitEffort effort) => Some.RunAsync(
            data,
            [new Custom("fitted", Good) { Needs = BenchmarkNeeds.Fit }],
            Some.Options with { People = Some.Options.People with { Synthesis = Some.Options.People.Synthesis with { Effort = effort } } });
    }

    [Fact]
    public void The_worst_case_counts_fits_and_tests()
    {
        var fitted = new Custom("fitted", Good) { Needs = BenchmarkNeeds.Fit };
        IBenchmarkMethod generic = Some.Named("generic");
        var benchmark = new Benchmark(new Offline.OfflineModel(), [generic], Some.Options);

        Assert.Equal(2 * 2 * 3, benchmark.WorstCaseCalls([Some.People(2, 6)]));
        Assert.True(new Benchmark(new Offline.OfflineModel(), [fitted], Some.Options).WorstCaseCalls([Some.People(2, 6)]) > 40);
    }
}
