using System.Globalization;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>The forms in which DSPy may have saved the value of a field, as JSON that a signature reads.</summary>
internal static class DspyValue
{
    private const string CustomType = "<<CUSTOM-TYPE-START-IDENTIFIER>>";

    /// <summary>What a value may stand for that the signature does not read as it is; the strict reader decides which is right.</summary>
    /// <param name="value">The value.</param>
    /// <param name="field">The field; <see langword="null"/> for what is none of the signature's, such as the reasoning.</param>
    public static IEnumerable<JsonElement> Alternatives(JsonElement value, FieldDescriptor? field)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return field is not { IsText: true } && TextOf(value) is { } text ? OfText(text) : [];
        }

        // The image of early versions is {"url": "data:…"}.
        if (value.ValueKind == JsonValueKind.Object)
        {
            return Url(value) is { } url ? [Text(url)] : [];
        }

        // DSPy shows a number or a truth value in a field of text as Python writes it.
        return field is not { IsText: true } ? []
            : value.ValueKind == JsonValueKind.Number ? [Text(value.GetRawText())]
            : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? [Text(value.GetBoolean() ? "True" : "False")]
            : [];
    }

    private static IEnumerable<JsonElement> OfText(string text)
    {
        string bare = Words.TrimWrapping(text.AsSpan().Trim()).ToString();
        if (TruthText.TryRead(bare, out bool truth))
        {
            yield return Parse(truth ? "true" : "false");
        }

        if (NumberText.TryRead(bare, out decimal number) || NumberText.TryFind(bare, out number))
        {
            yield return Parse(number.ToString(CultureInfo.InvariantCulture));
        }
        else if (NumberText.TryRead(bare, out double large))
        {
            yield return Parse(large.ToString("R", CultureInfo.InvariantCulture));
        }

        foreach (JsonElement json in Structured(text))
        {
            yield return json;
        }

        foreach (string? form in (string?[])
            [
                Form(bare, ScalarFormats.Date), Form(bare, ScalarFormats.Time), Form(bare, ScalarFormats.Instant), Form(bare, ScalarFormats.DateTime),
                Form(bare, ScalarFormats.Duration), Form(bare, ScalarFormats.Uuid),
            ])
        {
            if (form is not null)
            {
                yield return Text(form);
            }
        }
    }

    /// <summary>Lists, records and conversations: JSON within the text, which DSPy 2.6 makes of every pydantic model, or the text of a conversation.</summary>
    private static IEnumerable<JsonElement> Structured(string text)
    {
        using JsonDocument? document = ReplyValue.Find(text, "", 0, open: false, out _, out _, out _);
        if (document is not null)
        {
            JsonElement json = document.RootElement.Clone();
            if (text.StartsWith(CustomType, StringComparison.Ordinal) && DataUri(json) is { } uri)
            {
                yield return Text(uri);
            }

            yield return json;
        }

        if (ParsedConversation(text) is { } conversation)
        {
            using JsonDocument turns = JsonDocument.Parse(JsonShape.ToUtf8(conversation, JsonShape.WriteConversation).ToArray());
            yield return turns.RootElement.Clone();
        }
    }

    private static string? TextOf(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair stands alone, which the signature's own reader says.
            return null;
        }
    }

    private static Conversation? ParsedConversation(string text)
    {
        try
        {
            return text.Length == 0 ? null : Conversation.Parse(text.ReplaceLineEndings("\n"));
        }
        catch (FormatException)
        {
            // It is no conversation, so this is none of the forms to try.
            return null;
        }
    }

    /// <summary>The data of DSPy's image: a list of one block <c>{"type": "image_url", "image_url": {"url": "data:…"}}</c>.</summary>
    private static string? DataUri(JsonElement json) =>
        json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 1
        && json[0] is { ValueKind: JsonValueKind.Object } block && block.TryGetProperty("image_url", out JsonElement image)
        && image.ValueKind == JsonValueKind.Object ? Url(image) : null;

    private static string? Url(JsonElement json) => json.TryGetProperty("url", out JsonElement url) && url.ValueKind == JsonValueKind.String ? TextOf(url) : null;

    private static string? Form<T>(string text, ScalarFormat<T> format) => format.TryReadAlike(text, out T value) ? format.Write(value) : null;

    internal static JsonElement Text(string text) => Parse($"\"{JsonEncodedText.Encode(text)}\"");

    internal static JsonElement Parse(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
