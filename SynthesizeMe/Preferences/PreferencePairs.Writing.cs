using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SynthesizeMe;

public static partial class PreferencePairs
{
    /// <summary>Writes pairs as <see cref="ReadAsync"/> reads them, with their other keys; equal pairs give equal bytes. An interrupted write leaves the earlier file as it was.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static Task WriteAsync(string path, IEnumerable<PreferencePair> pairs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return WholeFile.WriteAsync(path, async part =>
        {
            var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16, useAsync: true);
            await using (file.ConfigureAwait(false))
            {
                using var line = new MemoryStream();
                foreach (PreferencePair pair in pairs)
                {
                    line.SetLength(0);
                    WriteLine(line, pair);
                    await file.WriteAsync(line.GetBuffer().AsMemory(0, (int)line.Length), cancellationToken).ConfigureAwait(false);
                }
            }
        });
    }

    private static void WriteLine(MemoryStream line, PreferencePair pair)
    {
        using (var writer = new Utf8JsonWriter(line, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            if (pair.UserId.Length > 0)
            {
                writer.WriteString("user_id", pair.UserId);
            }

            writer.WriteString("conversation_id", pair.ConversationId);
            writer.WriteStartArray("context");
            foreach (Signatures.Turn turn in pair.Context.Turns)
            {
                WriteMessage(writer, turn.Role.Value, turn.Text);
            }

            writer.WriteEndArray();
            writer.WritePropertyName("chosen");
            WriteMessage(writer, "assistant", pair.Chosen);
            writer.WritePropertyName("rejected");
            WriteMessage(writer, "assistant", pair.Rejected);
            if (pair.Split is { } split)
            {
                writer.WriteString("split", split switch { DataSplit.Train => "train", DataSplit.Validation => "val", _ => "test" });
            }

            if (pair.Timestamp is { } time)
            {
                writer.WriteString("timestamp", time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture));
            }

            foreach ((string key, JsonElement value) in pair.Extra)
            {
                writer.WritePropertyName(key);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
    }

    private static void WriteMessage(Utf8JsonWriter writer, string role, string content)
    {
        writer.WriteStartObject();
        writer.WriteString("role", role);
        writer.WriteString("content", content);
        writer.WriteEndObject();
    }
}
