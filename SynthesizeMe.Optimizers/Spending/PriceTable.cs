using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Text.Json;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// What models charge, by patterns of their ids. In a pattern, <c>*</c> stands for any text and <c>?</c> for one character; case does not count.
/// Of several patterns that match, the one with the most literal characters decides, whatever the order.
/// </summary>
/// <remarks>
/// As JSON, prices are per million tokens, <c>cachedInput</c> may be left out, and <c>currency</c> is for the reader:
/// <code>{ "currency": "USD", "prices": [ { "model": "small-*", "input": 0.10, "cachedInput": 0.05, "output": 0.40 } ] }</code>
/// No prices are built in: they change, and a stale price would break a promise.
/// </remarks>
public sealed class PriceTable
{
    private readonly ImmutableArray<Row> _rows;

    private PriceTable(ImmutableArray<Row> rows, string? currency)
    {
        _rows = rows;
        Currency = currency;
    }

    /// <summary>A table without prices, to add to.</summary>
    public static PriceTable Empty { get; } = new([], null);

    /// <summary>The currency that the table names; <see langword="null"/> where it names none.</summary>
    public string? Currency { get; }

    /// <summary>The table with a price more; it replaces the price of the same pattern.</summary>
    /// <param name="pattern">The pattern of the model's id.</param>
    /// <param name="price">The price.</param>
    /// <exception cref="ArgumentException">The pattern is empty.</exception>
    public PriceTable With(string pattern, TokenPrice price)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(pattern);
        ArgumentNullException.ThrowIfNull(price);
        return new([.. _rows.Where(r => !Same(r.Pattern, pattern)), new Row(pattern, price)], Currency);
    }

    /// <summary>What a model charges; <see langword="null"/> when the table does not say.</summary>
    /// <param name="modelId">The model's id; <see langword="null"/> is known to no pattern but <c>*</c>.</param>
    public TokenPrice? Find(string? modelId)
    {
        Row? best = null;
        foreach (Row row in _rows)
        {
            if (row.Fits(modelId) && (best is null || row.CompareTo(best) < 0))
            {
                best = row;
            }
        }

        return best?.Price;
    }

    /// <summary>Reads a table from a file.</summary>
    /// <exception cref="PriceTableException">It is no such table; the message says where and why.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<PriceTable> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Read(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), Path.GetFileName(path));
    }

    /// <summary>Reads a table.</summary>
    /// <param name="json">The table as JSON; comments and trailing commas may be in it.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="PriceTableException">It is no such table; the message says where and why.</exception>
    public static PriceTable Read(string json, string name = "price table")
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(
                json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return new PriceTableReader(name).Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new PriceTableException($"{name}: this is no JSON (line {e.LineNumber + 1}).", e);
        }
    }

    internal static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    internal static PriceTable Of(IEnumerable<(string Pattern, TokenPrice Price)> rows, string? currency) =>
        new([.. rows.Select(r => new Row(r.Pattern, r.Price))], currency);

    private sealed record Row(string Pattern, TokenPrice Price) : IComparable<Row>
    {
        /// <summary>The pattern where a backslash means itself.</summary>
        private string Expression { get; } = Pattern.Replace("\\", "\\\\", StringComparison.Ordinal);

        private int Literal { get; } = Pattern.Count(c => c is not ('*' or '?'));

        public bool Fits(string? modelId) =>
            string.IsNullOrEmpty(modelId) ? Pattern == "*" : FileSystemName.MatchesSimpleExpression(Expression, modelId);

        /// <summary>Negative when this one is to be preferred.</summary>
        public int CompareTo(Row? other) => other is null ? -1
            : Literal != other.Literal ? other.Literal.CompareTo(Literal)
            : string.Compare(Pattern, other.Pattern, StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>A price table cannot be used.</summary>
/// <param name="message">Where, why, and the cure.</param>
/// <param name="inner">The cause.</param>
public sealed class PriceTableException(string message, Exception? inner = null) : Exception(message, inner);
