using System.Text.RegularExpressions;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Benchmarking.Tests.Runs;

public sealed class BenchmarkRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("synthesizeme-run-").FullName;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_that_is_written_and_read_is_written_alike()
    {
        string again = Path.Combine(_folder, "again");

        await Records.Full.WriteAsync(_folder, Ct);
        await (await BenchmarkRun.ReadAsync(_folder, Ct)).WriteAsync(again, Ct);

        Assert.All(
            [BenchmarkRun.RunFile, BenchmarkRun.UsersFile, BenchmarkRun.ResultsFile],
            file => Assert.Equal(File.ReadAllText(Path.Combine(_folder, file)), File.ReadAllText(Path.Combine(again, file))));
        Snapshot.Match(string.Join('\n', Directory.GetFiles(_folder).Order(StringComparer.Ordinal).Select(f => $"== {Path.GetFileName(f)}\n{File.ReadAllText(f)}")));
    }

    [Fact]
    public async Task A_run_that_is_read_has_all_that_was_written()
    {
        await Records.Full.WriteAsync(_folder, Ct);

        BenchmarkRun run = await BenchmarkRun.ReadAsync(_folder, Ct);

        Assert.Equal(Records.Full.Results.AsEnumerable(), run.Results);
        Assert.Equivalent(Records.Full.Run, run.Run, strict: true);
        Assert.Equivalent(Records.Full.Users, run.Users, strict: true);
    }

    [Theory]
    [InlineData(BenchmarkRun.RunFile, "\"schema\": 1", "\"schema\": 2", "schema 2")]
    [InlineData(BenchmarkRun.RunFile, "\"seed\": 7,", "", "seed")]
    [InlineData(BenchmarkRun.UsersFile, "\"demographics\":{}", "\"demographics\":null", "line 2")]
    [InlineData(BenchmarkRun.ResultsFile, "\"first\"", "\"third\"", "line 1")]
    [InlineData(BenchmarkRun.ResultsFile, "}", "", "line 1")]
    [InlineData(BenchmarkRun.RunFile, "\"people.jsonl\"", "null", "arguments: null stands where something is needed")]
    [InlineData(BenchmarkRun.UsersFile, "[{\"stage\"", "[null,{\"stage\"", "line 1: fit.candidates: null stands where something is needed")]
    [InlineData(BenchmarkRun.UsersFile, "\"user\":\"\"", "\"user\":\"ann <b>\"", "line 2: the person 'ann <b>' of people is there twice")]
    [InlineData(BenchmarkRun.UsersFile, "\"data\":\"people\"", "\"data\":\"peoples\"", "line 1: the data set 'peoples' is not one of ")]
    [InlineData(BenchmarkRun.RunFile, "\"unfinished\": 1", "\"unfinished\": 0", "users.jsonl: 2 people of people are in it, and ")]
    [InlineData(BenchmarkRun.ResultsFile, "\"score\":0.5", "\"score\":7", "line 1: score: 7 is not between 0 and 1")]
    [InlineData(BenchmarkRun.ResultsFile, "\"confidence\":0.5", "\"confidence\":0.4", "line 1: confidence: 0.4 is not between 0.5 and 1")]
    [InlineData(BenchmarkRun.ResultsFile, "\"method\":\"generic\"", "\"method\":\"persona\"", "line 1: the method 'persona' is not one of run.json")]
    [InlineData(BenchmarkRun.RunFile, "\"people\": \"no model\"", "", "results.jsonl: 1 of 2 results of generic for 'ann <b>' of people are in it")]
    public async Task A_damaged_file_is_named_with_the_place(string file, string was, string becomes, string named)
    {
        await Records.Full.WriteAsync(_folder, Ct);
        string path = Path.Combine(_folder, file);
        await File.WriteAllTextAsync(path, new Regex(Regex.Escape(was)).Replace(await File.ReadAllTextAsync(path, Ct), becomes, 1), Ct);

        BenchmarkRunException problem = await Assert.ThrowsAsync<BenchmarkRunException>(() => BenchmarkRun.ReadAsync(_folder, Ct));

        Assert.Contains(_folder, problem.Message, StringComparison.Ordinal);
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_doubled_line_is_named()
    {
        await Records.Full.WriteAsync(_folder, Ct);
        string path = Path.Combine(_folder, BenchmarkRun.ResultsFile);
        await File.AppendAllTextAsync(path, await File.ReadAllTextAsync(path, Ct), Ct);

        BenchmarkRunException problem = await Assert.ThrowsAsync<BenchmarkRunException>(() => BenchmarkRun.ReadAsync(_folder, Ct));

        Assert.Equal($"{path}, line 2: the same result of generic is there twice; remove one of the lines", problem.Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
