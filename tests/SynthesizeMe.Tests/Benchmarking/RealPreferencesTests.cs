using SynthesizeMe.Benchmarking;
using SynthesizeMe.Offline;

namespace SynthesizeMe.Tests.Benchmarking;

/// <summary>The offline model on real people's choices; the figures are in the README.</summary>
public class RealPreferencesTests
{
    [Theory]
    [InlineData("mtbench.jsonl", -0.01)]
    [InlineData("llmfao.jsonl", 0.01)]
    [InlineData("ukpconvarg.jsonl", 0.0)]
    public async Task The_chosen_judge_does_at_least_so_much_better_than_the_generic_one(string name, double least)
    {
        HeldOutReport report = await MeasureAsync(name);

        Assert.InRange(report.Methods.Of("chosen").Accuracy.Mean - report.Methods.Of("generic").Accuracy.Mean, least, 1);
    }

    private static async Task<HeldOutReport> MeasureAsync(string name)
    {
        IReadOnlyList<PreferencePair> pairs = await SharedData.ReadAsync(name);
        HeldOutReport report = await new HeldOutEvaluation(new OfflineModel()).RunAsync(pairs, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Null(report.Interruption);
        foreach (MethodFigures m in report.Methods)
        {
            TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {m.Name} {m.Accuracy.Mean:P1} over {m.Pairs} pairs, {m.Inconsistent} inconsistent");
        }

        return report;
    }
}
