namespace SynthesizeMe.Generators;

/// <summary>A stretch of a template, and whether it depends on the inputs of the call.</summary>
internal sealed record TemplateStretch(bool IsLive, IReadOnlyList<TemplateNode> Nodes);

/// <summary>Divides a template into what is written anew for every call and what is written once for all of them.</summary>
internal static class TemplateParts
{
    /// <summary>The stretches in order; text alone is as cheap to write as to look up, so it counts as live.</summary>
    public static List<TemplateStretch> Of(EquatableArray<TemplateNode> nodes)
    {
        var stretches = new List<TemplateStretch>();
        var stretch = new List<TemplateNode>();
        bool live = false;
        foreach (TemplateNode node in nodes)
        {
            bool needed = Needs(node);
            if (needed != live)
            {
                End();
                live = needed;
            }

            stretch.Add(node);
        }

        End();
        return stretches;

        void End()
        {
            if (stretch.Count > 0)
            {
                stretches.Add(new(live || stretch.All(n => n is TextNode), [.. stretch]));
                stretch.Clear();
            }
        }
    }

    private static bool Needs(TemplateNode node) => node switch
    {
        ValueNode value => Needs(value.Value),
        IfNode condition => condition.Branches.Any(b => Needs(b.Condition) || b.Body.Any(Needs)) || condition.Otherwise.Any(Needs),
        ForNode loop => Needs(loop.List) || loop.Body.Any(Needs),
        _ => false,
    };

    /// <summary>Whether an expression names the inputs; nothing else can have their name.</summary>
    private static bool Needs(TemplateExpression expression) => expression switch
    {
        NameExpression name => name.Name == "inputs",
        MemberExpression member => Needs(member.Target),
        UnaryExpression unary => Needs(unary.Operand),
        BinaryExpression binary => Needs(binary.Left) || Needs(binary.Right),
        CallExpression call => call.Arguments.Any(Needs),
        _ => false,
    };
}
