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
    public async Task A_damaged_file_is_named_with_the_place(string file, string was, string becomes, string named)
    {
        await Records.Full.WriteAsync(_folder, Ct);
        string path = Path.Combine(_folder, file);
        await File.WriteAllTextAsync(path, new Regex(Regex.Escape(was)).Replace(await File.ReadAllTextAsync(path, Ct), becomes, 1), Ct);

        BenchmarkRunException problem = await Assert.ThrowsAsync<BenchmarkRunException>(() => BenchmarkRun.ReadAsync(_folder, Ct));

        Assert.Contains(path, problem.Message, StringComparison.Ordinal);
        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
