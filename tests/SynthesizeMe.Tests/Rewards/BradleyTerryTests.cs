using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Rewards;

public sealed class BradleyTerryTests
{
    private static readonly double[] Common = [3, -2, 0, 0, 1, 0];
    private static readonly double[] Peculiar = [-3, -2, 0, 0, 1, 0];

    [Fact]
    public async Task What_people_choose_by_is_found()
    {
        BradleyTerryTraining training = await TrainAsync([.. Enumerable.Range(0, 12).SelectMany(u => PlantedTaste.Choices($"plain {u}", Common, 60))]);

        double[] scores = await ScoreAsync(training.Model, [.. Enumerable.Range(0, 6).Select(i => PlantedTaste.Request(null, Unit(i)))]);

        Assert.All(Common.Zip(scores), w => Assert.Equal(w.First, w.Second, 0.6));
    }

    [Fact]
    public async Task A_person_whose_taste_is_their_own_gets_a_part_of_their_own()
    {
        BradleyTerryTraining training = await TrainAsync(Everyone());
        RewardRequest[] requests = [PlantedTaste.Request("odd 0", Unit(0)), PlantedTaste.Request("plain 0", Unit(0)), PlantedTaste.Request(null, Unit(0))];

        double[] scores = await ScoreAsync(training.Model, requests);
        double[] pooled = await ScoreAsync(training.Model.Pooled(), requests);

        Assert.NotNull(training.ResidualWeight);
        Assert.True(scores[0] < 0 && scores[1] > scores[2], string.Join(' ', scores));
        Assert.Equal([scores[2], scores[2], scores[2]], pooled);
        Assert.Empty(training.Model.Pooled().People);
    }

    [Fact]
    public async Task Nobody_gets_a_part_of_their_own_where_all_have_one_taste()
    {
        BradleyTerryTraining training = await TrainAsync([.. Enumerable.Range(0, 12).SelectMany(u => PlantedTaste.Choices($"plain {u}", Common, 40, seed: 2))]);

        Assert.Null(training.ResidualWeight);
        Assert.Empty(training.Model.People);
        Assert.Contains(training.Validations, v => v.ResidualWeight is not null);
    }

    [Fact]
    public async Task Somebody_who_was_not_in_the_training_is_scored_as_people_in_general()
    {
        BradleyTerryTraining training = await TrainAsync(Everyone());

        double[] scores = await ScoreAsync(training.Model, [PlantedTaste.Request("stranger", Unit(0)), PlantedTaste.Request(null, Unit(0))]);

        Assert.Equal(scores[1], scores[0]);
    }

    [Fact]
    public async Task A_few_choices_move_a_person_less_than_many()
    {
        PreferencePair[] much = PlantedTaste.Choices("much", Peculiar, 80);
        PreferencePair[] pairs = [.. Everyone(), .. much, .. much.Take(3).Select(p => p with { UserId = "little" })];
        BradleyTerryTraining training = await TrainAsync(pairs);

        double[] scores = await ScoreAsync(training.Model, [PlantedTaste.Request(null, Unit(0)), PlantedTaste.Request("little", Unit(0)), PlantedTaste.Request("much", Unit(0))]);

        Assert.True(Math.Abs(scores[1] - scores[0]) < Math.Abs(scores[2] - scores[0]) / 2, string.Join(' ', scores));
    }

    [Fact]
    public async Task Pairs_marked_as_test_are_not_even_embedded()
    {
        var embeddings = new PlantedTaste();
        PreferencePair[] tested = [.. PlantedTaste.Choices("plain 0", Peculiar, 30, seed: 9).Select(p => p with { Split = DataSplit.Test })];
        PreferencePair[] learned = PlantedTaste.Choices("plain 0", Common, 30);

        BradleyTerryTraining with = await BradleyTerryRewardModel.TrainAsync(embeddings, [.. tested, .. learned], cancellationToken: TestContext.Current.CancellationToken);
        BradleyTerryTraining without = await TrainAsync(learned);

        Assert.Equal((30, 30, 60), (with.Pairs, with.LeftOut, embeddings.Asked));
        Assert.Equal(await ScoreAsync(without.Model, [PlantedTaste.Request(null, Unit(0))]), await ScoreAsync(with.Model, [PlantedTaste.Request(null, Unit(0))]));
    }

    [Fact]
    public async Task A_pair_of_which_a_text_is_refused_is_left_out_and_the_others_are_learned_from()
    {
        PreferencePair[] pairs = PlantedTaste.Choices("plain 0", Common, 30);
        string refused = pairs[7].Chosen;
        using var embeddings = new Refusing(new PlantedTaste(), text => text.Contains(refused, StringComparison.Ordinal));
        using var all = new Refusing(new PlantedTaste(), _ => true);

        BradleyTerryTraining training = await BradleyTerryRewardModel.TrainAsync(embeddings, pairs, cancellationToken: TestContext.Current.CancellationToken);
        BradleyTerryTraining without = await TrainAsync([.. pairs.Where(p => p.Chosen != refused)]);

        Assert.Equal((29, 1), (training.Pairs, training.LeftOut));
        Assert.Equal(await BytesAsync(without.Model), await BytesAsync(training.Model));
        await Assert.ThrowsAsync<PromptRefusedException>(() => training.Model.ScoreAsync([PlantedTaste.Request(null, Unit(0)), new(Conversation.Empty, refused)], TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<PromptRefusedException>(() => BradleyTerryRewardModel.TrainAsync(all, pairs, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Very_long_embeddings_are_learned_from_like_others()
    {
        PreferencePair[] pairs = PlantedTaste.Choices("plain 0", Common, 60);
        using var longer = new PlantedTaste { Change = v => [.. v.Select(x => x * 1e25f)] };

        BradleyTerryTraining training = await BradleyTerryRewardModel.TrainAsync(longer, pairs, cancellationToken: TestContext.Current.CancellationToken);

        double[] scores = await ScoreAsync(training.Model, [PlantedTaste.Request(null, Unit(0)), PlantedTaste.Request(null, Unit(1))]);
        Assert.True(scores[0] > scores[1] && double.IsFinite(scores[0]), string.Join(' ', scores));
    }

    /// <summary>Refuses a batch with a certain text in it.</summary>
    private sealed class Refusing(IEmbeddingGenerator<string, Embedding<float>> inner, Func<string, bool> refuses) : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
    {
        public override Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            values.Any(refuses) ? throw new PromptRefusedException("Too long.") : base.GenerateAsync(values, options, cancellationToken);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task The_same_training_twice_gives_the_same_bytes(int seed)
    {
        var options = new BradleyTerryOptions { Seed = seed, MostValidated = 200 };

        Assert.Equal(await BytesAsync((await TrainAsync(Everyone(), options)).Model), await BytesAsync((await TrainAsync(Everyone(), options)).Model));
    }

    [Fact]
    public async Task The_options_say_what_is_tried()
    {
        BradleyTerryTraining training = await TrainAsync(Everyone(), new BradleyTerryOptions { PooledWeights = [2, 20], ResidualWeights = [1], Folds = 3 });
        BradleyTerryTraining pooled = await TrainAsync(Everyone(), new BradleyTerryOptions { PooledWeights = [2, 20], Residuals = false, Folds = 3 });

        Assert.Equal([(20, null), (2, null), (2, 1)], training.Validations.Select(v => (v.PooledWeight, v.ResidualWeight)));
        Assert.Equal([(20, null), (2, null)], pooled.Validations.Select(v => (v.PooledWeight, v.ResidualWeight)));
        Assert.Empty(pooled.Model.People);
    }

    [Fact]
    public async Task One_conversation_gives_the_careful_choice()
    {
        BradleyTerryTraining training = await TrainAsync(PlantedTaste.Choices("u", Common, 4));

        Assert.Equal((30, null), (training.PooledWeight, training.ResidualWeight));
        Assert.Empty(training.Validations);
    }

    [Fact]
    public async Task Nothing_to_learn_from_is_said()
    {
        PreferencePair[] tested = [.. PlantedTaste.Choices("u", Common, 2).Select(p => p with { Split = DataSplit.Test })];

        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(() => TrainAsync(tested));

        Assert.StartsWith("There is no pair to learn from", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_that_is_marked_as_test_once_is_not_learned_from_though_it_stands_elsewhere_without()
    {
        PreferencePair[] pairs = [.. PlantedTaste.Choices("u", Common, 20)];

        BradleyTerryTraining training = await TrainAsync([.. pairs, .. pairs[..3].Select(p => p with { Split = DataSplit.Test })]);

        Assert.Equal(17, training.Pairs);
    }

    [Fact]
    public async Task A_generator_of_another_length_or_without_numbers_is_refused()
    {
        BradleyTerryTraining training = await TrainAsync(PlantedTaste.Choices("u", Common, 20));
        string path = Path.GetTempFileName();
        await training.Model.SaveAsync(path, TestContext.Current.CancellationToken);
        BradleyTerryRewardModel other = await BradleyTerryRewardModel.LoadAsync(path, new PlantedTaste { Change = v => v[..3] }, TestContext.Current.CancellationToken);

        InvalidOperationException shorter = await Assert.ThrowsAsync<InvalidOperationException>(() => ScoreAsync(other, [PlantedTaste.Request(null, Unit(0))]));
        InvalidOperationException broken = await Assert.ThrowsAsync<InvalidOperationException>(() => BradleyTerryRewardModel.TrainAsync(
            new PlantedTaste { Change = v => [.. v[..5], float.NaN] }, PlantedTaste.Choices("u", Common, 2), cancellationToken: TestContext.Current.CancellationToken));

        Assert.StartsWith("The embedding generator gave 3 numbers where 6 were expected.", shorter.Message, StringComparison.Ordinal);
        Assert.Equal("The embedding generator gave a number that is not finite.", broken.Message);
    }

    [Fact]
    public void The_text_that_is_embedded_says_of_the_person_what_the_conditions_name_but_never_the_pair_itself()
    {
        PreferencePair pair = PlantedTaste.Choices("u", Common, 1)[0];
        var demo = new Demo<JudgePreference>(new JudgePreference(pair.Context, pair.Rejected, pair.Chosen, Preference.Second), null);
        var other = new Demo<JudgePreference>(new JudgePreference(Conversation.FromUser("Hi"), "one", "two", Preference.First), null);
        var judge = new JudgeArtefact { Method = JudgeMethod.PersonaAndDemos, Persona = "Likes it short.", Demos = [demo, other] };
        var request = new RewardRequest(pair.Context, pair.Chosen) { Person = new("u", judge) };

        string all = RewardText.Write(request, RewardConditions.Persona | RewardConditions.Demos);
        string learning = RewardText.Write(request, RewardConditions.Demos, pair);

        Assert.Equal(["persona", "conversation 1", "preferred 1", "not preferred 1", "conversation 2", "preferred 2", "not preferred 2", "conversation", "completion"], MessageSections.Read(all).Names);
        Assert.Equal(["conversation 1", "preferred 1", "not preferred 1", "conversation", "completion"], MessageSections.Read(learning).Names);
        Assert.DoesNotContain(pair.Rejected, learning, StringComparison.Ordinal);
        Assert.Equal(["conversation", "completion"], MessageSections.Read(RewardText.Write(request, RewardConditions.None)).Names);
    }

    private static double[] Unit(int dimension) => [.. Enumerable.Range(0, PlantedTaste.Dimensions).Select(i => i == dimension ? 1.0 : 0)];

    private static PreferencePair[] Everyone() =>
        [.. Enumerable.Range(0, 9).SelectMany(u => PlantedTaste.Choices($"plain {u}", Common, 30)), .. Enumerable.Range(0, 3).SelectMany(u => PlantedTaste.Choices($"odd {u}", Peculiar, 30))];

    private static Task<BradleyTerryTraining> TrainAsync(PreferencePair[] pairs, BradleyTerryOptions? options = null) =>
        BradleyTerryRewardModel.TrainAsync(new PlantedTaste(), pairs, options, cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<double[]> ScoreAsync(BradleyTerryRewardModel model, RewardRequest[] requests) =>
        [.. await model.ScoreAsync(requests, TestContext.Current.CancellationToken)];

    private static async Task<byte[]> BytesAsync(BradleyTerryRewardModel model)
    {
        string path = Path.GetTempFileName();
        await model.SaveAsync(path, TestContext.Current.CancellationToken);
        byte[] bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        File.Delete(path);
        return bytes;
    }
}
