using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>Finds the JSON value in a field's text, whatever stands around it.</summary>
internal static class ReplyValue
{
    private const int MostAttempts = 8;

    /// <summary>Reads the value; the caller disposes it.</summary>
    /// <param name="text">The field's text.</param>
    /// <param name="field">The field that repairs are listed with.</param>
    /// <param name="offset">Where the text begins in the reply.</param>
    /// <param name="open">Whether the text may have been cut at its end.</param>
    /// <param name="repairs">The repairs; null when there is none.</param>
    /// <param name="isCut">Whether the text may have been cut within the value, so that a list of it lacks items.</param>
    /// <param name="problem">Why there is none.</param>
    public static JsonDocument? Find(
        ReadOnlySpan<char> text, string field, int offset, bool open, out List<Repair>? repairs, out bool isCut, out string? problem)
    {
        Found? best = null;
        problem = "it is not valid JSON: no '{' or '[' opens it";
        isCut = false;
        repairs = null;
        int at = 0;
        for (int attempt = 0; attempt < MostAttempts; attempt++)
        {
            int next = text[at..].IndexOfAny('{', '[');
            if (next < 0)
            {
                break;
            }

            at += next;
            if (Read(text, at, field, offset, out int end, out string? fault) is not { } found)
            {
                problem = fault;
                if (best is null && attempt > 0)
                {
                    break;
                }
            }
            else if (best is null || best.IsRemark)
            {
                best?.Document.Dispose();
                best = found;
            }
            else if (!found.IsRemark && !JsonElement.DeepEquals(best.Document.RootElement, found.Document.RootElement))
            {
                problem = "it has two JSON values; write one";
                return null;
            }

            at = Math.Max(end, at + 1);
        }

        if (best is null)
        {
            return null;
        }

        repairs = best.Repairs;
        NoteAround(text[best.End..], new(default, field, best.End + offset), after: true, ref repairs);
        NoteAround(text[..best.Start], new(default, field, offset), after: false, ref repairs);
        isCut = best.IsCut && open;
        problem = null;
        return best.Document;
    }

    private static Found? Read(ReadOnlySpan<char> text, int at, string field, int offset, out int end, out string? problem)
    {
        var json = new TolerantJson(text, at, null, field, offset);
        problem = "it is not valid JSON: half of a surrogate pair stands alone";
        try
        {
            bool read = json.TryRead();
            end = json.Position;
            if (!read || json.IsCutInScalar)
            {
                problem = json.IsCut
                    ? "it ends before its JSON is complete"
                    : $"it is not valid JSON: nested too deeply, or no key stands at character {json.Position + 1}";
                return null;
            }

            if (json.HasHalfSurrogate)
            {
                return null;
            }

            JsonDocument document = JsonDocument.Parse(json.Json, TolerantJson.Options);
            return new Found(document, at, end, json.IsCut, IsARemark(document.RootElement, text[(at + 1)..]), json.Repairs);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            end = at + 1;
            return null;
        }
        finally
        {
            json.Return();
        }
    }

    /// <summary>Whether it is no value but a remark in brackets, such as <c>[1]</c> or <c>[sic]</c>: one word or number without quotes.</summary>
    private static bool IsARemark(JsonElement json, ReadOnlySpan<char> inside) =>
        json.ValueKind == JsonValueKind.Array
        && json.GetArrayLength() == 1
        && json[0].ValueKind is JsonValueKind.Number or JsonValueKind.String
        && inside.TrimStart() is [var c, ..] && char.IsLetterOrDigit(c);

    private static void NoteAround(ReadOnlySpan<char> text, Repair place, bool after, ref List<Repair>? repairs)
    {
        if (ReplyObjects.Surroundings(text, after) is { } kind)
        {
            (repairs ??= []).Insert(0, place with { Kind = kind });
        }
    }

    private sealed record Found(JsonDocument Document, int Start, int End, bool IsCut, bool IsRemark, List<Repair>? Repairs);
}
