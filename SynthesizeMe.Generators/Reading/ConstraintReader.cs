using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>
/// Reads the data annotations of one value into constraints. An annotation that does not fit a list, but what is in it, is one on each item.
/// </summary>
/// <param name="type">The value's type.</param>
/// <param name="enums">The enums that were read.</param>
/// <param name="name">The parameter.</param>
/// <param name="isReply">Whether the value comes from a reply, so that an annotation nobody checks is a mistake.</param>
/// <param name="location">Where to report; at the attribute when null.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed partial class ConstraintReader(
    TypeModel type, IReadOnlyDictionary<string, EnumModel> enums, string name, bool isReply, Location? location, List<DiagnosticInfo> problems)
{
    private const string Lengthy = "a string, a list or a dictionary";
    private const string Textual = "a string or a list of strings";

    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    private readonly TypeModel _given = type.Shape == Shape.Nullable ? type.Element! : type;
    private readonly List<ConstraintModel> _constraints = [];
    private readonly Lengths _lengths = new();
    private readonly Lengths _itemLengths = new();
    private TypeModel _target = type;
    private bool _onItems;
    private bool _isNotEmpty;

    /// <summary>Whether <c>[Required]</c> is among them.</summary>
    public bool IsRequired { get; private set; }

    public EquatableArray<ConstraintModel> Read(IEnumerable<AttributeData> attributes)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (attribute is { AttributeClass: { } kind, AttributeConstructor: not null }) // The compiler reports one that is written wrongly.
            {
                Read(attribute, kind.ContainingNamespace.Is(KnownTypes.Annotations) ? kind.Name : "");
            }
        }

        _onItems = false;
        AddLengths(_given, _lengths, _isNotEmpty);
        _onItems = true;
        AddLengths(_given.Element ?? _given, _itemLengths, isNotEmpty: false);
        return new(_constraints.Distinct());
    }

    private void Read(AttributeData attribute, string kind)
    {
        switch (kind)
        {
            case "RequiredAttribute":
                IsRequired = true;
                _isNotEmpty = _given.Shape == Shape.Text && attribute.Named("AllowEmptyStrings") is not true;
                break;
            case "RangeAttribute":
                if (Fits(attribute, t => t.Shape == Shape.Number || IsMoment(t), "a number, a date or time, or a list of such"))
                {
                    ReadRange(attribute);
                }

                break;
            case "StringLengthAttribute":
                if (Fits(attribute, t => t.Shape == Shape.Text, Textual))
                {
                    ReadLength(attribute, attribute.Named("MinimumLength") as int? ?? 0, Whole(attribute, 0) ?? -1);
                }

                break;
            case "LengthAttribute" or "MinLengthAttribute" or "MaxLengthAttribute":
                if (Fits(attribute, t => t.Shape is Shape.Text or Shape.List or Shape.Map, Lengthy))
                {
                    ReadLength(
                        attribute,
                        kind == "MaxLengthAttribute" ? 0 : Whole(attribute, 0) ?? 0,
                        kind == "MinLengthAttribute" ? int.MaxValue : Whole(attribute, kind == "LengthAttribute" ? 1 : 0) ?? int.MaxValue);
                }

                break;
            case "RegularExpressionAttribute":
                if (Fits(attribute, t => t.Shape == Shape.Text, Textual))
                {
                    ReadPattern(attribute, attribute.ConstructorArguments[0].Value as string ?? "");
                }

                break;
            case "AllowedValuesAttribute" or "DeniedValuesAttribute":
                if (Fits(attribute, t => t.Shape is Shape.Text or Shape.Number or Shape.Label, "a string, a number, an enum or a list of such"))
                {
                    ReadChoice(attribute, isDenied: kind == "DeniedValuesAttribute");
                }

                break;
            case not "DataTypeAttribute" when isReply && Validates(attribute.AttributeClass!):
                problems.Add(DiagnosticInfo.Create(Rules.UncheckedConstraint, At(attribute), Mark(attribute), name));
                break;
        }
    }

    private static bool Validates(INamedTypeSymbol attribute)
    {
        for (INamedTypeSymbol? current = attribute; current is not null; current = current.BaseType)
        {
            if (current.ToDisplayString() == KnownTypes.ValidationAttribute)
            {
                return true;
            }
        }

        return false;
    }

    private void ReadRange(AttributeData attribute)
    {
        TypedConstant[] arguments = [.. attribute.ConstructorArguments];
        bool typed = arguments.Length == 3;
        if (_target.Shape == Shape.Scalar)
        {
            ReadMoments(attribute);
            return;
        }

        if (Bound(arguments[typed ? 1 : 0].Value) is not { } minimum || Bound(arguments[typed ? 2 : 1].Value) is not { } maximum)
        {
            Refuse(attribute, "its bounds are not numbers: write them as such");
            return;
        }

        (bool above, bool below) = Exclusive(attribute);
        if (minimum.Value > maximum.Value || (minimum.Value == maximum.Value && (above || below)))
        {
            Refuse(attribute, "no number is in the range: give the smaller bound first");
            return;
        }

        bool open = IsOpen(minimum.Value);
        bool endless = IsOpen(maximum.Value);
        string least = $"\"{(above ? "exclusiveMinimum" : "minimum")}\":{minimum.Text}";
        string most = $"\"{(below ? "exclusiveMaximum" : "maximum")}\":{maximum.Text}";
        if (!open && !endless && !above && !below)
        {
            Add(new($"from {minimum.Text} to {maximum.Text}", $"{least},{most}", $"Range(value, {minimum.Code}, {maximum.Code})"));
            return;
        }

        if (!open)
        {
            Add(new($"{(above ? "more than" : "at least")} {minimum.Text}", least, $"{(above ? "MoreThan" : "AtLeast")}(value, {minimum.Code})"));
        }

        if (!endless)
        {
            Add(new($"{(below ? "less than" : "at most")} {maximum.Text}", most, $"{(below ? "LessThan" : "AtMost")}(value, {maximum.Code})"));
        }
    }

    /// <summary>Several bounds of one length are as good as the narrowest.</summary>
    private void ReadLength(AttributeData attribute, int minimum, int maximum)
    {
        Lengths lengths = _onItems ? _itemLengths : _lengths;
        lengths.Shortest = Math.Max(lengths.Shortest, minimum);
        lengths.Longest = Math.Min(lengths.Longest, maximum);
        if (minimum < 0 || lengths.Longest < lengths.Shortest)
        {
            Refuse(attribute, "no length is within its bounds: give bounds that some length meets");
        }
    }

    private void AddLengths(TypeModel of, Lengths lengths, bool isNotEmpty)
    {
        (string unit, string schema) = of.Shape switch
        {
            Shape.Text => ("character", "Length"),
            Shape.Map => ("entry", "Properties"),
            _ => ("item", "Items"),
        };
        string check = of.Shape == Shape.Text ? "Length" : "Items";
        if (isNotEmpty)
        {
            Add(new("not empty", lengths.Shortest > 0 ? "" : "\"minLength\":1", "NotEmpty(value)"));
        }

        if (lengths.Shortest > 0)
        {
            Add(new($"at least {Count(lengths.Shortest, unit)}", $"\"min{schema}\":{Text(lengths.Shortest)}", $"Min{check}(value, {Text(lengths.Shortest)})"));
        }

        if (lengths.Longest < int.MaxValue)
        {
            Add(new($"at most {Count(lengths.Longest, unit)}", $"\"max{schema}\":{Text(lengths.Longest)}", $"Max{check}(value, {Text(lengths.Longest)})"));
        }
    }

    private void ReadPattern(AttributeData attribute, string pattern)
    {
        try
        {
            _ = new Regex(pattern, RegexOptions.CultureInvariant, LongestMatch);
        }
        catch (ArgumentException)
        {
            Refuse(attribute, "its pattern is not a regular expression: write one that .NET understands");
            return;
        }

        string whole = pattern.Contains('|') ? $"^(?:{pattern})$" : $"^{pattern}$";
        Add(new($"matching {whole}", $"\"pattern\":{SchemaText.Quote(whole)}", "", pattern));
    }

    /// <summary>A number of an attribute, as it is compared with the value's type.</summary>
    private (double Value, string Text, string Code)? Bound(object? argument)
    {
        if (argument is null or bool or char)
        {
            return null;
        }

        string text = argument is string written ? written.Trim() : DefaultReader.Invariant(argument);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) || double.IsNaN(value))
        {
            return null;
        }

        if (_target.CSharp is "float" or "double")
        {
            return (value, text, text + (_target.CSharp == "float" ? "f" : "d"));
        }

        bool fits = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact);
        string number = fits ? exact.ToString(CultureInfo.InvariantCulture) : text;
        return (value, number, fits ? number + "m" : $"decimal.M{(value < 0 ? "in" : "ax")}Value");
    }

    /// <summary>Whether a bound is so far out that it bounds nothing.</summary>
    private static bool IsOpen(double bound) => double.IsInfinity(bound)
        || Math.Abs(bound) is double.MaxValue or >= 7.9e28 || bound is int.MinValue or int.MaxValue or long.MinValue or long.MaxValue;

    private static (bool Above, bool Below) Exclusive(AttributeData attribute) =>
        (attribute.Named("MinimumIsExclusive") is true, attribute.Named("MaximumIsExclusive") is true);

    private void Add(ConstraintModel constraint) => _constraints.Add(constraint with { OnItems = _onItems });

    /// <summary>Whether an annotation fits the value, or else each item of the list that it is; what it fits becomes the target.</summary>
    private bool Fits(AttributeData attribute, Func<TypeModel, bool> fits, string what)
    {
        (_target, _onItems) = !fits(_given) && _given is { Shape: Shape.List, Element: { } item } ? (item, true) : (_given, false);
        if (fits(_target))
        {
            return true;
        }

        problems.Add(DiagnosticInfo.Create(Rules.ConstraintType, At(attribute), Mark(attribute), name, _given.CSharp.Replace("global::", ""), what));
        return false;
    }

    private void Refuse(AttributeData attribute, string reason) =>
        problems.Add(DiagnosticInfo.Create(Rules.ConstraintArguments, At(attribute), Mark(attribute), name, reason));

    private Location? At(AttributeData attribute) => location ?? attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation();

    private static string Mark(AttributeData attribute) => attribute.AttributeClass!.Name.Replace("Attribute", "");

    private static int? Whole(AttributeData attribute, int argument) =>
        argument < attribute.ConstructorArguments.Length ? attribute.ConstructorArguments[argument].Value as int? : null;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{Text(number)} {(unit == "entry" ? "entries" : unit + "s")}";

    private sealed class Lengths
    {
        public int Shortest { get; set; }

        public int Longest { get; set; } = int.MaxValue;
    }
}
