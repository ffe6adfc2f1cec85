using System.Text.Json.Nodes;

namespace SynthesizeMe.Cli.Tests;

public sealed class BatchTests
{
    [Fact]
    public async Task A_fit_through_batches_has_the_bytes_of_the_direct_one()
    {
        using var direct = new Cli();
        using var batch = new Cli();
        Outcome expected = await direct.RunAsync("fit", People.Sample, "--all", "--output", direct["out"]);

        (Outcome fit, List<int> rounds) = await RunAsync(batch, ["fit", People.Sample, "--all", "--output", batch["out"]], Path.Combine("out", "replies.sqlite"));

        Assert.Equal((0, expected.Out.Replace(direct["out"], batch["out"], StringComparison.Ordinal)), (fit.Code, fit.Out));
        foreach (string user in (string[])["asha", "ben", "chloe", "dmitri"])
        {
            string name = Path.Combine("out", $"{user}.judge.json");
            Assert.Equal(File.ReadAllBytes(direct[name]), File.ReadAllBytes(batch[name]));
        }

        // Four people's first training pairs, in both orders, go into one round.
        Assert.True(rounds[0] >= 4 * 2 * 10, string.Join(' ', rounds));
        Assert.InRange(rounds.Count, 2, 40);
    }

    [Fact]
    public async Task A_fit_of_one_conversation_goes_through_batches_too()
    {
        using var direct = new Cli();
        using var batch = new Cli();
        string[] lines = [.. People.Terse("ada", 6).Select(l =>
        {
            JsonNode line = JsonNode.Parse(l)!;
            line["conversation_id"] = "only";
            return line.ToJsonString();
        })];
        await direct.RunAsync("fit", direct.Write("p.jsonl", lines), "--output", direct["out"]);

        (Outcome fit, List<int> rounds) = await RunAsync(batch, ["fit", batch.Write("p.jsonl", lines), "--output", batch["out"]], Path.Combine("out", "replies.sqlite"));

        Assert.Equal(0, fit.Code);
        Assert.Equal(File.ReadAllBytes(direct[Path.Combine("out", "ada.judge.json")]), File.ReadAllBytes(batch[Path.Combine("out", "ada.judge.json")]));
        Assert.Contains(6, rounds); // The personas that are induced without one pair each.
    }

    [Fact]
    public async Task An_evaluation_through_batches_has_the_bytes_of_the_direct_one()
    {
        using var direct = new Cli();
        using var batch = new Cli();
        string[] command = ["evaluate", People.Sample, "--json", "--candidates", "3"];
        Outcome expected = await direct.RunAsync(command);

        (Outcome evaluation, List<int> rounds) = await RunAsync(batch, command, Path.Combine("batch", "replies.sqlite"));

        Assert.Equal(expected, evaluation);

        // The last round is the test: 40 pairs in both orders by up to five methods, less what a fit has asked already.
        Assert.True(rounds[^1] >= 40 * 2, string.Join(' ', rounds));
        Assert.False(File.Exists(batch[Path.Combine("batch", "requests.jsonl")]));
    }

    [Fact]
    public async Task A_verdict_goes_through_one_batch_of_two()
    {
        using var cli = new Cli();
        string judge = await cli.FitAsync("asha");
        string[] command = ["judge", judge, "--context", cli.Write("q.txt", "Q"), "--first", cli.Write("a.txt", "A"), "--second", cli.Write("b.txt", "B, perhaps"), "--json"];
        Outcome expected = await cli.RunAsync(command);

        (Outcome verdict, List<int> rounds) = await RunAsync(cli, command, Path.Combine("batch", "replies.sqlite"));

        Assert.Equal(expected, verdict);
        Assert.Equal([2], rounds);
    }

    [Fact]
    public async Task A_run_that_waits_says_what_to_do_and_has_no_result()
    {
        using var cli = new Cli();

        Outcome fit = await cli.RunAsync("fit", People.Sample, "--all", "--output", cli["out"], "--batch", cli["batch"], "--json");
        byte[] requests = File.ReadAllBytes(cli[Path.Combine("batch", "requests.jsonl")]);
        Outcome again = await cli.RunAsync("fit", People.Sample, "--all", "--output", cli["out"], "--batch", cli["batch"], "--json");

        Assert.Equal((4, ""), (fit.Code, fit.Out));
        Assert.Equal(
            $"""
            {requests.Count(b => b == '\n')} requests without a reply are in {cli["batch/requests.jsonl"]}
            1. Have it answered: by a provider's batch service, or with synthesizeme replies answer {cli["batch/requests.jsonl"]} --model MODEL --output {cli["batch/answers.jsonl"]}
            2. synthesizeme replies import {cli["batch/answers.jsonl"]} --store {cli["out/replies.sqlite"]}
            3. Run this command again: it goes on from there.

            """.ReplaceLineEndings("\n"),
            fit.Error);
        Assert.Equal(fit, again);
        Assert.Equal(requests, File.ReadAllBytes(cli[Path.Combine("batch", "requests.jsonl")]));
        Assert.Empty(Directory.GetFiles(cli["out"], "*.judge.json"));
    }

    [Fact]
    public async Task A_batch_needs_no_key_and_calls_nobody()
    {
        using var cli = new Cli();

        Outcome fit = await cli.RunAsync("fit", People.Sample, "--user", "asha", "--output", cli["out"], "--model", "openai:gpt-4o-mini", "--batch", cli["batch"]);

        Assert.Equal(4, fit.Code);
        Assert.All(File.ReadLines(cli[Path.Combine("batch", "requests.jsonl")]), line => Assert.Equal("gpt-4o-mini", JsonNode.Parse(line)!["body"]!["model"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_batch_of_a_paid_model_is_answered_for_the_direct_run()
    {
        using var cli = new Cli();
        using var server = new LoopbackServer(_ => new Response(500, "{}"));
        string[] command = ["fit", People.Sample, "--user", "asha", "--output", cli["out"], "--model", "openai:m", "--endpoint", server.Address];

        (Outcome fit, _) = await RunAsync(cli, command, Path.Combine("out", "replies.sqlite"));
        Outcome called = await cli.RunAsync(command);

        Assert.Equal((0, fit), (fit.Code, called));
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Answers_that_are_missing_or_failed_are_named_and_asked_for_again()
    {
        using var cli = new Cli();
        string[] command = ["fit", People.Sample, "--user", "asha", "--output", cli["out"], "--batch", cli["batch"]];
        string requests = cli[Path.Combine("batch", "requests.jsonl")];
        string store = cli[Path.Combine("out", "replies.sqlite")];
        await cli.RunAsync(command);
        await cli.RunAsync("replies", "answer", requests, "--output", cli["answers.jsonl"]);
        string[] answers = File.ReadAllLines(cli["answers.jsonl"]);
        string[] keys = [.. answers.Select(a => JsonNode.Parse(a)!["custom_id"]!.GetValue<string>())];
        answers[1] = $$"""{"custom_id": "{{keys[1]}}", "response": null, "error": {"code": "batch_expired", "message": "It took too long."} }""";
        string some = cli.Write("some.jsonl", answers[1..]);

        Outcome import = await cli.RunAsync("replies", "import", some, "--store", store, "--requests", requests);
        Outcome fit = await cli.RunAsync(command);

        Assert.Equal(1, import.Code);
        Assert.Contains($"{answers.Length - 2} replies added to {store}, 0 had been there\n", import.Out, StringComparison.Ordinal);
        Assert.Contains($"error: {some}(1): request {keys[1]} failed: It took too long.\n", import.Error, StringComparison.Ordinal);
        Assert.Contains($"error: 2 requests of {requests} have no answer: {keys[0]}, {keys[1]}\n", import.Error, StringComparison.Ordinal);
        Assert.Equal(4, fit.Code);
        Assert.Equal(keys[..2], File.ReadLines(requests).Select(l => JsonNode.Parse(l)!["custom_id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Answering_goes_on_where_it_was_stopped_and_ends_with_the_same_bytes()
    {
        using var cli = new Cli();
        await cli.RunAsync("fit", People.Sample, "--user", "asha", "--output", cli["out"], "--batch", cli["batch"]);
        string requests = cli[Path.Combine("batch", "requests.jsonl")];
        Outcome whole = await cli.RunAsync("replies", "answer", requests, "--output", cli["whole.jsonl"], "--json");
        int all = File.ReadLines(requests).Count();
        cli.Model = new WatchedModel(n => _ = n == 8 ? throw new HttpRequestException("the cable is out") : n);

        Outcome broken = await cli.RunAsync("replies", "answer", requests, "--output", cli["parts.jsonl"], "--parallel", "1");
        File.AppendAllText(cli["parts.jsonl"], "{\"id\": \"half a li");
        using var model = new WatchedModel();
        cli.Model = model;
        Outcome rest = await cli.RunAsync("replies", "answer", requests, "--output", cli["parts.jsonl"]);

        Assert.Equal((0, all), (whole.Code, JsonNode.Parse(whole.Out)!["answered"]!.GetValue<int>()));
        Assert.Equal((3, "error: the cable is out\n"), (broken.Code, broken.Error));
        Assert.Equal((0, all - 7), (rest.Code, model.Calls));
        Assert.StartsWith($"{all - 7} requests answered, 7 had been before", rest.Out, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(cli["whole.jsonl"]), File.ReadAllText(cli["parts.jsonl"]));
    }

    [Fact]
    public async Task Lines_that_are_no_requests_are_named_and_the_others_answered()
    {
        using var cli = new Cli();
        await cli.RunAsync("fit", People.Sample, "--user", "asha", "--output", cli["out"], "--batch", cli["batch"]);
        string first = File.ReadLines(cli[Path.Combine("batch", "requests.jsonl")]).First();
        string requests = cli.Write("requests.jsonl", "nonsense", first, """{"custom_id": "1"}""");

        Outcome answer = await cli.RunAsync("replies", "answer", requests, "--output", cli["answers.jsonl"]);

        Assert.Equal(1, answer.Code);
        Assert.Equal($"error: {requests}(1): it is not the JSON of a request\nerror: {requests}(3): its custom_id is no address of a request\n", answer.Error);
        Assert.Single(File.ReadLines(cli["answers.jsonl"]));
    }

    /// <summary>Runs a command through batches that the offline model answers; the command itself may call nobody.</summary>
    private static async Task<(Outcome Outcome, List<int> Rounds)> RunAsync(Cli cli, string[] command, string store)
    {
        string requests = cli[Path.Combine("batch", "requests.jsonl")];
        var rounds = new List<int>();
        while (true)
        {
            cli.Model = command.Contains("openai:m") ? null : new WatchedModel(_ => Assert.Fail("The model is called."));
            Outcome outcome = await cli.RunAsync([.. command, "--batch", cli["batch"]]);
            if (outcome.Code != 4)
            {
                return (outcome, rounds);
            }

            Assert.True(rounds.Count < 100, "It does not come to an end.");
            rounds.Add(File.ReadLines(requests).Count());
            cli.Model = null;
            Assert.Equal((0, ""), Codes(await cli.RunAsync("replies", "answer", requests, "--output", cli["answers.jsonl"])));
            Assert.Equal((0, ""), Codes(await cli.RunAsync("replies", "import", cli["answers.jsonl"], "--store", cli[store], "--requests", requests)));
        }
    }

    private static (int Code, string Error) Codes(Outcome outcome) => (outcome.Code, outcome.Error);
}
