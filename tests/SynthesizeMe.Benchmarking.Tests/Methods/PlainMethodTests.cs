using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Offline;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking.Tests.Methods;

/// <summary>The methods that ask no chat model.</summary>
public class PlainMethodTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Chance_is_decided_by_the_seed_and_the_pair()
    {
        PreferencePair[] pairs = [.. Enumerable.Range(0, 200).Select(i => Some.Pair("ann", i, "a", "b"))];

        Said[] one = await DrawAsync(1);
        Said[] again = await DrawAsync(1);
        Said[] two = await DrawAsync(2);

        Assert.Equal(one, again);
        Assert.NotEqual(one, two);
        Assert.InRange(one.Count(s => s == Said.First), 70, 130);

        Task<Said[]> DrawAsync(int seed) => Task.WhenAll(pairs.Select(async p => (await Some.Named("random", seed).AskAsync(p)).OneFirst.Said));
    }

    [Theory]
    [InlineData("longer", "looong", "short", Said.First)]
    [InlineData("longer", "short", "looong", Said.Second)]
    [InlineData("longer", "alike", "equal", Said.Tie)]
    [InlineData("length-rule", "looong", "short", Said.Second)]
    [InlineData("length-rule", "short", "looong", Said.First)]
    [InlineData("length-rule", "alike", "equal", Said.Tie)]
    public async Task Length_decides_by_itself_or_as_the_person_chose_before(string method, string one, string other, Said said)
    {
        PreferencePair[] terse = [Some.Pair("ann", 1, "a", "bb"), Some.Pair("ann", 2, "a", "bb"), Some.Pair("ann", 3, "bb", "a")];

        MethodAnswer answer = await Some.Named(method).AskAsync(Some.Pair("ann", 9, one, other), terse);

        Assert.Equal(said, answer.OneFirst.Said);
        Assert.Equal(said switch { Said.First => Said.Second, Said.Second => Said.First, _ => Said.Tie }, answer.OtherFirst.Said);
    }

    [Theory]
    [InlineData("longer", 2, 1, 3 / 5.0)]
    [InlineData("longer", 1, 2, 0.5)]
    [InlineData("length-rule", 1, 5, 6 / 8.0)]
    [InlineData("length-rule", 0, 0, 0.5)]
    public async Task A_length_rule_is_as_sure_as_it_was_right_in_training(string method, int longer, int shorter, double confidence)
    {
        PreferencePair[] training =
        [
            .. Enumerable.Range(0, longer).Select(i => Some.Pair("ann", i, "bb", "a")),
            .. Enumerable.Range(longer, shorter).Select(i => Some.Pair("ann", i, "a", "bb")),
            Some.Pair("ann", 99, "a", "b"),
        ];

        Assert.Equal(confidence, (await Some.Named(method).AskAsync(Some.Pair("ann", 100, "ccc", "d"), training)).Confidence);
    }

    [Fact]
    public async Task The_style_model_learns_what_everyone_likes_and_then_each_person()
    {
        // Everyone but zoe likes exclamation marks.
        BenchmarkPerson[] people = [.. Enumerable.Range(0, 12).Select(u => Person(u == 0 ? "zoe" : $"user {u}", likes: u > 0))];
        var training = new TrainingData("people", people, 0);
        PreferencePair test = Some.Pair("zoe", 99, "I am calm about this.", "I am excited about this!!!");

        Said pooled = await AskAsync("style");
        Said own = await AskAsync("style+user");

        Assert.Equal((Said.Second, Said.First), (pooled, own));

        async Task<Said> AskAsync(string name)
        {
            PreparedMethod prepared = await Some.Named(name).PrepareAsync(training, Ct);
            PersonMethod zoe = await prepared.Take!(people[0], Ct);
            return (await zoe.Answer!(new TestQuestion(test.Id, test.Context, test.Chosen, test.Rejected), Ct)).OneFirst.Said;
        }

        static BenchmarkPerson Person(string id, bool likes) => new(
            new BenchmarkUser(id, [.. Enumerable.Range(0, 12).Select(i =>
            {
                string calm = $"Here is the answer to number {i}.";
                string excited = $"Here is the answer to number {i}!!!";
                return Some.Pair(id, i, likes ? excited : calm, likes ? calm : excited);
            })]),
            null);
    }

    [Fact]
    public async Task A_reward_model_is_trained_on_training_pairs_and_told_of_the_person()
    {
        var told = new List<RewardRequest>();
        int trained = 0;
        var method = new RewardMethod(
            "custom",
            "",
            BenchmarkNeeds.EveryonesPairs,
            (training, _) =>
            {
                trained += training.People.Sum(p => p.Pairs.Count);
                return Task.FromResult<IRewardModel>(new Lengths(told));
            },
            person => new RewardPerson(person.Id, null));

        BenchmarkResult result = await Some.RunAsync(Some.People(2, 4), [method]);

        Assert.Equal(4, trained);
        Assert.Equal(["user 0", "user 1"], told.Select(r => r.Person!.UserId).Distinct());
        Assert.All(result.Run.Results, r => Assert.Equal((0, Said.Second, Said.First), (r.Score, r.Forward, r.Backward)));
        Assert.All(result.Run.Results, r => Assert.Equal(1 / (1 + Math.Exp(-5)), r.Confidence!.Value, 12));
    }

    [Fact]
    public async Task A_reward_model_learns_from_a_pair_with_a_persona_that_does_not_know_it_and_is_asked_with_the_one_that_knows_all()
    {
        PreferencePair[] pairs = [.. Enumerable.Range(0, 6).Select(i => Some.Pair("ada", i, $"good answer {i}.", $"bad answer {i}, alas."))];
        PreferencePair test = Some.Pair("ada", 99, "good answer 99.", "bad answer 99, alas.");
        using var model = new OfflineModel();
        Fit fit = await new PersonaSynthesizer(model, new() { MaxParallel = 1 }).FitAsync(pairs, cancellationToken: Ct);
        var person = new BenchmarkPerson(new BenchmarkUser("ada", [.. pairs]), fit with { BlindPersonas = pairs[1..].ToImmutableDictionary(p => p.Id, p => $"without {p.Chosen}") });
        var embeddings = new Recorded();
        IBenchmarkMethod method = BenchmarkMethods.All(model, embeddings, samples: 1, seed: 0).Single(m => m.Name == "reward+persona");

        PreparedMethod prepared = await method.PrepareAsync(new TrainingData("data", [person], 0), Ct);
        PersonMethod taken = await prepared.Take!(person, Ct);
        await taken.Answer!(new TestQuestion(test.Id, test.Context, test.Chosen, test.Rejected), Ct);

        string persona = fit.Judges[JudgeMethod.PersonaAndDemos].Persona!;
        Assert.Equal(
            [null, null, .. pairs[1..].SelectMany(p => Enumerable.Repeat($"without {p.Chosen}", 2)), persona, persona],
            embeddings.Texts.Select(t => MessageSections.Read(t)["persona"]));
    }

    [Fact]
    public async Task A_reward_model_that_reads_personas_is_not_trained_on_those_that_know_all_pairs()
    {
        PreferencePair[] pairs = [.. Enumerable.Range(0, 6).Select(i => Some.Pair("ada", i, $"good answer {i}.", $"bad answer {i}, alas."))];
        using var model = new OfflineModel();
        Fit fit = await new PersonaSynthesizer(model, new() { Effort = FitEffort.Quick, MaxParallel = 1 }).FitAsync(pairs, cancellationToken: Ct);
        var person = new BenchmarkPerson(new BenchmarkUser("ada", [.. pairs]), fit);

        PreparedMethod prepared = await Some.Named("reward+persona").PrepareAsync(new TrainingData("data", [person], 0), Ct);

        Assert.Equal("no fit has a persona that was induced without the pairs to learn from; those of other efforts than quick have", prepared.NotAvailable);
    }

    [Fact]
    public async Task A_text_that_is_refused_is_no_answer_and_one_that_everyone_needs_is_no_method()
    {
        var method = new RewardMethod("refusing", "", BenchmarkNeeds.None, (_, _) => Task.FromResult<IRewardModel>(new Refusing()));
        var untrained = new RewardMethod("untrained", "", BenchmarkNeeds.None, (_, _) => throw new PromptRefusedException("The model refuses it."));

        BenchmarkResult result = await Some.RunAsync(Some.People(2, 4), [method, untrained]);

        Assert.Null(result.Interruption);
        Assert.All(result.Run.Results, r => Assert.Equal((Said.Nothing, "The model refuses it.", 0.0), (r.Forward, r.BackwardFailure, r.Score)));
        Assert.Equal("The model refuses it", result.Run.Run.Methods[1].NotAvailable["people"]);
    }

    /// <summary>Refuses everything.</summary>
    private sealed class Refusing : IRewardModel
    {
        public Task<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken = default) =>
            throw new PromptRefusedException("The model refuses it.");
    }

    /// <summary>Keeps what it embeds.</summary>
    private sealed class Recorded() : DelegatingEmbeddingGenerator<string, Embedding<float>>(new StyleEmbeddings())
    {
        public List<string> Texts { get; } = [];

        public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            string[] texts = [.. values];
            Texts.AddRange(texts);
            return base.GenerateAsync(texts, options, cancellationToken);
        }
    }

    /// <summary>A point for every character.</summary>
    private sealed class Lengths(List<RewardRequest> told) : IRewardModel
    {
        public Task<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken = default)
        {
            told.AddRange(requests);
            return Task.FromResult<IReadOnlyList<double>>([.. requests.Select(r => (double)r.Completion.Length)]);
        }
    }
}
