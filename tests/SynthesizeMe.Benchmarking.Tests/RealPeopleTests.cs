using SynthesizeMe.Offline;
using SynthesizeMe.Tests;

namespace SynthesizeMe.Benchmarking.Tests;

/// <summary>The whole table with the offline model on real people's choices; the figures are in docs/personal-reward-bench.md.</summary>
public class RealPeopleTests
{
    private static readonly string[] Sources = ["mtbench.jsonl", "llmfao.jsonl", "ukpconvarg.jsonl"];

    [Fact]
    public async Task Every_method_that_the_data_allow_has_figures_and_what_is_told_of_people_pays()
    {
        var data = new List<PreferenceDataSet>();
        foreach (string source in Sources)
        {
            data.Add(PreferenceDataSet.Of(Path.GetFileNameWithoutExtension(source), await SharedData.ReadAsync(source)));
        }

        using var model = new OfflineModel();
        var benchmark = new Benchmark(model, BenchmarkMethods.All(model, new StyleEmbeddings(), samples: 2, seed: 0));
        BenchmarkResult result = await benchmark.RunAsync(data, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(result.Interruption);
        BenchmarkTables tables = BenchmarkTables.Of(result.Run);
        TestContext.Current.TestOutputHelper!.WriteLine(tables.ToMarkdown());
        Assert.All(tables.Tables, t => Assert.Equal(["demographics"], t.Methods.Where(m => m.NotAvailable is not null).Select(m => m.Name)));
        Assert.Equal([19, 40, 50, 109], tables.Tables.Select(t => t.Users));
        Dictionary<string, MethodRow> all = tables.Tables[^1].Methods.ToDictionary(m => m.Name);
        Assert.True(all["reward+user"].Accuracy > all["reward"].Accuracy);
        Assert.True(all["reward+persona"].Accuracy > all["reward"].Accuracy);
        Assert.True(all["style+user"].Accuracy > all["style"].Accuracy);
        Assert.True(all["history"].Accuracy > all["generic"].Accuracy);
        Assert.InRange(all["chosen"].Difference!.Mean, -0.005, 1);
        Assert.InRange(all["rubric"].Accuracy!.Value, 0.66, 1);
        Assert.InRange(all["random"].Accuracy!.Value, 0.45, 0.55);
    }
}
