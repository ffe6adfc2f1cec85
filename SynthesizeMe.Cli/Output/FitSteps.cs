namespace SynthesizeMe.Cli;

/// <summary>Turns the steps of a person's fit into shares of a run over several people.</summary>
/// <param name="display">Shows them.</param>
/// <param name="name">The person.</param>
/// <param name="index">The people that are done.</param>
/// <param name="count">All people.</param>
/// <param name="also">Is told every step, too.</param>
internal sealed class FitSteps(IProgress<ProgressStep> display, string name, int index, int count, Action<FitProgress> also) : IProgress<FitProgress>
{
    private static readonly double Stages = Enum.GetValues<FitStage>().Length;

    /// <inheritdoc/>
    public void Report(FitProgress value)
    {
        also(value);
        display.Report(new($"{name}: {Describe(value.Stage)} ({Figures.Count(value.Done)} of {Figures.Count(value.Total)})", (index + ShareOf(value)) / count));
    }

    /// <summary>How much of a fit is done, 0 to 1, if all stages were equally long.</summary>
    public static double ShareOf(FitProgress step) => ((int)step.Stage + ((double)step.Done / Math.Max(1, step.Total))) / Stages;

    /// <summary>What a stage does.</summary>
    public static string Describe(FitStage stage) => stage switch
    {
        FitStage.BootstrapReasoning => "judging training pairs",
        FitStage.SelectReasoning => "comparing demonstrations",
        FitStage.SynthesizePersona => "writing the persona",
        FitStage.BootstrapWithPersona => "judging with the persona",
        _ => "comparing demonstrations with the persona",
    };
}
