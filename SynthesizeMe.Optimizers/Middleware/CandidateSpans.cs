using System.Diagnostics;

namespace SynthesizeMe.Optimizers;

/// <summary>The spans of candidates that are evaluated in one batch: siblings, though their evaluations are mixed.</summary>
internal sealed class CandidateSpans : IDisposable
{
    private readonly Dictionary<string, Telemetry.Span> _spans = new(StringComparer.Ordinal);

    public CandidateSpans(IEnumerable<string> candidates)
    {
        Activity? parent = Activity.Current;
        foreach (string name in candidates.Distinct(StringComparer.Ordinal))
        {
            _spans.Add(name, Telemetry.Candidate(name));
            Activity.Current = parent;
        }
    }

    /// <summary>What the caller's asynchronous method begins from now on belongs to this candidate.</summary>
    public void Enter(string candidate)
    {
        if (_spans[candidate].Activity is { } activity)
        {
            Activity.Current = activity;
        }
    }

    public void Dispose()
    {
        Activity? parent = Activity.Current;
        foreach (Telemetry.Span span in _spans.Values)
        {
            span.Dispose();
        }

        Activity.Current = parent;
    }
}
