using SynthesizeMe.Optimizers;

namespace SynthesizeMe;

/// <summary>Tells of a search's progress as steps of a fit.</summary>
internal sealed class StageProgress : IProgress<OptimizationEvent>
{
    private readonly IProgress<FitProgress> _progress;
    private readonly FitStage? _bootstrapping;
    private readonly FitStage _validating;

    private StageProgress(IProgress<FitProgress> progress, FitStage? bootstrapping, FitStage validating) =>
        (_progress, _bootstrapping, _validating) = (progress, bootstrapping, validating);

    /// <param name="progress">Is told.</param>
    /// <param name="bootstrapping">What bootstrapping is; <see langword="null"/> where it takes no time.</param>
    /// <param name="validating">What validating is.</param>
    public static StageProgress? Of(IProgress<FitProgress>? progress, FitStage? bootstrapping, FitStage validating) =>
        progress is null ? null : new StageProgress(progress, bootstrapping, validating);

    public void Report(OptimizationEvent value)
    {
        if ((value.Phase == OptimizationPhase.Bootstrapping ? _bootstrapping : _validating) is { } stage)
        {
            _progress.Report(new(stage, value.Done, value.Total));
        }
    }
}
