using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SynthesizeMe.Generators;

/// <summary>Reads the default of a parameter.</summary>
internal static class DefaultReader
{
    public static DefaultModel? Read(IParameterSymbol parameter, TypeModel type, IReadOnlyDictionary<string, EnumModel> enums)
    {
        if (!parameter.HasExplicitDefaultValue)
        {
            return null;
        }

        TypeModel given = type.Shape == Shape.Nullable ? type.Element! : type;
        object? value = parameter.ExplicitDefaultValue;
        if (value is null)
        {
            bool isNull = type.Shape == Shape.Nullable || parameter.Type.IsReferenceType;
            return new(!isNull ? "default" : type.Shape == Shape.Nullable ? "null" : "null!", "", "", isNull);
        }

        if (given.Shape == Shape.Label)
        {
            return OfEnum(parameter, value, given, enums[given.Key]);
        }

        string json = value switch
        {
            string text => SchemaText.Quote(text),
            bool truth => truth ? "true" : "false",
            _ => Invariant(value),
        };
        return new(Code(value), json, IsFinite(value) ? json : "", IsNull: false);
    }

    /// <summary>A constant in code.</summary>
    public static string Code(object value) => value switch
    {
        double.NaN => "double.NaN",
        float.NaN => "float.NaN",
        double.PositiveInfinity or double.NegativeInfinity => $"double.{((double)value > 0 ? "Positive" : "Negative")}Infinity",
        float.PositiveInfinity or float.NegativeInfinity => $"float.{((float)value > 0 ? "Positive" : "Negative")}Infinity",
        float or double or decimal => Invariant(value) + (value is float ? "f" : value is double ? "d" : "m"),
        _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)!,
    };

    /// <summary>A number that is read back as the same.</summary>
    public static string Invariant(object value) =>
        ((IFormattable)value).ToString(value is float or double ? "R" : null, CultureInfo.InvariantCulture);

    private static bool IsFinite(object value) => value switch
    {
        double number => !double.IsNaN(number) && !double.IsInfinity(number),
        float number => !float.IsNaN(number) && !float.IsInfinity(number),
        _ => true,
    };

    private static DefaultModel OfEnum(IParameterSymbol parameter, object value, TypeModel type, EnumModel labels)
    {
        ITypeSymbol declared = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable
            ? nullable.TypeArguments[0] : parameter.Type;
        IFieldSymbol? member = declared.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, value));
        if (member is null)
        {
            return new($"({type.CSharp})({Code(value)})", "", "", IsNull: false);
        }

        string label = SchemaText.Quote(labels.Labels.First(l => l.Member == member.Name).Label);
        return new(TypeReader.CodeOf(member, type.CSharp), label, label, IsNull: false);
    }
}
