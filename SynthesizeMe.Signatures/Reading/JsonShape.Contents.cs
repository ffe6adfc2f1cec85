using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <content>Images, audio and files, and messages that have such.</content>
public static partial class JsonShape
{
    private const string Address = "uri";
    private const string MediaType = "mediaType";

    /// <summary>The content of a data URI.</summary>
    public static DataContent Data(JsonElement json, JsonPlace place)
    {
        try
        {
            return new DataContent(Text(json, place));
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException or FormatException)
        {
            throw Problem(place, "it is not a data URI such as data:image/png;base64,iVBORw0KGgo=");
        }
    }

    /// <summary>A content elsewhere: <c>{"uri", "mediaType"}</c>.</summary>
    public static UriContent Link(JsonElement json, JsonPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        string uri = Text(Property(json, Address, place), place.Property(Address));
        string type = Text(Property(json, MediaType, place), place.Property(MediaType));
        try
        {
            return new UriContent(uri, type);
        }
        catch (Exception e) when (e is ArgumentException or UriFormatException)
        {
            throw Problem(place, "it is not an absolute URI with its media type");
        }
    }

    /// <summary>Writes data as a data URI, and a content elsewhere as <c>{"uri", "mediaType"}</c>.</summary>
    public static void WriteContent(Utf8JsonWriter writer, AIContent value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value is UriContent link)
        {
            writer.WriteStartObject();
            writer.WriteString(Address, link.Uri.OriginalString);
            writer.WriteString(MediaType, link.MediaType);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteStringValue(((DataContent)value).Uri);
        }
    }

    /// <summary>What a turn says: text, or a list in which text is <c>{"text"}</c>.</summary>
    private static Turn Said(ChatRole role, JsonElement json, JsonPlace place) => json.ValueKind == JsonValueKind.Array
        ? new Turn(role, [.. List(json, place, static (part, at) => ReadPart(part, at))])
        : new Turn(role, Text(json, place));

    private static TurnPart ReadPart(JsonElement json, JsonPlace place)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return new(Data(json, place));
        }

        return TryProperty(json, "text", place, out JsonElement text) ? new(Text(text, place.Property("text"))) : new(Link(json, place));
    }

    private static void WriteSaid(Utf8JsonWriter writer, Turn turn)
    {
        writer.WriteStartArray();
        foreach (TurnPart part in turn.Parts)
        {
            if (part.Content is { } content)
            {
                WriteContent(writer, content);
                continue;
            }

            writer.WriteStartObject();
            writer.WriteString("text", part.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
