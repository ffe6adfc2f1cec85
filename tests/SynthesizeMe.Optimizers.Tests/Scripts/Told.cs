namespace SynthesizeMe.Optimizers.Tests;

/// <summary>Progress that is told at once, on the reporting thread.</summary>
internal sealed class Told<T> : IProgress<T>
{
    private readonly List<T> _reports = [];

    public IReadOnlyList<T> Reports => _reports;

    public void Report(T value)
    {
        lock (_reports)
        {
            _reports.Add(value);
        }
    }
}
