using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Offline;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking.Tests.Methods;

/// <summary>People, methods and runs for tests.</summary>
internal static class Some
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A choice in a conversation of its own.</summary>
    public static PreferencePair Pair(string user, int number, string chosen, string rejected) =>
        new(Conversation.FromUser($"{user}'s question {number.ToString(CultureInfo.InvariantCulture)}?"), chosen, rejected) { UserId = user };

    /// <summary>People with so many choices each, of good answers over bad ones; the later half is tested on.</summary>
    public static PreferenceDataSet People(int people, int pairs, string name = "people") => PreferenceDataSet.Of(
        name,
        Enumerable.Range(0, people).SelectMany(u => Enumerable.Range(0, pairs).Select(i =>
            Pair($"user {u}", i, $"good answer {u} {i}.", $"bad answer {u} {i}, alas."))));

    /// <summary>Prepares a method by itself and asks it about a pair, with the chosen completion as one.</summary>
    public static async Task<MethodAnswer> AskAsync(this IBenchmarkMethod method, PreferencePair pair, params PreferencePair[] training)
    {
        PersonMethod person = await method.TakeAsync(new BenchmarkUser(pair.UserId, [.. training]));
        return await person.Answer!(new TestQuestion(pair.Id, pair.Context, pair.Chosen, pair.Rejected), Ct);
    }

    public static async Task<PersonMethod> TakeAsync(this IBenchmarkMethod method, BenchmarkUser user, Fit? fit = null)
    {
        var person = new BenchmarkPerson(user, fit);
        PreparedMethod prepared = await method.PrepareAsync(new TrainingData("data", [person], 0), Ct);
        return await prepared.Take!(person, Ct);
    }

    public static IBenchmarkMethod Named(IChatClient client, string name, int samples = 5, int seed = 0) =>
        BenchmarkMethods.All(client, new StyleEmbeddings(), samples, seed, new PredictOptions { MaxReasks = 0 }).Single(m => m.Name == name);

    /// <summary>One of the methods that ask no model.</summary>
    public static IBenchmarkMethod Named(string name, int seed = 0) => Named(new OfflineModel(), name, seed: seed);

    public static Task<BenchmarkResult> RunAsync(
        PreferenceDataSet data, IEnumerable<IBenchmarkMethod> methods, BenchmarkOptions? options = null, CancellationToken? cancellationToken = null) =>
        new Benchmark(new OfflineModel(), methods, options ?? Options).RunAsync([data], cancellationToken: cancellationToken ?? Ct);

    public static BenchmarkOptions Options { get; } = new() { People = new() { MaxParallelUsers = 1, Synthesis = new() { Candidates = 1, MaxParallel = 1 } } };
}

/// <summary>A method of a test.</summary>
internal sealed class Custom(string name, Func<TestQuestion, MethodAnswer> answer) : IBenchmarkMethod
{
    public string Name => name;

    public string About => "For a test.";

    public BenchmarkNeeds Needs { get; init; }

    public int CallsPerPair => 0;

    public string? Against { get; init; }

    public Func<BenchmarkPerson, string?> AgainstPerson { get; init; } = _ => null;

    public string? SameAs { get; init; }

    /// <summary>What it does before it answers.</summary>
    public Func<Task> Work { get; init; } = () => Task.CompletedTask;

    public List<TrainingData> Prepared { get; } = [];

    public List<BenchmarkPerson> Taken { get; } = [];

    public List<TestQuestion> Asked { get; } = [];

    public Task<PreparedMethod> PrepareAsync(TrainingData training, CancellationToken cancellationToken = default)
    {
        Prepared.Add(training);
        return Task.FromResult(Against is null ? PreparedMethod.Ready((person, _) => Task.FromResult(Take(person))) : PreparedMethod.None(Against));
    }

    private PersonMethod Take(BenchmarkPerson person)
    {
        lock (Taken)
        {
            Taken.Add(person);
        }

        return AgainstPerson(person) is { } reason ? PersonMethod.None(reason) : PersonMethod.Ready(AnswerAsync) with { SameAs = SameAs };
    }

    private async Task<MethodAnswer> AnswerAsync(TestQuestion question, CancellationToken cancellationToken)
    {
        lock (Asked)
        {
            Asked.Add(question);
        }

        await Work();
        return answer(question);
    }
}
