using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>Finds records and unions that can hold another of their kind, and those that would have to without end.</summary>
internal static class Recursion
{
    /// <summary>Reports a type of which no value can be written down.</summary>
    public static void Require(
        TypeModel type, Dictionary<string, RecordModel> records, Dictionary<string, UnionModel> unions, Location? location, List<DiagnosticInfo> problems)
    {
        var finite = new HashSet<string>();
        bool grown = true;
        while (grown)
        {
            grown = false;
            foreach (RecordModel record in records.Values)
            {
                grown |= record.Properties.All(p => p.Value.IsOptional || Ends(p.Value.Given)) && finite.Add(record.Key);
            }

            foreach (UnionModel union in unions.Values)
            {
                grown |= union.Cases.Any(c => finite.Contains(c.Record)) && finite.Add(union.Key);
            }
        }

        if (Uses(type).FirstOrDefault(k => !finite.Contains(k)) is { } endless && (records.ContainsKey(endless) || unions.ContainsKey(endless)))
        {
            string code = records.TryGetValue(endless, out RecordModel? record) ? record.CSharp : unions[endless].CSharp;
            problems.Add(DiagnosticInfo.Create(
                Rules.UnsupportedType, location, code.Replace("global::", ""), "it contains itself without end; use a list or a nullable property to end it"));
        }

        bool Ends(TypeModel part) => part.Shape is not (Shape.Record or Shape.Union) || finite.Contains(part.Key);
    }

    /// <summary>The records and unions in the order of their keys; those in a cycle are marked.</summary>
    public static (EquatableArray<RecordModel> Records, EquatableArray<UnionModel> Unions) Mark(
        Dictionary<string, RecordModel> records, Dictionary<string, UnionModel> unions)
    {
        return (
            new(records.Values.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => IsInCycle(r.Key) ? r with { IsRecursive = true } : r)),
            new(unions.Values.OrderBy(u => u.Key, StringComparer.Ordinal).Select(u => IsInCycle(u.Key) ? u with { IsRecursive = true } : u)));

        bool IsInCycle(string key)
        {
            var reached = new HashSet<string>();
            var next = new Stack<string>(Parts(key));
            while (next.Count > 0)
            {
                string part = next.Pop();
                if (part == key)
                {
                    return true;
                }

                foreach (string inner in reached.Add(part) ? Parts(part) : [])
                {
                    next.Push(inner);
                }
            }

            return false;
        }

        IEnumerable<string> Parts(string key) =>
            records.TryGetValue(key, out RecordModel? record) ? record.Properties.SelectMany(p => Uses(p.Value.Type))
            : unions.TryGetValue(key, out UnionModel? union) ? union.Cases.Select(c => c.Record)
            : [];
    }

    private static IEnumerable<string> Uses(TypeModel type) =>
        type.Shape is Shape.Record or Shape.Union ? [type.Key] : type.Element is { } element ? Uses(element) : [];
}
