using System.Text.Json.Nodes;
using SynthesizeMe.Cli.Tests;

namespace SynthesizeMe.Aot.Tests;

/// <summary>The sample as its user has it: one native file.</summary>
public sealed class SampleTests
{
    private const string Criteria = """
        [[ ## criteria ## ]]
        ["It says how many minutes.", "It says what to do then."]

        [[ ## completed ## ]]
        """;

    private const string Winner = """
        [[ ## reasoning ## ]]
        Only the first names the minutes.

        [[ ## winner ## ]]
        First

        [[ ## confidence ## ]]
        95

        [[ ## completed ## ]]
        """;

    [Fact]
    public void It_is_published_without_a_warning() => Published.Sample.WasPublishedWithoutAWarning();

    [Fact]
    public async Task It_runs_its_program_against_an_endpoint()
    {
        Published sample = Published.Sample;
        using var server = new LoopbackServer(Reply);

        Outcome run = await sample.RunAsync([$"{server.Address}/v1", "tiny"]);

        Assert.Equal(new Outcome(0, "Better: First, 95 % sure\nBecause: Only the first names the minutes.\nUsed: 2 calls, 20 + 10 tokens\n", ""), run);
        Request[] requests = [.. server.Requests];
        Assert.Equal(2, requests.Length);
        Assert.All(requests, request => Assert.StartsWith("POST /v1/chat/completions ", request.Head, StringComparison.Ordinal));
        Assert.All(requests, request => Assert.Equal("tiny", JsonNode.Parse(request.Body)!["model"]!.GetValue<string>()));
        Assert.Contains("It says what to do then.", requests[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_goes_to_the_endpoint()
    {
        Published sample = Published.Sample;
        using var server = new LoopbackServer(Reply);

        await sample.RunAsync([$"{server.Address}/v1"], key: "sk-of-mine");

        Assert.All(server.Requests, request => Assert.Contains("Bearer sk-of-mine", request.Head, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_reply_that_cannot_be_read_is_asked_for_again()
    {
        Published sample = Published.Sample;
        int asked = 0;
        using var server = new LoopbackServer(request => Interlocked.Increment(ref asked) == 1 ? LoopbackServer.OpenAIReply("I cannot.") : Reply(request));

        Outcome run = await sample.RunAsync([$"{server.Address}/v1"]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.EndsWith("Used: 3 calls, 30 + 15 tokens\n", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_endpoint_the_offline_model_judges()
    {
        Outcome run = await Published.Sample.RunAsync([]);

        Assert.Equal((0, ""), (run.Code, run.Error));
        Assert.StartsWith("Better: First\nBecause: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("\nUsed: 2 calls, ", run.Out, StringComparison.Ordinal);
    }

    /// <summary>The model: it is asked for criteria, or for a winner.</summary>
    private static Response Reply(Request request) =>
        LoopbackServer.OpenAIReply(request.Body.Contains("winner", StringComparison.Ordinal) ? Winner : Criteria);
}
