using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <content><c>[AllowedValues]</c> and <c>[DeniedValues]</c>.</content>
internal sealed partial class ConstraintReader
{
    private void ReadChoice(AttributeData attribute, bool isDenied)
    {
        TypedConstant argument = attribute.ConstructorArguments[0];
        TypedConstant[] values = argument.Kind == TypedConstantKind.Array && !argument.IsNull ? [.. argument.Values] : [];
        if (_target.Shape == Shape.Label)
        {
            ReadLabels(attribute, values, isDenied);
            return;
        }

        bool text = _target.Shape == Shape.Text;
        if (values.Length == 0 || !values.All(v => v.Kind == TypedConstantKind.Primitive && (text ? v.Value is string : Bound(v.Value) is not null)))
        {
            Refuse(attribute, $"its values are not {(text ? "strings" : "numbers")}: give at least one, and only such");
            return;
        }

        string[] written = [.. values.Select(v => text ? (string)v.Value! : Bound(v.Value)!.Value.Text)];
        string schema = $"\"enum\":[{string.Join(",", written.Select(w => text ? SchemaText.Quote(w) : w))}]";
        string code = string.Join(", ", values.Select(v => text ? CodeWriter.Literal((string)v.Value!) : Bound(v.Value)!.Value.Code));
        Add(isDenied
            ? new($"none of: {string.Join("; ", written)}", $"\"not\":{{{schema}}}", $"NoneOf(value, {code})")
            : new($"one of: {string.Join("; ", written)}", schema, $"OneOf(value, {code})"));
    }

    /// <summary>The labels that are left out are not shown to the model at all, so there is nothing to be said of them in words.</summary>
    private void ReadLabels(AttributeData attribute, TypedConstant[] values, bool isDenied)
    {
        if (values.Length == 0 || values.Any(v => v.Kind != TypedConstantKind.Enum || "global::" + v.Type!.ToDisplayString() != _target.CSharp))
        {
            Refuse(attribute, $"its values are not members of '{_target.CSharp.Replace("global::", "")}': give at least one, and only such");
            return;
        }

        IFieldSymbol[] members = [.. values[0].Type!.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue)];
        IFieldSymbol[] named = [.. members.Where(m => values.Any(v => Equals(v.Value, m.ConstantValue)))];
        HashSet<string> excluded = [.. (isDenied ? named : members.Except<IFieldSymbol>(named, SymbolEqualityComparer.Default)).Select(m => m.Name)];
        if (named.Length == 0 || excluded.Count == members.Length)
        {
            Refuse(attribute, "no label is left: give the members that may be answered");
            return;
        }

        string code = string.Join(", ", named.Select(m => TypeReader.CodeOf(m, _target.CSharp)));
        EquatableArray<string> labels = new(enums[_target.Key].Labels.Where(l => l.IsWritten && excluded.Contains(l.Member)).Select(l => l.Label));
        Add(new("", "", "", Labels: new(isDenied ? "NoneOf" : "OneOf", _target.Key, code, labels)));
    }
}
