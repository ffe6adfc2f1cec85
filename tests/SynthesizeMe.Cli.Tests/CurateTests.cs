using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Cli.Tests;

public sealed class CurateTests
{
    [Fact]
    public async Task Without_models_people_are_chosen_and_split()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", [.. People.Terse("ada", 8), .. People.Terse("ben", 3)]);

        Outcome curated = await cli.RunAsync("curate", input, "-o", cli["bench.jsonl"], "--steps", "none");

        Assert.Equal((0, ""), (curated.Code, curated.Error));
        Assert.Contains("users: 3 pairs dropped: the person has fewer than 5 pairs\n", curated.Out, StringComparison.Ordinal);
        Assert.Contains($"Kept 8 pairs of 1 user: 2 train, 1 val, 5 test; in {cli["bench.jsonl"]}\n", curated.Out, StringComparison.Ordinal);
        Assert.Equal(["train", "train", "val", "test", "test", "test", "test", "test"], Lines(cli["bench.jsonl"]).Select(l => l["split"]!.GetValue<string>()));
        Assert.False(File.Exists(cli["bench.replies.sqlite"]));
    }

    [Fact]
    public async Task The_json_is_the_report_beside_the_pairs()
    {
        using var model = new ScriptedChatClient(Answer);
        using var cli = new Cli { Model = model };

        Outcome curated = await CurateAsync(cli, "--json");

        JsonNode report = JsonNode.Parse(curated.Out)!;
        Assert.Equal((0, ""), (curated.Code, curated.Error));
        Assert.Equal(await File.ReadAllTextAsync(cli["bench.curation.json"], TestContext.Current.CancellationToken), curated.Out);
        Assert.Equal("openai:rater", report["rater"]!.GetValue<string>());
        Assert.Equal(["openai:one", "ollama:two"], report["judges"]!.AsArray().Select(j => j!.GetValue<string>()));
        Assert.Equal(8, report["pairs"]!.GetValue<int>());
        Assert.Equal(["agreement", "judges_with_person", "query_rating", "response_rating"], Lines(cli["bench.jsonl"])[0].Select(p => p.Key).TakeLast(4));
    }

    [Fact]
    public async Task A_run_whose_budget_is_spent_goes_on_with_the_same_command()
    {
        using var model = new ScriptedChatClient(Answer);
        using var cli = new Cli { Model = model };

        Outcome spent = await CurateAsync(cli, "--budget-calls", "20");
        int asked = model.Requests.Count;
        Outcome again = await CurateAsync(cli);

        Assert.Equal(3, spent.Code);
        Assert.Contains("Raise --budget-calls to go further.", spent.Error, StringComparison.Ordinal);
        Assert.Contains($"what was answered is in {cli["bench.replies.sqlite"]}, and the same command goes on from there.", spent.Error, StringComparison.Ordinal);
        Assert.False(spent.Out.Length > 0 || asked > 20);
        Assert.Equal(0, again.Code);

        // Both judges are one model here, whose replies the store gives to either.
        Assert.Equal(8 + 8 + 16, model.Requests.Count);
    }

    [Fact]
    public async Task Where_nothing_is_left_it_is_said()
    {
        using var cli = new Cli();

        Outcome curated = await cli.RunAsync("curate", cli.Write("people.jsonl", People.Terse("ada", 3)), "-o", cli["bench.jsonl"], "--steps", "none");

        Assert.Equal(0, curated.Code);
        Assert.Contains("warning: no pair is left. Lower a threshold, or bring more choices of each person.", curated.Error, StringComparison.Ordinal);
        Assert.Equal("", await File.ReadAllTextAsync(cli["bench.jsonl"], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Other_schemas_are_read_and_what_makes_no_pair_is_told()
    {
        using var cli = new Cli();
        string input = cli.Write("arena.jsonl", Enumerable.Range(0, 6).Select(i => $$"""
            {"question_id":"q{{i}}","winner":"{{(i == 5 ? "tie" : "model_b")}}","judge":"j","tstamp":{{i}},"conversation_a":[{"role":"user","content":"hi"},{"role":"assistant","content":"A"}],"conversation_b":[{"role":"user","content":"hi"},{"role":"assistant","content":"B"}]}
            """));

        Outcome curated = await cli.RunAsync("curate", input, "-o", cli["bench.jsonl"], "--steps", "none");

        Assert.Equal((0, $"{input}: 1 left out: a tie\n"), (curated.Code, curated.Error));
        Assert.Equal(["q0", "q1", "q2", "q3", "q4"], Lines(cli["bench.jsonl"]).Select(l => l["conversation_id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Data_that_are_not_there_say_where_to_fetch_them()
    {
        using var cli = new Cli();

        Outcome curated = await cli.RunAsync("curate", cli["nowhere"], "-o", cli["bench.jsonl"], "--steps", "none");

        Assert.Equal(1, curated.Code);
        Assert.Contains("https://huggingface.co/datasets/HannahRoseKirk/prism-alignment; licence: ", curated.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_cannot_be_used_stop_it_unless_they_may_be_skipped()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", [.. People.Terse("ada", 8), "{\"context\": []}"]);

        Outcome refused = await cli.RunAsync("curate", input, "-o", cli["bench.jsonl"], "--steps", "none");
        Outcome skipped = await cli.RunAsync("curate", input, "-o", cli["bench.jsonl"], "--steps", "none", "--skip-bad-lines");

        Assert.Equal((1, 0), (refused.Code, skipped.Code));
        Assert.Contains($"error: {input}(9): ", refused.Error, StringComparison.Ordinal);
        Assert.Contains($"warning: {input}(9): ", skipped.Error, StringComparison.Ordinal);
    }

    private static Task<Outcome> CurateAsync(Cli cli, params string[] more) => cli.RunAsync(
    [
        "curate", cli.Write("people.jsonl", People.Terse("ada", 8)), "-o", cli["bench.jsonl"], "--model", "openai:rater", "--judge", "openai:one", "--judge", "ollama:two",
        "--parallel", "1", .. more,
    ]);

    private static JsonObject[] Lines(string path) => [.. File.ReadLines(path).Select(l => JsonNode.Parse(l)!.AsObject())];

    /// <summary>Rates all 4, and always names the first completion.</summary>
    private static string Answer(IReadOnlyList<ChatMessage> messages)
    {
        string last = messages[^1].Text;
        string field = last.Contains("preference", StringComparison.Ordinal) ? "[[ ## preference ## ]]\nFirst" : "[[ ## rating ## ]]\n4";
        Assert.NotNull(MessageSections.Read(last)["conversation"]);
        return $"[[ ## reasoning ## ]]\nSo it is.\n\n{field}\n\n[[ ## completed ## ]]";
    }
}
