using System.Collections.Immutable;
using System.Globalization;

namespace SynthesizeMe.Benchmarking;

/// <summary>Finds what does not belong together in the files of a run, as when somebody has cut or doubled lines.</summary>
internal sealed class RunCheck
{
    private readonly RunRecord _run;
    private readonly string _path;
    private readonly Dictionary<(string Data, string User), UserRecord> _users = [];
    private readonly HashSet<(string Data, string User, string Method, string Pair)> _results = [];

    /// <summary>Begins with the run's own record.</summary>
    /// <exception cref="BenchmarkRunException">It is damaged.</exception>
    public RunCheck(RunRecord run, string path)
    {
        (_run, _path) = (run, path);
        RequireWhole(run.Arguments, "arguments", path, null);
        RequireWhole(run.DataSets, "dataSets", path, null);
        RequireWhole(run.Methods, "methods", path, null);
    }

    /// <summary>Takes a person.</summary>
    /// <exception cref="BenchmarkRunException">Something in it is missing, or the person is there already.</exception>
    public void Require(UserRecord user, string path, int line)
    {
        if (user.Fit is { } fit)
        {
            RequireWhole(fit.Demonstrations, "fit.demonstrations", path, line);
            RequireWhole(fit.Candidates, "fit.candidates", path, line);
            RequireWhole(fit.Notes, "fit.notes", path, line);
            foreach (DemonstrationRecord demonstration in fit.Demonstrations)
            {
                RequireWhole(demonstration.Context, "fit.demonstrations.context", path, line);
            }
        }

        if (_run.DataSets.All(d => d.Name != user.Data))
        {
            throw new BenchmarkRunException(path, line, $"the data set '{user.Data}' is not one of {_path}");
        }

        if (!_users.TryAdd((user.Data, user.User), user))
        {
            throw new BenchmarkRunException(path, line, $"the person '{user.User}' of {user.Data} is there twice; remove one of the lines");
        }
    }

    /// <summary>Takes a result.</summary>
    /// <exception cref="BenchmarkRunException">It is nobody's, there already, or out of range.</exception>
    public void Require(ResultRecord result, string path, int line)
    {
        string? problem = !_users.ContainsKey((result.Data, result.User)) ? $"the person '{result.User}' of {result.Data} is not in {BenchmarkRun.UsersFile}"
            : _run.Methods.All(m => m.Name != result.Method) ? $"the method '{result.Method}' is not one of {BenchmarkRun.RunFile}"
            : !(result.Score is >= 0 and <= 1) ? string.Create(CultureInfo.InvariantCulture, $"score: {result.Score} is not between 0 and 1")
            : result.Confidence is { } confidence && !(confidence is >= 0.5 and <= 1) ? string.Create(CultureInfo.InvariantCulture, $"confidence: {confidence} is not between 0.5 and 1")
            : !_results.Add((result.Data, result.User, result.Method, result.Pair)) ? $"the same result of {result.Method} is there twice; remove one of the lines"
            : null;
        if (problem is not null)
        {
            throw new BenchmarkRunException(path, line, problem);
        }
    }

    /// <summary>Finds out whether something is missing.</summary>
    /// <exception cref="BenchmarkRunException">A person or a result is.</exception>
    public void RequireAll(string users, string results)
    {
        foreach (RunDataSet data in _run.DataSets)
        {
            int there = _users.Keys.Count(u => u.Data == data.Name);
            if (there + data.Unfinished != data.Users)
            {
                throw new BenchmarkRunException(users, null, string.Create(
                    CultureInfo.InvariantCulture, $"{there} people of {data.Name} are in it, and {_path} tells of {data.Users - data.Unfinished}; run the benchmark again, which takes replies from its store"));
            }
        }

        var counts = _results.CountBy(r => (r.Data, r.User, r.Method)).ToDictionary(c => c.Key, c => c.Value);
        foreach (UserRecord user in _users.Values.Where(u => u.Skipped is null))
        {
            foreach (RunMethod method in _run.Methods.Where(m => !m.NotAvailable.ContainsKey(user.Data) && !user.NotAvailable.ContainsKey(m.Name)))
            {
                int there = counts.GetValueOrDefault((user.Data, user.User, method.Name));
                if (there != user.TestPairs)
                {
                    throw new BenchmarkRunException(results, null, string.Create(
                        CultureInfo.InvariantCulture, $"{there} of {user.TestPairs} results of {method.Name} for '{user.User}' of {user.Data} are in it; run the benchmark again, which takes replies from its store"));
                }
            }
        }
    }

    private static void RequireWhole<T>(ImmutableArray<T> list, string name, string path, int? line)
    {
        if (list.IsDefault || list.Any(item => item is null))
        {
            throw new BenchmarkRunException(path, line, $"{name}: null stands where {(list.IsDefault ? "a list" : "something")} is needed");
        }
    }
}
