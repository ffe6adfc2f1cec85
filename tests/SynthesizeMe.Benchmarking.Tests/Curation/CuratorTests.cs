using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Benchmarking.Tests;

public sealed class CuratorTests
{
    [Fact]
    public async Task Each_step_says_what_it_kept_and_why_it_dropped_the_rest()
    {
        PreferencePair[] pairs =
        [
            .. People("ada", 8),
            Pair("ada", 0, "taste", 3),
            Pair("ada", 90, "fact", 3),
            Pair("ada", 91, "mute query", 3),
            Pair("ada", 92, "taste", 1),
            Pair("ada", 93, "taste", 3, votes: "agree"),
            Pair("ada", 94, "taste", 3, votes: "against"),
            Pair("ada", 95, "taste", 3, votes: "mute"),
            .. People("ben", 2),
            .. People("cyd", 4),
            Pair("cyd", 90, "fact", 3),
            .. Enumerable.Range(0, 6).Select(i => Pair("dan", i, "taste", 3) with { ConversationId = "one" }),
        ];

        CurationResult result = await CurateAsync(pairs);

        Snapshot.Match((result with { Source = "people.jsonl", Rater = "rater" }).ToJson(), extension: "json");
        Assert.All(result.Pairs, p => Assert.Equal("ada", p.UserId));
        Assert.All(result.Pairs, p => Assert.Equal(["agreement", "judges_with_person", "query_rating", "response_rating"], p.Extra.Keys));
        Assert.All(result.Pairs, p => Assert.Equal((0.5, 4), (p.Extra["agreement"].GetDouble(), p.Extra["query_rating"].GetInt32())));
    }

    [Fact]
    public async Task A_pair_that_a_person_has_twice_counts_once()
    {
        PreferencePair[] pairs = [.. People("ada", 8), .. People("ben", 3), .. People("ben", 3)];

        CurationResult result = await CurateAsync(pairs, new() { Steps = CurationSteps.Judges });

        Assert.Equal((8, 1), (result.Steps[0].KeptPairs, result.Steps[0].KeptUsers));
        Assert.Equal(6, result.Steps[0].Reasons["the person has fewer than 5 pairs"]);
    }

    [Theory]
    [InlineData("bench.v1", "bench.v1.curation.json")]
    [InlineData("bench.jsonl", "bench.curation.json")]
    [InlineData("bench", "bench.curation.json")]
    public async Task Each_file_has_a_report_of_its_own(string name, string report)
    {
        string folder = Directory.CreateTempSubdirectory("synthesizeme-curation-").FullName;
        CurationResult result = await CurateAsync([.. People("ada", 8)], new() { Steps = CurationSteps.None });

        Assert.Equal(Path.Combine(folder, report), await result.SaveAsync(Path.Combine(folder, name), TestContext.Current.CancellationToken));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Splits_are_by_conversation_in_time_order_and_nothing_is_on_two_sides()
    {
        PreferencePair[] pairs = [.. Enumerable.Range(0, 20).Select(i => Pair("ada", i, "taste", 3) with
        {
            ConversationId = (i / 2).ToString(CultureInfo.InvariantCulture),
            Timestamp = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(-i / 2),
        })];

        CurationResult result = await CurateAsync(pairs, new() { TrainShare = 0.3, ValidationShare = 0.2 });

        Assert.Equal("9 8 7 | 6 5 | 4 3 2 1 0", string.Join(" | ", result.Pairs
            .GroupBy(p => p.Split!.Value)
            .OrderBy(g => g.Key)
            .Select(g => string.Join(' ', g.OrderBy(p => p.Timestamp).Select(p => p.ConversationId).Distinct()))));
        Assert.Equal((6, 4, 10), (result.Count(DataSplit.Train), result.Count(DataSplit.Validation), result.Count(DataSplit.Test)));
    }

    [Theory]
    [InlineData(CurationSteps.None, "users, users again, splits", 0)]
    [InlineData(CurationSteps.Queries, "users, queries, users again, splits", 8)]
    [InlineData(CurationSteps.Responses, "users, responses, users again, splits", 8)]
    [InlineData(CurationSteps.Judges, "users, judges, users again, splits", 32)]
    [InlineData(CurationSteps.All, "users, queries, responses, judges, users again, splits", 48)]
    public async Task Steps_can_be_chosen_and_those_left_out_cost_nothing(CurationSteps steps, string names, int calls)
    {
        CurationResult result = await CurateAsync([.. People("ada", 8)], new() { Steps = steps });

        Assert.Equal(names, string.Join(", ", result.Steps.Select(s => s.Name)));
        Assert.Equal((calls, 8), (result.Usage.Calls, result.Pairs.Length));
    }

    [Fact]
    public async Task A_conversation_that_many_had_is_rated_once()
    {
        PreferencePair[] pairs = [.. Enumerable.Range(0, 6).SelectMany(i => new[] { "ada", "ben" }.Select(u => Pair(u, i, "taste", 3)))];

        CurationResult result = await CurateAsync(pairs, new() { Steps = CurationSteps.Queries });

        Assert.Equal((6, 12), (result.Usage.Calls, result.Pairs.Length));
    }

    [Theory]
    [InlineData(1, 3, 0.9, 8)]
    [InlineData(5, 3, 0.9, 0)]
    [InlineData(3, 4, 0.9, 0)]
    [InlineData(3, 3, 0.5, 8)]
    public async Task Thresholds_decide(int query, int response, double agreement, int kept)
    {
        CurationResult result = await CurateAsync([.. People("ada", 8)], new() { MinQueryRating = query, MinResponseRating = response, MaxAgreement = agreement });

        Assert.Equal(kept, result.Pairs.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Agreement_at_the_threshold_is_kept_for_the_person_and_against(bool withPerson)
    {
        using var model = new ScriptedChatClient(m => Answer(m, contrary: !withPerson));
        using var other = new ScriptedChatClient(m => Answer(m, contrary: withPerson));

        CurationResult result = await new Curator(model, [new("one", model), new("two", model), new("three", other)], new() { Steps = CurationSteps.Judges, MaxAgreement = 2.0 / 3 })
            .RunAsync([.. People("ada", 8)], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(8, result.Pairs.Length);
    }

    [Fact]
    public async Task The_order_in_which_completions_are_rated_says_nothing_of_the_choice_and_is_the_seeds()
    {
        string first = await ShownAsync(seed: 1);

        Assert.Contains("chosen", first, StringComparison.Ordinal);
        Assert.Contains("rejected", first, StringComparison.Ordinal);
        Assert.Equal(first, await ShownAsync(seed: 1));
        Assert.NotEqual(first, await ShownAsync(seed: 2));

        static async Task<string> ShownAsync(int seed)
        {
            using var rater = new ScriptedChatClient(m => Answer(m));
            await new Curator(rater, [], new() { Steps = CurationSteps.Responses, Seed = seed, MaxParallel = 1 }).RunAsync([.. People("ada", 12)], cancellationToken: TestContext.Current.CancellationToken);
            return string.Join(' ', rater.Requests.Select(r => MessageSections.Read(r[^1].Text)["first_completion"]!.Split(' ')[0]));
        }
    }

    [Fact]
    public async Task A_spent_budget_ends_the_run_and_the_store_pays_for_what_was_asked()
    {
        using var rater = new ScriptedChatClient(m => Answer(m));
        string folder = Directory.CreateTempSubdirectory("synthesizeme-curation-").FullName;
        using ReplyStore store = ReplyStore.Open(Path.Combine(folder, "replies.sqlite"));
        PreferencePair[] pairs = [.. People("ada", 8)];

        await Assert.ThrowsAsync<BudgetExceededException>(() => RunAsync(5));
        int asked = rater.Requests.Count;
        CurationResult result = await RunAsync(100);

        Assert.InRange(asked, 1, 5);
        Assert.Equal(16, rater.Requests.Count);
        Assert.Equal(8, result.Pairs.Length);

        async Task<CurationResult> RunAsync(int calls)
        {
            var kept = new ReplyStoreChatClient(new BudgetChatClient(rater, new Budget { Calls = calls }), store);
            return await new Curator(kept, [], new() { Steps = CurationSteps.Queries | CurationSteps.Responses }).RunAsync(pairs, cancellationToken: TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public void A_step_without_its_model_and_a_threshold_out_of_range_are_refused()
    {
        using var rater = new ScriptedChatClient("x");

        Assert.StartsWith("Ratings need a model.", Assert.Throws<ArgumentException>(() => new Curator(null, [])).Message, StringComparison.Ordinal);
        Assert.StartsWith("Agreement needs at least two judges", Assert.Throws<ArgumentException>(() => new Curator(rater, [new("one", rater)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Curator(rater, [], new() { Steps = CurationSteps.None, MaxAgreement = 0.4 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Curator(rater, [], new() { Steps = CurationSteps.None, MinQueryRating = 6 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Curator(rater, [], new() { Steps = CurationSteps.None, TrainShare = 0.9, ValidationShare = 0.1 }));
    }

    [Fact]
    public async Task What_is_saved_is_read_again_with_its_splits_and_measures()
    {
        string folder = Directory.CreateTempSubdirectory("synthesizeme-curation-").FullName;
        CurationResult result = await CurateAsync([.. People("ada", 8)]);

        string report = await result.SaveAsync(Path.Combine(folder, "curated.jsonl"), TestContext.Current.CancellationToken);
        PreferenceDataSet set = await PreferenceDataSets.ReadAsync(Path.Combine(folder, "curated.jsonl"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Path.Combine(folder, "curated.curation.json"), report);
        Assert.Equal(result.ToJson(), await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken));
        Assert.Equal(result.Pairs.Select(p => (p.Id, p.Split, p.UserId, p.Timestamp)), set.Pairs.Select(p => (p.Id, p.Split, p.UserId, p.Timestamp)));
        Assert.All(set.Pairs, p => Assert.Equal(0.5, p.Extra["agreement"].GetDouble()));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Progress_tells_of_every_step()
    {
        var told = new List<CurationProgress>();
        await CurateAsync([.. People("ada", 8)], new() { MaxParallel = 1 }, new Told(told.Add));

        Assert.Equal([("queries", 8), ("responses", 8), ("judges", 32)], told.GroupBy(p => p.Step).Select(g => (g.Key, g.Count())));
        Assert.All(told.GroupBy(p => p.Step), g => Assert.Equal(g.Last().Total, g.Last().Done));
    }

    [Fact]
    public void The_prompts_are_those_that_were_reviewed()
    {
        using var rater = new ScriptedChatClient("x");

        Snapshot.Match(
            RateQueryPersonalizability.ChainOfThought(rater).Render(new RateQueryPersonalizability.Inputs(Conversation.FromUser("What is love?"))).ToString()
            + "\n=====\n"
            + RateResponseDifference.ChainOfThought(rater).Render(new RateResponseDifference.Inputs(Conversation.FromUser("What is love?"), "A feeling.", "A choice.")).ToString());
    }

    private static async Task<CurationResult> CurateAsync(PreferencePair[] pairs, CurationOptions? options = null, IProgress<CurationProgress>? progress = null)
    {
        using var model = new ScriptedChatClient(m => Answer(m));
        using var contrary = new ScriptedChatClient(m => Answer(m, contrary: true));
        return await new Curator(model, [new("one", model), new("other", contrary)], options).RunAsync(pairs, progress, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<PreferencePair> People(string user, int count) => Enumerable.Range(0, count).Select(i => Pair(user, i, "taste", 3));

    /// <summary>A pair whose texts tell the scripted models what to say of it.</summary>
    private static PreferencePair Pair(string user, int number, string query, int response, string votes = "split") =>
        new(Conversation.FromUser($"{query} {number}"), $"chosen {number} {response} {votes}", $"rejected {number} {response} {votes}")
        {
            UserId = user,
            ConversationId = $"{user} {number}",
        };

    private static string Answer(IReadOnlyList<ChatMessage> messages, bool contrary = false)
    {
        MessageSections asked = MessageSections.Read(messages[^1].Text);
        string[]? first = asked["first_completion"]?.Split(' ', '\n');
        if (first is null)
        {
            // Whoever would not answer is asked again, without the question.
            string? query = asked["conversation"];
            return query is null || query.Contains("mute", StringComparison.Ordinal) ? "…" : Reply("rating", query.Contains("fact", StringComparison.Ordinal) ? "1" : "4");
        }

        if (!messages[^1].Text.Contains("preference", StringComparison.Ordinal))
        {
            return Reply("rating", first[2]);
        }

        bool chosenFirst = first[0] == "chosen";
        bool withPerson = first[3] switch { "agree" => true, "against" => false, _ => !contrary };
        return first[3] == "mute" ? "…" : Reply("preference", chosenFirst == withPerson ? "First" : "Second");
    }

    private static string Reply(string name, string value) => $"[[ ## reasoning ## ]]\nSo it is.\n\n[[ ## {name} ## ]]\n{value}\n\n[[ ## completed ## ]]";

    private sealed class Told(Action<CurationProgress> tell) : IProgress<CurationProgress>
    {
        public void Report(CurationProgress value) => tell(value);
    }
}
