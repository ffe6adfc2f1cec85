using System.Globalization;
using System.Text.Json;

namespace SynthesizeMe.Optimizers;

/// <summary>Reads the JSON of a <see cref="PriceTable"/>, strictly: a misspelt key would be a price of nothing.</summary>
/// <param name="name">What errors call the table.</param>
internal sealed class PriceTableReader(string name)
{
    private const string Shape = """{"prices": [{"model": "small-*", "input": 0.1, "cachedInput": 0.05, "output": 0.4}]}, per million tokens""";

    public PriceTable Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
        {
            throw Wrong($"it is not an object; write {Shape}");
        }

        string? currency = null;
        List<(string, TokenPrice)>? rows = null;
        foreach (JsonProperty property in root.EnumerateObject())
        {
            switch (property.Name)
            {
                case "currency" when property.Value.ValueKind == JsonValueKind.String:
                    currency = property.Value.GetString();
                    break;
                case "prices" when property.Value.ValueKind == JsonValueKind.Array && rows is null:
                    rows = Rows(property.Value);
                    break;
                default:
                    throw Wrong($"'{property.Name}' is not known here, or not of that type; write {Shape}");
            }
        }

        return PriceTable.Of(rows ?? throw Wrong($"it has no prices; write {Shape}"), currency);
    }

    private List<(string Pattern, TokenPrice Price)> Rows(JsonElement array)
    {
        var rows = new List<(string Pattern, TokenPrice Price)>();
        foreach (JsonElement element in array.EnumerateArray())
        {
            (string Pattern, TokenPrice Price) row = Row(element, rows.Count + 1);
            if (rows.Exists(r => PriceTable.Same(r.Pattern, row.Pattern)))
            {
                throw Wrong($"'{row.Pattern}' has two prices; leave one out");
            }

            rows.Add(row);
        }

        return rows;
    }

    private (string Pattern, TokenPrice Price) Row(JsonElement element, int number)
    {
        string at = string.Create(CultureInfo.InvariantCulture, $"price {number}");
        if (element.ValueKind != JsonValueKind.Object)
        {
            throw Wrong($"{at} is not an object; write {Shape}");
        }

        string? pattern = null;
        decimal? input = null, cached = null, output = null;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            switch (property.Name)
            {
                case "model" when property.Value.ValueKind == JsonValueKind.String:
                    pattern = property.Value.GetString();
                    break;
                case "input":
                    input = Amount(property, at);
                    break;
                case "cachedInput":
                    cached = Amount(property, at);
                    break;
                case "output":
                    output = Amount(property, at);
                    break;
                default:
                    throw Wrong($"{at} has '{property.Name}', which is not known here, or not of that type; known are model, input, cachedInput and output");
            }
        }

        if (string.IsNullOrWhiteSpace(pattern))
        {
            throw Wrong($"{at} names no model");
        }

        return input is { } i && output is { } o
            ? (pattern, new TokenPrice(i, o) { PerMillionCachedInputTokens = cached })
            : throw Wrong($"{at} ('{pattern}') lacks {(input is null ? "input" : "output")}");
    }

    private decimal Amount(JsonProperty property, string at) =>
        property.Value.ValueKind == JsonValueKind.Number && property.Value.TryGetDecimal(out decimal amount) && amount is >= 0 and <= 1_000_000_000
            ? amount
            : throw Wrong($"{at}: {property.Name} is not an amount from 0 to a billion");

    private PriceTableException Wrong(string why) => new($"{name}: {why}.");
}
