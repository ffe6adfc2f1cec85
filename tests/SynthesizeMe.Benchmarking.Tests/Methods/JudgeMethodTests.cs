using System.Collections.Concurrent;
using System.Collections.Immutable;
using SynthesizeMe.Offline;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Benchmarking.Tests.Methods;

/// <summary>The methods that ask the chat model.</summary>
public class JudgeMethodTests
{
    private static readonly PreferencePair Test = Some.Pair("ann", 9, "GOOD", "BAD");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("direct", false)]
    [InlineData("generic", true)]
    public async Task The_generic_judge_is_asked_with_and_without_reasoning(string method, bool reasons)
    {
        var client = new ScriptedChatClient(m => Judge("First"));

        MethodAnswer answer = await Some.Named(client, method).AskAsync(Test);

        Assert.Equal((Said.First, Said.First, null), (answer.OneFirst.Said, answer.OtherFirst.Said, answer.Confidence));
        Assert.Equal(2, client.Requests.Count);
        Assert.All(client.Requests, r => Assert.Equal(reasons, r[^1].Text.Contains("`reasoning`", StringComparison.Ordinal)));
        Assert.Contains("[[ ## first_completion ## ]]\nGOOD", client.Requests[0][^1].Text, StringComparison.Ordinal);
        Assert.Contains("[[ ## first_completion ## ]]\nBAD", client.Requests[1][^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_described_person_is_described_in_the_prompt()
    {
        var client = new ScriptedChatClient(_ => Judge("Second"));
        BenchmarkUser ann = new("ann", []) { Demographics = ImmutableSortedDictionary<string, string>.Empty.Add("age", "25-34").Add("study", "law") };

        PersonMethod method = await Some.Named(client, "demographics").TakeAsync(ann);
        MethodAnswer answer = await method.Answer!(new TestQuestion(Test.Id, Test.Context, Test.Chosen, Test.Rejected), Ct);

        Assert.Equal(Said.Second, answer.OneFirst.Said);
        Assert.All(client.Requests, r => Assert.Contains("[[ ## person ## ]]\nage: 25-34\nstudy: law\n", r[^1].Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task People_who_are_not_described_have_no_such_method()
    {
        IBenchmarkMethod method = Some.Named(new OfflineModel(), "demographics");
        var described = new BenchmarkPerson(new BenchmarkUser("ann", []) { Demographics = ImmutableSortedDictionary<string, string>.Empty.Add("age", "25-34") }, null);
        var other = new BenchmarkPerson(new BenchmarkUser("bob", []), null);

        PreparedMethod nobody = await method.PrepareAsync(new TrainingData("data", [other], 0), Ct);
        PreparedMethod somebody = await method.PrepareAsync(new TrainingData("data", [other, described], 0), Ct);

        Assert.Equal("the data do not describe the people", nobody.NotAvailable);
        Assert.Equal("the data do not describe this person", (await somebody.Take!(other, Ct)).NotAvailable);
        Assert.NotNull((await somebody.Take!(described, Ct)).Answer);
    }

    [Fact]
    public async Task An_unreadable_reply_is_a_failure_of_its_order_alone()
    {
        var client = new ScriptedChatClient(m => m[^1].Text.Contains("[[ ## first_completion ## ]]\nGOOD", StringComparison.Ordinal) ? Judge("First") : "Hm.");

        MethodAnswer answer = await Some.Named(client, "generic").AskAsync(Test);

        Assert.Equal((Said.First, Said.Nothing), (answer.OneFirst.Said, answer.OtherFirst.Said));
        Assert.NotNull(answer.OtherFirst.Failure);
        Assert.Equal(1, answer.OtherFirst.Usage.Calls);
    }

    [Fact]
    public async Task Self_consistency_takes_the_majority_of_samples_that_are_drawn_anew()
    {
        var seen = new ConcurrentBag<(int Rollout, float? Temperature)>();
        var client = new ScriptedChatClient((messages, options) =>
        {
            int rollout = Rollout.Of(options);
            seen.Add((rollout, options!.Temperature));
            bool goodFirst = messages[^1].Text.Contains("[[ ## first_completion ## ]]\nGOOD", StringComparison.Ordinal);
            return Judge(rollout == 2 != goodFirst ? "First" : "Second");
        });
        PersonMethod method = await Some.Named(client, "self-consistency", samples: 3).TakeAsync(new BenchmarkUser("ann", []), await FitAsync());

        MethodAnswer answer = await method.Answer!(new TestQuestion(Test.Id, Test.Context, Test.Chosen, Test.Rejected), Ct);

        Assert.Equal((Said.First, Said.Second), (answer.OneFirst.Said, answer.OtherFirst.Said));
        Assert.Equal(4 / 6.0, answer.Confidence);
        Assert.Equal((3, 3), (answer.OneFirst.Usage.Calls, answer.OtherFirst.Usage.Calls));
        Assert.Equal([(1, 1f), (1, 1f), (2, 1f), (2, 1f), (3, 1f), (3, 1f)], seen.Order().Select(s => (s.Rollout, s.Temperature!.Value)));
    }

    [Fact]
    public async Task An_even_vote_is_a_tie_and_samples_that_cannot_be_read_do_not_count()
    {
        var client = new ScriptedChatClient((messages, options) => Rollout.Of(options) switch
        {
            1 => Judge("First"),
            2 => Judge("Second"),
            _ => "Hm.",
        });
        PersonMethod method = await Some.Named(client, "self-consistency", samples: 3).TakeAsync(new BenchmarkUser("ann", []), await FitAsync());

        MethodAnswer answer = await method.Answer!(new TestQuestion(Test.Id, Test.Context, Test.Chosen, Test.Rejected), Ct);

        Assert.Equal((Said.Tie, Said.Tie, 0.5), (answer.OneFirst.Said, answer.OtherFirst.Said, answer.Confidence));
        Assert.Null(answer.OneFirst.Failure);
    }

    [Fact]
    public async Task A_rubric_is_written_once_and_scored_in_both_orders()
    {
        var client = new ScriptedChatClient(m => m[^1].Text.Contains("`rubric`", StringComparison.Ordinal)
            ? "[[ ## rubric ## ]]\n[{\"quality\": \"good\", \"weight\": 3}]\n\n[[ ## completed ## ]]"
            : m[^1].Text.Contains("[[ ## first_completion ## ]]\nGOOD", StringComparison.Ordinal) ? Scores(7, 5) : Scores(4, 4));
        Fit fit = await FitAsync();
        PersonMethod method = await Some.Named(client, "rubric").TakeAsync(new BenchmarkUser("ann", [Some.Pair("ann", 1, "CHOSEN", "REJECTED")]), fit);

        MethodAnswer answer = await method.Answer!(new TestQuestion(Test.Id, Test.Context, Test.Chosen, Test.Rejected), Ct);

        Assert.Equal((Said.First, Said.Tie), (answer.OneFirst.Said, answer.OtherFirst.Said));
        Assert.Equal(1 / (1 + Math.Exp(-1.0)), answer.Confidence!.Value, 12);
        Assert.Equal((2, 1), (answer.OneFirst.Usage.Calls, answer.OtherFirst.Usage.Calls));
        string writing = client.Requests[0][^1].Text;
        Assert.Contains("CHOSEN", writing, StringComparison.Ordinal);
        Assert.Contains(fit.Judges[JudgeMethod.Persona].Persona!, writing, StringComparison.Ordinal);
        Assert.DoesNotContain("GOOD", writing, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_rubric_there_is_no_answer()
    {
        PersonMethod method = await Some.Named(new ScriptedChatClient("Hm."), "rubric").TakeAsync(new BenchmarkUser("ann", []), await FitAsync());

        MethodAnswer answer = await method.Answer!(new TestQuestion(Test.Id, Test.Context, Test.Chosen, Test.Rejected), Ct);

        Assert.Equal((Said.Nothing, Said.Nothing), (answer.OneFirst.Said, answer.OtherFirst.Said));
        Assert.Equal((1, 0), (answer.OneFirst.Usage.Calls, answer.OtherFirst.Usage.Calls));
        Assert.NotNull(answer.OtherFirst.Failure);
    }

    private static Task<Fit> FitAsync() => new PersonaSynthesizer(new OfflineModel(), new SynthesisOptions { Candidates = 1 })
        .FitAsync([.. Enumerable.Range(0, 4).Select(i => Some.Pair("ann", i, $"Good {i}.", $"Bad {i}, alas, and long."))], cancellationToken: Ct);

    private static string Judge(string preference) => $"[[ ## reasoning ## ]]\nSo.\n\n[[ ## preference ## ]]\n{preference}\n\n[[ ## completed ## ]]";

    private static string Scores(int first, int second) =>
        $$"""[[ ## reasoning ## ]]""" + $"\nSo.\n\n[[ ## scores ## ]]\n[{{\"quality\": \"good\", \"first\": {first}, \"second\": {second}}}]\n\n[[ ## completed ## ]]";
}
