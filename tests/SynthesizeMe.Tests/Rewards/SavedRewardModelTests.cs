using System.Text.Json.Nodes;

namespace SynthesizeMe.Tests.Rewards;

public sealed class SavedRewardModelTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("synthesizeme-reward-").FullName, "people.reward.json");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public async Task A_loaded_model_scores_as_the_saved_one()
    {
        BradleyTerryRewardModel model = await SaveAsync();
        RewardRequest[] requests = [PlantedTaste.Request("odd", 1, 0, 0, 0, 0, 0), PlantedTaste.Request("plain 1", 1, 0, 0, 0, 0, 0), PlantedTaste.Request(null, 0.3, 1, 0, 0, 0, 0)];

        BradleyTerryRewardModel loaded = await LoadAsync(new PlantedTaste { Model = "numbers" });

        Assert.Equal(await model.ScoreAsync(requests, TestContext.Current.CancellationToken), await loaded.ScoreAsync(requests, TestContext.Current.CancellationToken));
        Assert.Equal(model.People, loaded.People);
        Assert.Equal((RewardConditions.Persona, 6), (loaded.Conditions, loaded.Dimensions));
        Assert.NotEmpty(loaded.People);
        Assert.Equal([_path], Directory.GetFiles(Path.GetDirectoryName(_path)!));
    }

    [Fact]
    public async Task A_model_of_other_embeddings_is_refused()
    {
        await SaveAsync();

        RewardModelException e = await Assert.ThrowsAsync<RewardModelException>(() => LoadAsync(new PlantedTaste { Model = "letters" }));

        Assert.Equal($"{_path}: it was trained on embeddings of 'numbers', not of 'letters'; give that generator, or train again", e.Message);
        Assert.Equal(_path, e.Path);
    }

    [Theory]
    [InlineData("schemaVersion", "2", "it has schema version 2, and this library reads version 1; update the library, or train again")]
    [InlineData("kind", "\"forest\"", "it is a model of the kind 'forest', not 'bradley-terry'")]
    [InlineData("pooled", "\"AAAA\"", "pooled: it holds 3 bytes, but 6 weights take 24")]
    [InlineData("pooled", "\"?\"", "pooled: it is not base 64")]
    [InlineData("pooled", "\"AADAfwAAwH8AAMB/AADAfwAAwH8AAMB/\"", "pooled: a weight is not finite")]
    [InlineData("dimensions", "-1", "people[0].weights: it holds 24 bytes, but -1 weights take -4")]
    [InlineData("batchSize", "0", "batchSize: it is not above 0")]
    [InlineData("people", "[{\"userId\":\"u\"}]", "people[0]: the property 'weights' is missing")]
    public async Task A_damaged_file_is_named_with_what_is_wrong(string key, string value, string problem)
    {
        await SaveAsync();
        JsonObject json = JsonNode.Parse(await File.ReadAllTextAsync(_path, TestContext.Current.CancellationToken))!.AsObject();
        json[key] = JsonNode.Parse(value);
        await File.WriteAllTextAsync(_path, json.ToJsonString(), TestContext.Current.CancellationToken);

        RewardModelException e = await Assert.ThrowsAsync<RewardModelException>(() => LoadAsync(new PlantedTaste()));

        Assert.Equal($"{_path}: {problem}", e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\"schemaVersion\": 1")]
    [InlineData("[]")]
    public async Task A_file_that_is_no_model_is_named(string content)
    {
        await File.WriteAllTextAsync(_path, content, TestContext.Current.CancellationToken);

        RewardModelException e = await Assert.ThrowsAsync<RewardModelException>(() => LoadAsync(new PlantedTaste()));

        Assert.StartsWith(_path, e.Message, StringComparison.Ordinal);
    }

    private async Task<BradleyTerryRewardModel> SaveAsync()
    {
        double[] common = [3, -2, 0, 0, 1, 0];
        double[] peculiar = [-3, -2, 0, 0, 1, 0];
        PreferencePair[] pairs =
            [.. Enumerable.Range(0, 6).SelectMany(u => PlantedTaste.Choices($"plain {u}", common, 40)), .. PlantedTaste.Choices("odd", peculiar, 40), .. PlantedTaste.Choices("odd too", peculiar, 40)];
        BradleyTerryTraining training = await BradleyTerryRewardModel.TrainAsync(
            new PlantedTaste { Model = "numbers" }, pairs, new() { Conditions = RewardConditions.Persona }, cancellationToken: TestContext.Current.CancellationToken);
        await training.Model.SaveAsync(_path, TestContext.Current.CancellationToken);
        return training.Model;
    }

    private Task<BradleyTerryRewardModel> LoadAsync(PlantedTaste embeddings) => BradleyTerryRewardModel.LoadAsync(_path, embeddings, TestContext.Current.CancellationToken);
}
