using System.Text.Json.Nodes;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Rewards;

public sealed class ServedRewardTests : IDisposable
{
    private static readonly Conversation Eggs = Conversation.FromUser("How long do eggs boil?");

    private static readonly RewardPerson Person = new("u", new JudgeArtefact { Method = JudgeMethod.Persona, Persona = "Likes it short." });

    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_classifier_is_sent_the_personalised_text_and_its_last_class_counts()
    {
        using var server = new RewardServer(r => (200, new JsonObject
        {
            ["data"] = new JsonArray([.. r["input"]!.AsArray().Select((t, i) => new JsonObject { ["index"] = i, ["label"] = "x", ["probs"] = new JsonArray(0.25, Length(t)), ["num_classes"] = 2 })]),
        }.ToJsonString()));

        IReadOnlyList<double> scores = await ScoreAsync(server, RewardProtocol.Classify, [Request("a"), Request("bbb")], o => o with { Model = "skywork" });

        Assert.Equal([1.0, 3.0], scores);
        JsonObject request = Assert.Single(server.Requests);
        Assert.Equal(
            """{"model":"skywork","input":["[[ ## persona ## ]]\nLikes it short.\n\n[[ ## conversation ## ]]\nuser:\n  How long do eggs boil?\n\n[[ ## completion ## ]]\na","[[ ## persona ## ]]\nLikes it short.\n\n[[ ## conversation ## ]]\nuser:\n  How long do eggs boil?\n\n[[ ## completion ## ]]\nbbb"],"use_activation":false}""",
            request.ToJsonString());
    }

    [Fact]
    public async Task Another_class_and_probabilities_can_be_asked_for()
    {
        using var server = new RewardServer(_ => (200, """{"data":[{"index":0,"probs":[0.25,0.75]}]}"""));

        IReadOnlyList<double> scores = await ScoreAsync(server, RewardProtocol.Classify, [Request("a")], o => o with { Class = 0, RawScores = false, Conditions = RewardConditions.None });

        Assert.Equal([0.25], scores);
        Assert.Equal("""{"input":["[[ ## conversation ## ]]\nuser:\n  How long do eggs boil?\n\n[[ ## completion ## ]]\na"],"use_activation":true}""", server.Requests.Single().ToJsonString());
    }

    [Fact]
    public async Task A_scorer_gets_the_person_and_the_conversation_once_for_all_completions()
    {
        using var server = new RewardServer(r => (200, new JsonObject
        {
            ["data"] = new JsonArray([.. r["text_2"]!.AsArray().Select((t, i) => new JsonObject { ["index"] = i, ["score"] = Length(t) - 10 })]),
        }.ToJsonString()));

        IReadOnlyList<double> scores = await ScoreAsync(server, RewardProtocol.Score, [Request("a"), Request("bbb"), Request("cc") with { Person = null }], o => o with { MaxParallel = 1 });

        Assert.Equal([-9.0, -7.0, -8.0], scores);
        Assert.Equal(
            """
            {"text_1":"[[ ## persona ## ]]\nLikes it short.\n\n[[ ## conversation ## ]]\nuser:\n  How long do eggs boil?","text_2":["a","bbb"],"use_activation":false}
            {"text_1":"[[ ## conversation ## ]]\nuser:\n  How long do eggs boil?","text_2":["cc"],"use_activation":false}
            """,
            string.Join('\n', server.Requests.Select(r => r.ToJsonString())));
    }

    [Fact]
    public async Task A_reranker_answers_in_its_own_order()
    {
        using var server = new RewardServer(r => (200, new JsonArray([.. r["texts"]!.AsArray()
            .Select((t, i) => new JsonObject { ["index"] = i, ["score"] = Length(t) })
            .OrderByDescending(a => a["score"]!.GetValue<double>())]).ToJsonString()));

        IReadOnlyList<double> scores = await ScoreAsync(server, RewardProtocol.Rerank, [Request("a"), Request("bbb"), Request("cc")], o => o with { BatchSize = 2, MaxParallel = 1, Model = "not sent" });

        Assert.Equal([1.0, 3.0, 2.0], scores);
        Assert.Equal([2, 1], server.Requests.Select(r => r["texts"]!.AsArray().Count));
        Assert.Equal(["query", "texts", "raw_scores"], server.Requests.First().Select(p => p.Key));
    }

    [Theory]
    [InlineData(500, "overloaded", "answered 500 (Internal Server Error). It said: overloaded")]
    [InlineData(404, "", "answered 404 (Not Found). It said: nothing")]
    [InlineData(200, "<html>", "gave no scores in the form of its protocol; check the protocol and the address. It said: <html>")]
    [InlineData(200, "[]", "gave no scores in the form of its protocol; check the protocol and the address. It said: []")]
    [InlineData(200, "{\"data\":[]}", "gave no scores in the form of its protocol; check the protocol and the address. It said: {\"data\":[]}")]
    [InlineData(200, "[{\"index\":1,\"score\":1}]", "gave no scores in the form of its protocol; check the protocol and the address. It said: [{\"index\":1,\"score\":1}]")]
    [InlineData(200, "[{\"index\":0,\"score\":1},{\"index\":0,\"score\":2}]", "gave no scores in the form of its protocol; check the protocol and the address. It said: [{\"index\":0,\"score\":1},{\"index\":0,\"score\":2}]")]
    [InlineData(200, "[{\"index\":0,\"score\":null}]", "gave no scores in the form of its protocol; check the protocol and the address. It said: [{\"index\":0,\"score\":null}]")]
    public async Task A_failure_is_never_a_score(int status, string body, string problem)
    {
        using var server = new RewardServer(_ => (status, body));

        ServedRewardException e = await Assert.ThrowsAsync<ServedRewardException>(() => ScoreAsync(server, RewardProtocol.Rerank, [Request("a")], o => o));

        Assert.Equal($"{server.Address} {problem}", e.Message);
        Assert.Equal(body, e.Body);
    }

    private static RewardRequest Request(string completion) => new(Eggs, completion) { Person = Person };

    private static double Length(JsonNode? text) => text!.GetValue<string>() is var t && t.Contains("completion ## ]]\n", StringComparison.Ordinal)
        ? t.Length - t.LastIndexOf('\n') - 1 : t.Length;

    private Task<IReadOnlyList<double>> ScoreAsync(
        RewardServer server, RewardProtocol protocol, RewardRequest[] requests, Func<ServedRewardOptions, ServedRewardOptions> change) =>
        new ServedRewardModel(_http, change(new ServedRewardOptions { Protocol = protocol, Endpoint = server.Address })).ScoreAsync(requests, TestContext.Current.CancellationToken);
}
