using System.Text.Json.Nodes;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Cli.Tests;

public sealed class ImportDspyTests
{
    [Fact]
    public async Task A_program_of_the_reference_is_written_where_it_was_asked_for_and_fit_takes_it()
    {
        using var cli = new Cli();
        string file = Copy(cli, ReferencePrograms.Good);

        Outcome import = await cli.RunAsync("import-dspy", file, "--output", cli["ours.json"]);
        Outcome fit = await cli.RunAsync("fit", People.Sample, "--user", "chloe", "--output", cli["judges"], "--persona-program", cli["ours.json"]);

        Assert.Equal(0, import.Code);
        Snapshot.Match(Told(cli, import));
        Assert.Equal((0, ""), (fit.Code, fit.Error));
        JudgeArtefact judge = await JudgeArtefact.LoadAsync(cli[Path.Combine("judges", "chloe.judge.json")], TestContext.Current.CancellationToken);
        Assert.NotNull(judge.Provenance.PersonaProgram);
    }

    [Fact]
    public async Task Without_a_file_to_write_the_program_goes_to_the_standard_output()
    {
        using var cli = new Cli();
        string file = Copy(cli, ReferencePrograms.Good);

        Outcome plain = await cli.RunAsync("import-dspy", file);
        Outcome json = await cli.RunAsync("import-dspy", file, "--json");
        await cli.RunAsync("import-dspy", file, "--output", cli["ours.json"]);

        Assert.Equal(await File.ReadAllTextAsync(cli["ours.json"], TestContext.Current.CancellationToken), plain.Out);
        Assert.Equal("", json.Error);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(plain.Out), JsonNode.Parse(json.Out)!["state"]));
    }

    [Fact]
    public async Task The_json_says_what_was_taken_and_what_was_left_out()
    {
        using var cli = new Cli();
        string file = Copy(cli, ReferencePrograms.Good);

        Outcome import = await cli.RunAsync("import-dspy", file, "--output", cli["ours.json"], "--json");

        Assert.Equal((0, ""), (import.Code, import.Error));
        Snapshot.Match(Told(cli, import), extension: "json");
    }

    [Fact]
    public async Task Demonstrations_that_cannot_be_read_are_errors_and_can_be_left_out()
    {
        using var cli = new Cli();
        string file = Copy(cli, ReferencePrograms.Unreadable);

        Outcome strict = await cli.RunAsync("import-dspy", file, "--output", cli["ours.json"]);
        bool written = File.Exists(cli["ours.json"]);
        Outcome lenient = await cli.RunAsync("import-dspy", file, "--output", cli["ours.json"], "--skip-bad-demos");

        Assert.Equal((1, "", false), (strict.Code, strict.Out, written));
        Assert.Equal(0, lenient.Code);
        Snapshot.Match($"{Told(cli, strict)}\n{Told(cli, lenient)}");
    }

    [Theory]
    [InlineData("{", "$: not valid JSON at line 1, byte 2.")]
    [InlineData("[]", "$: an object was expected, but it is a list.")]
    [InlineData("""{"judge.predict": {}}""", "$: there is no predictor 'synthesize.predict', which is to be our 'self'; the file has 'judge.predict'")]
    public async Task A_file_of_another_kind_is_refused_with_its_name_the_place_and_the_cure(string text, string problem)
    {
        using var cli = new Cli();
        string file = cli.Write("x.json", text);

        Outcome import = await cli.RunAsync("import-dspy", file);

        Assert.Equal((1, ""), (import.Code, import.Out));
        Assert.Contains($"error: {file}: {problem}", import.Error, StringComparison.Ordinal);
        Assert.Contains("Name a file that the reference implementation's persona synthesis program has saved", import.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fit_says_how_a_file_of_dspy_becomes_one_that_it_takes()
    {
        using var cli = new Cli();
        string file = Copy(cli, ReferencePrograms.Good);

        Outcome fit = await cli.RunAsync("fit", People.Sample, "--user", "chloe", "--output", cli["judges"], "--persona-program", file);
        Outcome absent = await cli.RunAsync("fit", People.Sample, "--user", "chloe", "--output", cli["judges"], "--persona-program", cli["absent.json"]);

        Assert.Equal((1, $"error: {file}: The program state cannot be loaded: state: the property 'schemaVersion' is missing. Name a file that synthesizeme import-dspy has written; it makes one of a file that DSPy saved.\n"), (fit.Code, fit.Error));
        Assert.Equal((1, $"error: {cli["absent.json"]}: there is no such file. Check the path.\n"), (absent.Code, absent.Error));
        Assert.False(Directory.Exists(cli["judges"]));
    }

    private static string Copy(Cli cli, string file)
    {
        File.Copy(file, cli["theirs.json"]);
        return cli["theirs.json"];
    }

    /// <summary>What was said, without the folder's name.</summary>
    private static string Told(Cli cli, Outcome outcome) => $"{outcome.Out}{outcome.Error}".Replace(cli[""], "", StringComparison.Ordinal);
}
