namespace SynthesizeMe.Cli.Tests;

public sealed class BadInputTests
{
    private const string User = """{"role": "user", "content": "Q"}""";
    private const string A = """{"role": "assistant", "content": "A"}""";
    private const string B = """{"role": "assistant", "content": "B"}""";

    [Theory]
    [InlineData("{", "not valid JSON")]
    [InlineData("[1]", "an object was expected")]
    [InlineData($$"""{"chosen": {{A}}, "rejected": {{B}}}""", "the property 'context' is missing")]
    [InlineData($$"""{"context": [{{User}}], "chosen": {{A}}}""", "the property 'rejected' is missing")]
    [InlineData($$"""{"context": [{{User}}], "chosen": {{A}}, "rejected": {{A}}}""", "both are the same text")]
    [InlineData($$"""{"context": [{"role": "boss", "content": "Q"}], "chosen": {{A}}, "rejected": {{B}}}""", "'boss' is not a role")]
    [InlineData($$"""{"context": [{{User}}], "chosen": {{A}}, "rejected": {{B}}, "split": "x"}""", "'x' is not a split")]
    public async Task A_bad_line_is_named_with_file_line_reason_and_cure(string line, string reason)
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", [.. People.Terse("ada", 2), line, .. People.Terse("ada", 2)]);

        Outcome fit = await cli.RunAsync("fit", input, "--output", cli["out"]);
        Outcome evaluation = await cli.RunAsync("evaluate", input, "--json");

        foreach (Outcome outcome in (Outcome[])[fit, evaluation])
        {
            Assert.Equal((1, ""), (outcome.Code, outcome.Out));
            Assert.StartsWith($"error: {input}(3): ", outcome.Error, StringComparison.Ordinal);
            Assert.Contains(reason, outcome.Error, StringComparison.Ordinal);
            Assert.Contains("leave them out with --skip-bad-lines", outcome.Error, StringComparison.Ordinal);
        }

        Assert.False(Directory.Exists(cli["out"]));
    }

    [Fact]
    public async Task Bad_lines_can_be_left_out_with_a_warning()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", [.. People.Terse("ada", 2), "{", .. People.Terse("ada", 3)]);

        Outcome fit = await cli.RunAsync("fit", input, "--output", cli["out"], "--skip-bad-lines");

        Assert.Equal(0, fit.Code);
        Assert.Contains($"warning: {input}(3): not valid JSON", fit.Error, StringComparison.Ordinal);
        Assert.Contains("1 of 6 lines are left out", fit.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(cli[Path.Combine("out", "ada.judge.json")]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    public async Task A_file_without_pairs_is_bad_input(string text)
    {
        using var cli = new Cli();
        string input = cli.Write("empty.jsonl", text);

        Outcome fit = await cli.RunAsync("fit", input, "--output", cli["out"]);

        Assert.Equal((1, $"error: {input}: there is no usable preference pair in it. Each line is one JSON object with context, chosen and rejected.\n"), (fit.Code, fit.Error));
    }

    [Theory]
    [InlineData("absent.jsonl", "there is no such file. Check the path.")]
    [InlineData("no/such/folder.jsonl", "Check the path.")]
    [InlineData(".", "is a directory. Name a file of preference pairs.")]
    public async Task A_path_that_is_no_file_is_bad_input(string path, string message)
    {
        using var cli = new Cli();

        Outcome fit = await cli.RunAsync("fit", cli[path], "--output", cli["out"]);

        Assert.Equal(1, fit.Code);
        Assert.Contains(message, fit.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", fit.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fit", "--output")]
    [InlineData("bench", "--output")]
    [InlineData("report", "--figures")]
    public async Task A_file_where_a_directory_is_meant_is_named(string command, string option)
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", People.Terse("ada", 4));

        Outcome run = await cli.RunAsync(command, input, option, input);

        Assert.Equal(2, run.Code);
        Assert.StartsWith($"error: {option} takes a directory, and {input} is a file.\n", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_pair_is_too_few_and_the_message_says_what_is_missing()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", People.Terse("ada", 1));

        Outcome fit = await cli.RunAsync("fit", input, "--output", cli["out"]);

        Assert.Equal((1, ""), (fit.Code, fit.Out));
        Assert.Contains("User 'ada' has one usable preference pair; a fit needs at least 2", fit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Three_pairs_are_enough()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", People.Terse(null, 3));

        Outcome fit = await cli.RunAsync("fit", input, "--output", cli["out"]);

        Assert.Equal((0, ""), (fit.Code, fit.Error));
        Assert.Single(Directory.GetFiles(cli["out"], "*.judge.json"));
    }

    [Fact]
    public async Task A_user_that_is_not_there_is_named_with_those_that_are_near()
    {
        using var cli = new Cli();

        Outcome near = await cli.RunAsync("fit", People.Sample, "--user", "Dimitri", "--output", cli["out"]);
        Outcome far = await cli.RunAsync("fit", People.Sample, "--user", "someone else", "--output", cli["out"]);

        Assert.Equal((1, $"error: {People.Sample}: there is no user 'Dimitri'. Did you mean dmitri?\n"), (near.Code, near.Error));
        Assert.Equal((1, $"error: {People.Sample}: there is no user 'someone else'. The file has asha, ben, chloe, dmitri.\n"), (far.Code, far.Error));
    }

    [Fact]
    public async Task Several_users_need_a_choice()
    {
        using var cli = new Cli();

        Outcome fit = await cli.RunAsync("fit", People.Sample, "--output", cli["out"]);

        Assert.Equal((2, ""), (fit.Code, fit.Out));
        Assert.Contains("has 4 users (asha, ben, chloe, dmitri); pick one with --user ID, or fit each of them with --all", fit.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Text_of_the_data_cannot_steer_the_terminal()
    {
        using var cli = new Cli();

        Outcome fit = await cli.RunAsync("fit", People.Sample, "--user", "\u001b[2Jevil\nerror: forged", "--output", cli["out"]);

        Assert.DoesNotContain('\u001b', fit.Error);
        Assert.Contains(@"\u001b[2Jevil error: forged", fit.Error, StringComparison.Ordinal);
        Assert.Single(fit.Error.Trim().Split('\n'));
    }
}
