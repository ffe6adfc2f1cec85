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
            cautions.Add(member);
            string written = LabelOf(member) ?? member.Name;
            labels.Add(new(written, member.Name, CodeOf(member, code), true));
            if (written != member.Name)
            {
                labels.Add(new(member.Name, member.Name, CodeOf(member, code), false));
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

    /// <summary>A member in code; one that it is an error to use is its number.</summary>
    /// <param name="member">The member.</param>
    /// <param name="type">Its enum in code.</param>
    internal static string CodeOf(IFieldSymbol member, string type) =>
        member.IsForbidden() ? $"({type})({DefaultReader.Code(member.ConstantValue!)})" : $"{type}.{Names.Escape(member.Name)}";

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
