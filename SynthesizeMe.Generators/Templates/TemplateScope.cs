namespace SynthesizeMe.Generators;

/// <summary>What a template can name at one place: the roots, and the variables of the loops around it.</summary>
internal sealed class TemplateScope(SignatureModel model, List<DiagnosticInfo> problems)
{
    private static readonly string[] Roots = ["instructions", "format", "reasoning", "inputs", "demos"];
    private static readonly HashSet<string> Reserved = [.. Roots, "for", "role", "string", "array"];

    /// <summary>The C# variable that holds the inputs of the call.</summary>
    private const string Live = "value";

    private readonly List<Loop> _loops = [];

    /// <summary>The roots and the inputs that the template has named.</summary>
    public HashSet<string> Used { get; } = [];

    public int Depth => _loops.Count;

    /// <summary>Opens a loop; its variable is visible until <see cref="Leave"/>.</summary>
    public void Enter(ForNode node, TemplateValue item, string index, string count)
    {
        if (Reserved.Contains(node.Variable) || _loops.Any(l => l.Variable == node.Variable))
        {
            problems.Add(new(Rules.TemplateNameTaken, node.At, new([node.Variable])));
        }

        _loops.Add(new(node.Variable, item, index, count));
    }

    public void Leave() => _loops.RemoveAt(_loops.Count - 1);

    public TemplateValue? Find(NameExpression name)
    {
        if (_loops.Find(l => l.Variable == name.Name) is { } loop)
        {
            return loop.Item;
        }

        Used.Add(name.Name);
        switch (name.Name)
        {
            case "instructions":
                return new(ValueKind.Text, "context.Instructions");
            case "format":
                return new(ValueKind.Text, "context.Format", Trusted: true);
            case "reasoning":
                return new(ValueKind.Boolean, "context.Reasoning");
            case "inputs":
                return new(ValueKind.Inputs, Live);
            case "demos":
                return new(ValueKind.Demos, "context.Demos");
            default:
                string[] known = [.. Roots, .. _loops.Select(l => l.Variable)];
                return Unknown(name.Name, name.At, known);
        }
    }

    public TemplateValue? Member(MemberExpression member, TemplateValue owner)
    {
        switch (owner.Kind)
        {
            case ValueKind.Inputs:
                if (owner.Code == Live)
                {
                    Used.Add($"inputs.{member.Name}");
                }

                return Field(member, model.Inputs, owner.Code);
            case ValueKind.Outputs:
                return Field(member, model.Outputs, owner.Code);
            case ValueKind.Demo:
                return OfDemo(member, owner.Code);
            case ValueKind.Record:
                return OfRecord(member, owner);
            case ValueKind.List or ValueKind.Text or ValueKind.Demos when member.Name == "size":
                return Whole($"{Runtime.TemplateText}.Size({owner.Code})");
            case ValueKind.List or ValueKind.Text or ValueKind.Demos:
                return Unknown(member.Dotted, member.NameAt, ["size"]);
            default:
                problems.Add(new(Rules.TemplateKind, member.NameAt, new([$"'{Of(member.Target)}' is {owner.Called} and has no members", "use it as it is"])));
                return null;
        }
    }

    /// <summary>A member of the innermost loop.</summary>
    public TemplateValue? OfLoop(MemberExpression member)
    {
        if (_loops.Count == 0)
        {
            problems.Add(new(Rules.TemplateKind, member.At, new([$"'{member.Dotted}' stands outside of a loop", "use it between 'for' and its 'end'"])));
            return null;
        }

        Loop loop = _loops[_loops.Count - 1];
        return member.Name switch
        {
            "index" => Whole(loop.Index),
            "length" => Whole(loop.Count),
            "first" => TemplateValue.Truth($"{loop.Index} == 0"),
            "last" => TemplateValue.Truth($"{loop.Index} == {loop.Count} - 1"),
            "even" => TemplateValue.Truth($"{loop.Index} % 2 == 0"),
            "odd" => TemplateValue.Truth($"{loop.Index} % 2 != 0"),
            _ => Unknown(member.Dotted, member.NameAt, ["index", "first", "last", "length", "even", "odd"]),
        };
    }

    /// <summary>A whole number that counts something.</summary>
    public static TemplateValue Whole(string code) => new(ValueKind.Number, code, Type: new(Shape.Number, "int", IsWhole: true), Trusted: true);

    private TemplateValue? OfDemo(MemberExpression member, string demo) => member.Name switch
    {
        "inputs" => new(ValueKind.Inputs, $"{demo}.Value"),
        "outputs" => new(ValueKind.Outputs, $"{demo}.Value"),
        "reasoning" => new(ValueKind.Text, $"context.ReasoningOf({demo})", Optional: true),
        "verified" => new(ValueKind.Boolean, $"{demo}.Verified"),
        "reply" => new(ValueKind.Text, $"context.ReplyTo({_loops.Find(l => l.Item.Code == demo)!.Index})", Trusted: true),
        _ => Unknown(member.Dotted, member.NameAt, ["inputs", "outputs", "reasoning", "verified", "reply"]),
    };

    private TemplateValue? OfRecord(MemberExpression member, TemplateValue owner)
    {
        RecordModel record = model.Records.First(r => r.Key == owner.Type!.Key);
        PropertyModel? property = record.Properties.FirstOrDefault(p => p.Name == member.Name);
        if (property is null)
        {
            return Unknown(member.Dotted, member.NameAt, record.Properties.Select(p => p.Name));
        }

        bool optional = owner.Optional && property.Value.Type.Shape != Shape.Nullable;
        TypeModel type = optional ? new(Shape.Nullable, property.Value.Type.CSharp + "?", property.Value.Type) : property.Value.Type;
        return TemplateValue.Of(model, type, $"{owner.Code}{(owner.Optional ? "?" : "")}.{property.Property}");
    }

    private TemplateValue? Field(MemberExpression member, IEnumerable<FieldModel> fields, string owner) =>
        fields.FirstOrDefault(f => f.Name == member.Name) is { } field
            ? TemplateValue.Of(model, field.Type, $"{owner}.{Names.Escape(field.Parameter)}") with
            {
                AsTurns = field.AsTurns && owner == Live,
            }
            : Unknown(member.Dotted, member.NameAt, fields.Select(f => f.Name));

    private TemplateValue? Unknown(string name, LocationInfo at, IEnumerable<string> known)
    {
        string all = string.Join(", ", known);
        problems.Add(new(Rules.UnknownTemplateName, at, new([name, all.Length == 0 ? "nothing: there are no such fields" : all])));
        return null;
    }

    private static string Of(TemplateExpression expression) => expression switch
    {
        NameExpression name => name.Name,
        MemberExpression member => member.Dotted,
        _ => "this",
    };

    private sealed record Loop(string Variable, TemplateValue Item, string Index, string Count);
}
