using System.Text.Json.Nodes;
using System.Xml.Linq;
using SynthesizeMe.Benchmarking;

namespace SynthesizeMe.Cli.Tests;

public sealed class ReportTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_of_a_run_is_the_one_that_bench_wrote()
    {
        using var cli = new Cli();
        await cli.RunAsync("bench", People.Sample, "--methods", "generic,chosen,longer", "--output", cli["run"]);
        string page = Path.Combine(cli["run"], "report.html");
        string written = await File.ReadAllTextAsync(page, Ct);
        File.Delete(page);

        Outcome report = await cli.RunAsync("report", cli["run"]);
        Outcome elsewhere = await cli.RunAsync("report", cli["run"], "-o", cli["elsewhere.html"], "--json");

        Assert.Equal((0, ""), (report.Code, report.Error));
        Assert.Matches(@": 4 users, \d+ KB\n$", report.Out);
        Assert.Equal(written, await File.ReadAllTextAsync(page, Ct));
        Assert.Equal(written, await File.ReadAllTextAsync(cli["elsewhere.html"], Ct));
        JsonNode json = JsonNode.Parse(elsewhere.Out)!;
        Assert.Equal((cli["elsewhere.html"], new FileInfo(page).Length, 4), (json["file"]!.GetValue<string>(), json["bytes"]!.GetValue<long>(), json["users"]!.GetValue<int>()));
        Assert.Contains("<h2>Does personalising help?</h2>", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Charts_for_papers_are_drawn_as_svg_and_png()
    {
        using var cli = new Cli();
        await cli.RunAsync("bench", People.Sample, "--methods", "generic,chosen,longer", "--output", cli["run"]);

        Outcome report = await cli.RunAsync("report", cli["run"], "--figures", cli["figures"], "--json");

        string[] files = [.. JsonNode.Parse(report.Out)!["figures"]!.AsArray().Select(f => f!.GetValue<string>())];
        string[] names = ["accuracy", "gain", "training-pairs", "people", "cost"];
        Assert.Equal(names.SelectMany(n => new[] { $"{n}.svg", $"{n}.png" }), files.Select(Path.GetFileName));
        Assert.Equal(files.Order(StringComparer.Ordinal), Directory.GetFiles(cli["figures"]).Order(StringComparer.Ordinal));
        foreach (string file in files)
        {
            byte[] bytes = await File.ReadAllBytesAsync(file, Ct);
            if (file.EndsWith(".png", StringComparison.Ordinal))
            {
                // The signature, and the width of the first chunk.
                Assert.Equal([0x89, .. "PNG\r\n"u8, 0x1a, 0x0a], bytes[..8]);
                Assert.Equal(1440, (bytes[18] << 8) + bytes[19]);
            }
            else
            {
                Assert.Equal("svg", XElement.Load(file).Name.LocalName);
            }
        }

        string accuracy = XElement.Load(files[0]).Value;
        Assert.All((string[])["generic", "chosen", "longer", "accuracy in % (95 % intervals)"], text => Assert.Contains(text, accuracy, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_page_of_an_interrupted_run_comes_with_a_warning()
    {
        using var cli = new Cli();
        await cli.RunAsync("bench", People.Sample, "--output", cli["run"], "--budget-calls", "1000");

        Outcome report = await cli.RunAsync("report", cli["run"]);

        Assert.Equal(0, report.Code);
        Assert.Equal("warning: the run was not finished; the page is about the users that were.\n", report.Error);
        Assert.Contains("<strong>Not finished.</strong>", await File.ReadAllTextAsync(Path.Combine(cli["run"], "report.html"), Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_directory_that_is_no_run_is_explained()
    {
        using var cli = new Cli();
        Directory.CreateDirectory(cli["empty"]);
        Directory.CreateDirectory(cli["damaged"]);
        cli.Write(Path.Combine("damaged", BenchmarkRun.RunFile), "{");

        Outcome missing = await cli.RunAsync("report", cli["nowhere"]);
        Outcome empty = await cli.RunAsync("report", cli["empty"]);
        Outcome damaged = await cli.RunAsync("report", cli["damaged"]);
        Outcome none = await cli.RunAsync("report");

        Assert.All((Outcome[])[missing, empty], o => Assert.Equal((1, ""), (o.Code, o.Out)));
        Assert.Equal($"error: {cli["empty"]}: there is no run.json in it. Name a directory that synthesizeme bench has written.\n", empty.Error);
        Assert.Equal(1, damaged.Code);
        Assert.Matches(@"run\.json: .*\. Run synthesizeme bench again to write it anew\.\n$", damaged.Error);
        Assert.Equal(2, none.Code);
        Assert.Empty(Directory.GetFiles(cli["empty"]));
    }
}
