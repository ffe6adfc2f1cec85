using System.Text.Json.Nodes;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Cli.Tests;

public sealed class JudgeTests
{
    private const string Hedged = "It depends, but perhaps you might possibly try around six minutes, or maybe seven, although I would not be sure about that.";
    private const string Plain = "Six minutes.";

    [Fact]
    public async Task A_saved_judge_is_asked_in_both_orders()
    {
        using var cli = new Cli();
        string judge = await cli.FitAsync("asha");
        string[] question = ["--context", cli.Write("q.txt", "How long do I boil an egg?\n"), "--first", cli.Write("a.txt", Hedged), "--second", cli.Write("b.txt", Plain)];

        Outcome text = await cli.RunAsync(["judge", judge, .. question]);
        Outcome json = await cli.RunAsync(["judge", judge, .. question, "--json"]);

        JsonNode verdict = JsonNode.Parse(json.Out)!;
        Assert.Equal((0, ""), (text.Code, text.Error));
        Assert.StartsWith("second (confidence ", text.Out, StringComparison.Ordinal);
        Assert.Contains("\nAsked swapped: second\n  ", text.Out, StringComparison.Ordinal);
        Assert.Equal("second", verdict["preferred"]!.GetValue<string>());
        Assert.Equal(2, verdict["calls"]!.GetValue<int>());
        Assert.InRange(verdict["confidence"]!.GetValue<double>(), 0.5, 1);
    }

    [Fact]
    public async Task Orders_that_disagree_are_no_preference()
    {
        using var cli = new Cli();
        string judge = await cli.FitAsync("asha");
        cli.Model = new ScriptedChatClient(Biased.Answer);
        string[] question = ["--context", cli.Write("q.txt", "Q"), "--first", cli.Write("a.txt", "A"), "--second", cli.Write("b.txt", "B")];

        Outcome text = await cli.RunAsync(["judge", judge, .. question]);
        Outcome json = await cli.RunAsync(["judge", judge, .. question, "--json"]);

        Assert.StartsWith("no preference: the two orders disagree\n", text.Out, StringComparison.Ordinal);
        Assert.Null(JsonNode.Parse(json.Out)!["preferred"]);
        Assert.Equal(0, json.Code);
    }

    [Theory]
    [InlineData("--context", "How long do I boil an egg?")]
    [InlineData("--first", Hedged)]
    [InlineData("--second", Plain)]
    public async Task One_of_the_texts_can_come_from_the_standard_input(string option, string text)
    {
        using var cli = new Cli { StandardInput = text + "\n" };
        string judge = await cli.FitAsync("asha");
        string[] question = ["--context", cli.Write("q.txt", "How long do I boil an egg?"), "--first", cli.Write("a.txt", Hedged), "--second", cli.Write("b.txt", Plain)];
        string[] piped = [.. question];
        piped[Array.IndexOf(piped, option) + 1] = "-";

        Outcome files = await cli.RunAsync(["judge", judge, .. question, "--json"]);
        Outcome input = await cli.RunAsync(["judge", judge, .. piped, "--json"]);

        Assert.Equal(files, input);
    }

    [Fact]
    public async Task Only_one_text_can_come_from_the_standard_input()
    {
        using var cli = new Cli();
        string judge = await cli.FitAsync("asha");

        Outcome outcome = await cli.RunAsync("judge", judge, "--context", "-", "--first", "-", "--second", judge);

        Assert.Equal(2, outcome.Code);
        Assert.Contains("only one of --context, --first and --second can be '-'", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_text_twice_is_no_choice()
    {
        using var cli = new Cli();
        string judge = await cli.FitAsync("asha");
        string text = cli.Write("q.txt", "Q");

        Outcome outcome = await cli.RunAsync("judge", judge, "--context", text, "--first", text, "--second", text);

        Assert.Equal(1, outcome.Code);
        Assert.Contains("hold the same text, so there is nothing to choose", outcome.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not JSON", "it cannot be read as a judge")]
    [InlineData("""{"schemaVersion": 99, "method": "Generic", "state": {}}""", "update the library, or fit again")]
    [InlineData("{}", "'schemaVersion' is missing. Name a file that synthesizeme fit has written.")]
    public async Task A_damaged_judge_is_bad_input(string content, string message)
    {
        using var cli = new Cli();
        string file = cli.Write("x.judge.json", content);

        Outcome judge = await cli.RunAsync("judge", file, "--context", file, "--first", file, "--second", file);
        Outcome prompt = await cli.RunAsync("prompt", file, "--for", "judge");

        foreach (Outcome outcome in (Outcome[])[judge, prompt])
        {
            Assert.Equal(1, outcome.Code);
            Assert.StartsWith($"error: {file}: ", outcome.Error, StringComparison.Ordinal);
            Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("How long?", "user:\n  How long?")]
    [InlineData("[sic] How long?", "user:\n  [sic] How long?")]
    [InlineData("{braces} in text", "user:\n  {braces} in text")]
    [InlineData("""[{"role": "user", "content": "a"}, {"role": "assistant", "content": "b"}]""", "user:\n  a\nassistant:\n  b")]
    [InlineData("""{"context": [{"role": "user", "content": "a"}], "chosen": 1}""", "user:\n  a")]
    [InlineData("[]", "")]
    public void A_context_is_a_list_an_object_or_plain_text(string text, string conversation) =>
        Assert.Equal(conversation, JudgeInput.ReadContext(text, "q").ToString());

    [Theory]
    [InlineData("[{\"role\": \"user\"", "q(1): opens like JSON, but is not valid")]
    [InlineData("""[{"role": "user"}]""", "q: context[0]")]
    [InlineData("""{"contexts": []}""", "the property 'context' is missing")]
    public void A_damaged_context_is_not_taken_for_text(string text, string message) =>
        Assert.Contains(message, Assert.Throws<InputException>(() => JudgeInput.ReadContext(text, "q")).Message, StringComparison.Ordinal);
}
