using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>Takes what the rows of a data set give.</summary>
internal sealed class PairCollector
{
    private readonly Dictionary<string, List<(PreferencePair Pair, DataSplit? Named)>> _pairs = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly ImmutableArray<PreferenceDataProblem>.Builder _problems = ImmutableArray.CreateBuilder<PreferenceDataProblem>();
    private readonly SortedDictionary<string, int> _leftOut = new(StringComparer.Ordinal);

    /// <summary>What people said of themselves, by person.</summary>
    public Dictionary<string, ImmutableSortedDictionary<string, string>> Demographics { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes a pair; two equal completions are no choice, and are counted instead.</summary>
    /// <param name="pair">The pair.</param>
    /// <param name="named">The split that its file is named after: for a pair that says none, of somebody who has others to learn from.</param>
    public void Add(PreferencePair pair, DataSplit? named = null)
    {
        if (pair.Chosen == pair.Rejected)
        {
            LeaveOut("both completions are the same");
            return;
        }

        if (!_pairs.TryGetValue(pair.UserId, out List<(PreferencePair, DataSplit?)>? pairs))
        {
            _pairs.Add(pair.UserId, pairs = []);
            _order.Add(pair.UserId);
        }

        pairs.Add((pair, named));
    }

    /// <summary>Counts what makes no pair.</summary>
    public void LeaveOut(string reason) => _leftOut[reason] = _leftOut.GetValueOrDefault(reason) + 1;

    /// <summary>Notes a row that cannot be used.</summary>
    public void Problem(string file, int row, string reason) => _problems.Add(new(file, row, reason));

    /// <summary>Takes all the problems of a file.</summary>
    public void AddProblems(IEnumerable<PreferenceDataProblem> problems) => _problems.AddRange(problems);

    /// <summary>Reads a row; what is wrong with it becomes a problem of that row.</summary>
    public void Read(SourceRow row, Action<SourceRow> read)
    {
        if (row.Problem is { } problem)
        {
            Problem(row.File, row.Number, problem);
            return;
        }

        try
        {
            read(row);
        }
        catch (JsonShapeException e)
        {
            Problem(row.File, row.Number, e.Message);
        }
    }

    /// <summary>All that was taken.</summary>
    public PreferenceDataSet ToDataSet(string name) =>
        new(name, [.. _order.Select(Person)], _problems.ToImmutable()) { LeftOut = [.. _leftOut.Select(p => new LeftOut(p.Key, p.Value))] };

    private BenchmarkUser Person(string id)
    {
        bool learns = _pairs[id].Any(p => (p.Pair.Split ?? p.Named) is not DataSplit.Test);
        return new(id, [.. _pairs[id].Select(p => learns && p is { Pair.Split: null, Named: { } split } ? p.Pair with { Split = split } : p.Pair)])
        {
            Demographics = Demographics.GetValueOrDefault(id, ImmutableSortedDictionary<string, string>.Empty),
        };
    }
}
