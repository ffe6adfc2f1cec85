using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>The fields of a reply that is, or contains, a JSON object.</summary>
/// <param name="Document">Owns the values.</param>
/// <param name="Values">The value of each field; undefined where the object has none.</param>
/// <param name="IsCut">Whether the reply ended before the object did.</param>
/// <param name="CutField">The field whose value the reply's end may have cut; -1 when none.</param>
/// <param name="CutInScalar">Whether that value is, or ends with, a text, a number or a word that may go on.</param>
internal sealed record ReplyJson(JsonDocument Document, JsonElement[] Values, bool IsCut, int CutField, bool CutInScalar) : IDisposable
{
    /// <summary>Another object of the reply, which has fields that this one lacks.</summary>
    public ReplyJson? Other { get; init; }

    public void Dispose()
    {
        Document.Dispose();
        Other?.Dispose();
    }

    /// <summary>Whether two values say the same: case does not matter, nor how a number is written.</summary>
    public static bool Same(JsonElement one, JsonElement two) =>
        one.ValueKind == JsonValueKind.String && two.ValueKind == JsonValueKind.String
            ? string.Equals(one.GetString(), two.GetString(), StringComparison.OrdinalIgnoreCase)
            : JsonElement.DeepEquals(one, two);
}
