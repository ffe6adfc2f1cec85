using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <content>Enums and their labels.</content>
internal sealed partial class TypeReader
{
    private TypeModel? ReadEnum(INamedTypeSymbol type, string code)
    {
        string key = KeyOf(code);
        if (_enums.ContainsKey(key))
        {
            return new(Shape.Label, code, Key: key);
        }

        var labels = new List<LabelModel>();
        foreach (IFieldSymbol member in type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue))
        {
            string written = LabelOf(member) ?? member.Name;
            labels.Add(new(written, member.Name, true));
            if (written != member.Name)
            {
                labels.Add(new(member.Name, member.Name, false));
            }
        }

        string? clash = labels.Count == 0 ? "it has no members: add one for each answer" : Clash(labels);
        if (clash is not null)
        {
            problems.Add(DiagnosticInfo.Create(Rules.AmbiguousLabels, location, type.Name, clash));
            return null;
        }

        _enums.Add(key, new EnumModel(key, code, new(labels)));
        return new(Shape.Label, code, Key: key);
    }

    private static string? Clash(List<LabelModel> labels)
    {
        LabelModel? blank = labels.Find(l => string.IsNullOrWhiteSpace(l.Label));
        if (blank is not null)
        {
            return $"the label of '{blank.Member}' is empty: give it one";
        }

        IGrouping<string, LabelModel>? same = labels
            .GroupBy(l => l.Label.Trim(), StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(g => g.Select(l => l.Member).Distinct().Count() > 1);
        return same is null ? null : $"{string.Join(" and ", same.Select(l => $"'{l.Member}'").Distinct())} are both read from '{same.Key}': rename one of them";
    }

    /// <summary>The label that an attribute gives a member: <c>[EnumMember(Value)]</c> before <c>[Description]</c>.</summary>
    private static string? LabelOf(IFieldSymbol member)
    {
        string? named = member.Find("System.Runtime.Serialization.EnumMemberAttribute")?.Named("Value") as string;
        return named ?? member.FindText(KnownTypes.Description);
    }
}
