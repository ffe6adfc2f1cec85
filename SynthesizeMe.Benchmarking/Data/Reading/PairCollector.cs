using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>Takes what the rows of a data set give.</summary>
internal sealed class PairCollector
{
    private readonly Dictionary<string, List<PreferencePair>> _pairs = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly ImmutableArray<PreferenceDataProblem>.Builder _problems = ImmutableArray.CreateBuilder<PreferenceDataProblem>();
    private readonly SortedDictionary<string, int> _leftOut = new(StringComparer.Ordinal);

    /// <summary>What people said of themselves, by person.</summary>
    public Dictionary<string, ImmutableSortedDictionary<string, string>> Demographics { get; } = new(StringComparer.Ordinal);

    /// <summary>Takes a pair; two equal completions are no choice, and are counted instead.</summary>
    public void Add(PreferencePair pair)
    {
        if (pair.Chosen == pair.Rejected)
        {
            LeaveOut("both completions are the same");
            return;
        }

        if (!_pairs.TryGetValue(pair.UserId, out List<PreferencePair>? pairs))
        {
            _pairs.Add(pair.UserId, pairs = []);
            _order.Add(pair.UserId);
        }

        pairs.Add(pair);
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

    private BenchmarkUser Person(string id) => new(id, [.. _pairs[id]])
    {
        Demographics = Demographics.GetValueOrDefault(id, ImmutableSortedDictionary<string, string>.Empty),
    };
}
