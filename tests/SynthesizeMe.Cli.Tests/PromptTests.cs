using System.Text.Json.Nodes;

namespace SynthesizeMe.Cli.Tests;

public sealed class PromptTests
{
    [Fact]
    public async Task A_judges_prompt_has_slots_and_the_persona()
    {
        using var cli = new Cli();
        string file = await cli.FitAsync("chloe");
        JudgeArtefact judge = await JudgeArtefact.LoadAsync(file, TestContext.Current.CancellationToken);

        Outcome prompt = await cli.RunAsync("prompt", file, "--for", "judge");

        Assert.Equal((0, ""), (prompt.Code, prompt.Error));
        Assert.StartsWith("--- system ---\n", prompt.Out, StringComparison.Ordinal);
        Assert.Contains("{first_completion}", prompt.Out, StringComparison.Ordinal);
        Assert.Contains(judge.Persona ?? "", prompt.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("judge")]
    [InlineData("generation")]
    public async Task A_prompt_in_json_is_messages_to_send(string purpose)
    {
        using var cli = new Cli();
        string file = await cli.FitAsync("chloe");

        Outcome prompt = await cli.RunAsync("prompt", file, "--for", purpose, "--json");

        JsonNode json = JsonNode.Parse(prompt.Out)!;
        Assert.Equal((purpose, "chloe"), (json["for"]!.GetValue<string>(), json["user"]!.GetValue<string>()));
        Assert.Equal("system", json["messages"]![0]!["role"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_prompt_calls_no_model()
    {
        using var cli = new Cli();
        string file = await cli.FitAsync("chloe");
        cli.Model = new WatchedModel(_ => Assert.Fail("called"));

        Outcome prompt = await cli.RunAsync("prompt", file, "--for", "generation", "--model", "openai:m");

        Assert.Equal(0, prompt.Code);
    }
}
