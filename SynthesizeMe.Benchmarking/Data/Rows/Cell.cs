using System.Globalization;
using System.Text.Json;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>A value of a row, wherever it was stored: a line of JSON or the columns of a Parquet file. Only what is asked for becomes a string.</summary>
internal readonly struct Cell
{
    private readonly object? _value;

    /// <summary>Wraps a value.</summary>
    /// <param name="value">A JSON element, a string, a number, a truth value, a time, a list of cells or a dictionary of cells; null for none.</param>
    public Cell(object? value) => _value = value is JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } ? null : value;

    /// <summary>Whether there is no value.</summary>
    public bool IsNull => _value is null;

    /// <summary>Whether it is a list.</summary>
    public bool IsList => _value is IReadOnlyList<Cell> or JsonElement { ValueKind: JsonValueKind.Array };

    /// <summary>Whether it is a record.</summary>
    public bool IsRecord => _value is IReadOnlyDictionary<string, Cell> or JsonElement { ValueKind: JsonValueKind.Object };

    /// <summary>A part of a record; null where the record has none, or where this is no record.</summary>
    /// <exception cref="JsonShapeException">The name of a part cannot be read.</exception>
    public Cell this[string name] => _value switch
    {
        IReadOnlyDictionary<string, Cell> record => record.GetValueOrDefault(name),
        JsonElement { ValueKind: JsonValueKind.Object } json => new(JsonShape.Property(json, name, "", optional: true)),
        _ => default,
    };

    /// <summary>The names of a record's parts that can be read, in their order; empty where this is no record.</summary>
    public IEnumerable<string> Keys() => _value switch
    {
        IReadOnlyDictionary<string, Cell> record => record.Keys,
        JsonElement { ValueKind: JsonValueKind.Object } json => json.EnumerateObject().Select(NameOf).OfType<string>(),
        _ => [],
    };

    /// <summary>The items of a list.</summary>
    /// <param name="place">Where it is, for the message.</param>
    /// <exception cref="JsonShapeException">It is no list.</exception>
    public IReadOnlyList<Cell> List(string place) => _value switch
    {
        IReadOnlyList<Cell> items => items,
        JsonElement { ValueKind: JsonValueKind.Array } json => [.. json.EnumerateArray().Select(e => new Cell(e))],
        _ => throw Wrong(place, "a list"),
    };

    /// <summary>The text.</summary>
    /// <param name="place">Where it is, for the message.</param>
    /// <exception cref="JsonShapeException">It is no text.</exception>
    public string Text(string place) => _value switch
    {
        string text => text,
        JsonElement { ValueKind: JsonValueKind.String } json => JsonShape.Text(json, place),
        _ => throw Wrong(place, "text"),
    };

    /// <summary>An id as text: a number is taken as its digits, for ids often are numbers. Null where there is none.</summary>
    /// <param name="place">Where it is, for the message.</param>
    /// <exception cref="JsonShapeException">It is neither text nor a number.</exception>
    public string? Id(string place) => _value switch
    {
        null => null,
        string text => text,
        JsonElement { ValueKind: JsonValueKind.Number } json => json.GetRawText(),
        JsonElement { ValueKind: JsonValueKind.String } json => JsonShape.Text(json, place),
        decimal number when decimal.Truncate(number) == number => decimal.Truncate(number).ToString(CultureInfo.InvariantCulture),
        double number when Math.Abs(number) < 1e15 && Math.Truncate(number) == number => ((long)number).ToString(CultureInfo.InvariantCulture),
        bool or DateTime => throw Wrong(place, "an id"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw Wrong(place, "an id"),
    };

    /// <summary>The number; <see langword="null"/> where there is none, which NaN is too.</summary>
    /// <param name="place">Where it is, for the message.</param>
    /// <exception cref="JsonShapeException">It is something else than a number.</exception>
    public double? Number(string place)
    {
        double? number = _value switch
        {
            null => null,
            double d => d,
            float f => f,
            long n => n,
            ulong n => n,
            decimal n => (double)n,
            JsonElement { ValueKind: JsonValueKind.Number } json => json.GetDouble(),
            _ => throw Wrong(place, "a number"),
        };
        return number is { } value && double.IsFinite(value) ? value : null;
    }

    /// <summary>The truth value; <see langword="null"/> where there is none.</summary>
    /// <param name="place">Where it is, for the message.</param>
    /// <exception cref="JsonShapeException">It is something else.</exception>
    public bool? Truth(string place) => _value switch
    {
        null => null,
        bool truth => truth,
        JsonElement { ValueKind: JsonValueKind.True } => true,
        JsonElement { ValueKind: JsonValueKind.False } => false,
        _ => throw Wrong(place, "true or false"),
    };

    /// <summary>The time: seconds or milliseconds since 1970, or a date and time as text, UTC where nothing else is said. Null where there is none.</summary>
    /// <param name="place">Where it is, for the message.</param>
    /// <exception cref="JsonShapeException">It is no time.</exception>
    public DateTimeOffset? Time(string place)
    {
        switch (_value)
        {
            case null:
                return null;
            case DateTime time:
                return new DateTimeOffset(DateTime.SpecifyKind(time, DateTimeKind.Utc));
            case string or JsonElement { ValueKind: JsonValueKind.String }:
                string text = Text(place);
                return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset parsed) && Says(text, parsed.Year)
                    ? parsed
                    : throw Wrong(place, "a time, as in 2026-01-31T09:00:00Z");
            default:
                const double MillisecondsFrom = 1e11;
                if (Number(place) is not { } number)
                {
                    return null;
                }

                double milliseconds = Math.Abs(number) >= MillisecondsFrom ? number : number * 1000;
                return Math.Abs(milliseconds) < 6e13 ? DateTimeOffset.FromUnixTimeMilliseconds((long)milliseconds) : throw Wrong(place, "a time");
        }
    }

    /// <summary>Whether a text says the year: one that is missing would be taken from today.</summary>
    private static bool Says(string text, int year) => text.Contains(year.ToString("0000", CultureInfo.InvariantCulture), StringComparison.Ordinal);

    /// <summary>The name; <see langword="null"/> where half of a surrogate pair stands alone in it.</summary>
    private static string? NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private JsonShapeException Wrong(string place, string wanted) => new(place, _value is null
        ? $"there is none; {wanted} is needed"
        : $"{Describe(_value)} stands where {wanted} is needed");

    private static string Describe(object value) => value switch
    {
        IReadOnlyList<Cell> or JsonElement { ValueKind: JsonValueKind.Array } => "a list",
        IReadOnlyDictionary<string, Cell> or JsonElement { ValueKind: JsonValueKind.Object } => "a record",
        string or JsonElement { ValueKind: JsonValueKind.String } => "text",
        bool or JsonElement { ValueKind: JsonValueKind.True or JsonValueKind.False } => "true or false",
        _ => "a number",
    };
}
