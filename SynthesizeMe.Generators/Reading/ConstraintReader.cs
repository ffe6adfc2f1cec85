using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>Reads the data annotations of one value into constraints.</summary>
/// <param name="type">The value's type.</param>
/// <param name="name">The parameter.</param>
/// <param name="location">Where to report; at the attribute when null.</param>
/// <param name="problems">Receives what is wrong.</param>
internal sealed class ConstraintReader(TypeModel type, string name, Location? location, List<DiagnosticInfo> problems)
{
    private static readonly TimeSpan LongestMatch = TimeSpan.FromSeconds(1);

    private readonly TypeModel _given = type.Shape == Shape.Nullable ? type.Element! : type;
    private readonly List<ConstraintModel> _constraints = [];
    private bool _isNotEmpty;
    private int _shortest;
    private int _longest = int.MaxValue;

    /// <summary>Whether <c>[Required]</c> is among them.</summary>
    public bool IsRequired { get; private set; }

    public EquatableArray<ConstraintModel> Read(IEnumerable<AttributeData> attributes)
    {
        foreach (AttributeData attribute in attributes)
        {
            if (attribute.AttributeClass is { } kind && kind.ContainingNamespace.Is(KnownTypes.Annotations))
            {
                Read(attribute, kind.Name);
            }
        }

        AddLengths();
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
            case "RangeAttribute" when Fits(attribute, kind, _given.Shape == Shape.Number, "a number"):
                ReadRange(attribute);
                break;
            case "StringLengthAttribute" when Fits(attribute, kind, _given.Shape == Shape.Text, "a string"):
                ReadLength(attribute, attribute.Named("MinimumLength") as int? ?? 0, attribute.ConstructorArguments[0].Value as int? ?? -1);
                break;
            case "LengthAttribute" when Fits(attribute, kind, HasLength, "a string, a list or a dictionary"):
                ReadLength(attribute, attribute.ConstructorArguments[0].Value as int? ?? 0, attribute.ConstructorArguments[1].Value as int? ?? -1);
                break;
            case "MinLengthAttribute" when Fits(attribute, kind, HasLength, "a string, a list or a dictionary"):
                ReadLength(attribute, attribute.ConstructorArguments[0].Value as int? ?? 0, int.MaxValue);
                break;
            case "MaxLengthAttribute" when Fits(attribute, kind, HasLength, "a string, a list or a dictionary"):
                ReadLength(attribute, 0, attribute.ConstructorArguments.FirstOrDefault().Value as int? ?? int.MaxValue);
                break;
            case "RegularExpressionAttribute" when Fits(attribute, kind, _given.Shape == Shape.Text, "a string"):
                ReadPattern(attribute, attribute.ConstructorArguments[0].Value as string ?? "");
                break;
            case "AllowedValuesAttribute" when Fits(attribute, kind, _given.Shape is Shape.Text or Shape.Number, "a string or a number"):
                ReadAllowed(attribute);
                break;
        }
    }

    private bool HasLength => _given.Shape is Shape.Text or Shape.List or Shape.Map;

    private void ReadRange(AttributeData attribute)
    {
        TypedConstant[] arguments = [.. attribute.ConstructorArguments];
        bool typed = arguments.Length == 3;
        if (Bound(arguments[typed ? 1 : 0].Value) is not { } minimum || Bound(arguments[typed ? 2 : 1].Value) is not { } maximum)
        {
            Refuse(attribute, "its bounds are not numbers: write them as such");
            return;
        }

        bool above = attribute.Named("MinimumIsExclusive") is true;
        bool below = attribute.Named("MaximumIsExclusive") is true;
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
            _constraints.Add(new($"from {minimum.Text} to {maximum.Text}", $"{least},{most}", $"Range(value, {minimum.Code}, {maximum.Code})"));
            return;
        }

        if (!open)
        {
            _constraints.Add(new($"{(above ? "more than" : "at least")} {minimum.Text}", least, $"{(above ? "MoreThan" : "AtLeast")}(value, {minimum.Code})"));
        }

        if (!endless)
        {
            _constraints.Add(new($"{(below ? "less than" : "at most")} {maximum.Text}", most, $"{(below ? "LessThan" : "AtMost")}(value, {maximum.Code})"));
        }
    }

    /// <summary>Several bounds of one length are as good as the narrowest.</summary>
    private void ReadLength(AttributeData attribute, int minimum, int maximum)
    {
        _shortest = Math.Max(_shortest, minimum);
        _longest = Math.Min(_longest, maximum);
        if (minimum < 0 || _longest < _shortest)
        {
            Refuse(attribute, "no length is within its bounds: give bounds that some length meets");
        }
    }

    private void AddLengths()
    {
        (string unit, string schema) = _given.Shape switch
        {
            Shape.Text => ("character", "Length"),
            Shape.Map => ("entry", "Properties"),
            _ => ("item", "Items"),
        };
        string check = _given.Shape == Shape.Text ? "Length" : "Items";
        if (_isNotEmpty)
        {
            _constraints.Add(new("not empty", _shortest > 0 ? "" : "\"minLength\":1", "NotEmpty(value)"));
        }

        if (_shortest > 0)
        {
            _constraints.Add(new($"at least {Count(_shortest, unit)}", $"\"min{schema}\":{Text(_shortest)}", $"Min{check}(value, {Text(_shortest)})"));
        }

        if (_longest < int.MaxValue)
        {
            _constraints.Add(new($"at most {Count(_longest, unit)}", $"\"max{schema}\":{Text(_longest)}", $"Max{check}(value, {Text(_longest)})"));
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
        _constraints.Add(new($"matching {whole}", $"\"pattern\":{SchemaText.Quote(whole)}", "", pattern));
    }

    private void ReadAllowed(AttributeData attribute)
    {
        TypedConstant argument = attribute.ConstructorArguments[0];
        object?[] values = argument.Kind == TypedConstantKind.Array && !argument.IsNull ? [.. argument.Values.Where(v => v.Kind == TypedConstantKind.Primitive).Select(v => v.Value)] : [];
        bool text = _given.Shape == Shape.Text;
        if (values.Length == 0 || values.Length != argument.Values.Length || !values.All(v => text ? v is string : Bound(v) is not null))
        {
            Refuse(attribute, $"its values are not {(text ? "strings" : "numbers")}: give at least one, and only such");
            return;
        }

        string[] written = [.. values.Select(v => text ? (string)v! : Bound(v)!.Value.Text)];
        string schema = string.Join(",", written.Select(w => text ? SchemaText.Quote(w) : w));
        string code = string.Join(", ", values.Select(v => text ? CodeWriter.Literal((string)v!) : Bound(v)!.Value.Code));
        _constraints.Add(new($"one of: {string.Join("; ", written)}", $"\"enum\":[{schema}]", $"OneOf(value, {code})"));
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

        if (_given.CSharp is "float" or "double")
        {
            return (value, text, text + (_given.CSharp == "float" ? "f" : "d"));
        }

        bool fits = decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal exact);
        string number = fits ? exact.ToString(CultureInfo.InvariantCulture) : text;
        return (value, number, fits ? number + "m" : $"decimal.M{(value < 0 ? "in" : "ax")}Value");
    }

    /// <summary>Whether a bound is so far out that it bounds nothing.</summary>
    private static bool IsOpen(double bound) => double.IsInfinity(bound)
        || Math.Abs(bound) is double.MaxValue or >= 7.9e28 || bound is int.MinValue or int.MaxValue or long.MinValue or long.MaxValue;

    private bool Fits(AttributeData attribute, string kind, bool fits, string what)
    {
        if (!fits)
        {
            problems.Add(DiagnosticInfo.Create(Rules.ConstraintType, At(attribute), Mark(kind), name, _given.CSharp.Replace("global::", ""), what));
        }

        return fits;
    }

    private void Refuse(AttributeData attribute, string reason) =>
        problems.Add(DiagnosticInfo.Create(Rules.ConstraintArguments, At(attribute), Mark(attribute.AttributeClass!.Name), name, reason));

    private Location? At(AttributeData attribute) => location ?? attribute.ApplicationSyntaxReference?.GetSyntax().GetLocation();

    private static string Mark(string kind) => kind.Replace("Attribute", "");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Count(int number, string unit) => number == 1 ? $"1 {unit}" : $"{Text(number)} {(unit == "entry" ? "entries" : unit + "s")}";
}
