using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <content>Dates, times, identifiers and addresses.</content>
public static partial class JsonShape
{
    /// <summary>A value that is written as text; in a reply also in another form, where it can mean one value alone.</summary>
    public static T Scalar<T>(JsonElement json, JsonPlace place, ScalarFormat<T> format)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(format);
        if (json.ValueKind != JsonValueKind.String)
        {
            throw Problem(place, $"{format.What} was expected, but it is {Kind(json)}");
        }

        string text = Text(json, place);
        if (format.TryRead(text, out T value))
        {
            return value;
        }

        if (place.Repairs && format.TryReadAlike(text.AsSpan().Trim(), out value))
        {
            place.Note(RepairKind.ValueForm);
            return value;
        }

        throw Problem(place, $"'{(text.Length <= 80 ? text : text[..80] + "…")}' is not {format.What}");
    }
}
