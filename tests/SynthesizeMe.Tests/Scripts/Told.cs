namespace SynthesizeMe.Tests;

/// <summary>Progress that is told at once, on the reporting thread.</summary>
internal sealed class Told<T>(Action<T>? then = null) : IProgress<T>
{
    private readonly List<T> _reports = [];

    public IReadOnlyList<T> Reports
    {
        get
        {
            lock (_reports)
            {
                return [.. _reports];
            }
        }
    }

    public void Report(T value)
    {
        lock (_reports)
        {
            _reports.Add(value);
        }

        then?.Invoke(value);
    }
}
