using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>Reads preference pairs from JSON Lines, and writes them.</summary>
/// <remarks>
/// One object a line: <c>{"user_id","conversation_id","context":[{"role","content"}],"chosen":{"role","content"},"rejected":{"role","content"}}</c>.
/// <c>user_id</c>, <c>conversation_id</c>, <c>split</c> (<c>train</c>, <c>val</c> or <c>test</c>) and <c>timestamp</c> (ISO 8601) are optional, unknown
/// keys are kept, and the role <c>model</c> means assistant. Blank lines are skipped.
/// </remarks>
public static partial class PreferencePairs
{
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Stands for bytes that are not UTF-8: no character has this number.</summary>
    private const char Undecodable = '\uFFFF';

    private static readonly Encoding MarkingUtf8 = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new DecoderReplacementFallback($"{Undecodable}"));

    /// <summary>ISO 8601 to the minute or finer, or a day; with <c>T</c> or a blank before the time.</summary>
    private static readonly string[] TimestampFormats =
        ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-dd HH:mmK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss.FFFFFFFK"];

    private static readonly ImmutableHashSet<string> KnownKeys =
        ["user_id", "conversation_id", "context", "chosen", "rejected", "split", "timestamp"];

    /// <summary>Reads a file.</summary>
    /// <exception cref="PreferenceDataException">Lines cannot be used; all of them are named.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<IReadOnlyList<PreferencePair>> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        (IReadOnlyList<PreferencePair> pairs, ImmutableArray<PreferenceDataProblem> problems) =
            await ReadUsableAsync(path, cancellationToken).ConfigureAwait(false);
        return problems.IsEmpty ? pairs : throw new PreferenceDataException(problems);
    }

    /// <summary>Reads the usable lines of a file, and says which are not.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<(IReadOnlyList<PreferencePair> Pairs, ImmutableArray<PreferenceDataProblem> Problems)> ReadUsableAsync(
        string path, CancellationToken cancellationToken = default)
    {
        using var reader = new StreamReader(path, MarkingUtf8);
        return await ReadUsableAsync(reader, path, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads the usable lines, and says which are not.</summary>
    /// <param name="reader">The lines.</param>
    /// <param name="name">What to call them in problems.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    public static async Task<(IReadOnlyList<PreferencePair> Pairs, ImmutableArray<PreferenceDataProblem> Problems)> ReadUsableAsync(
        TextReader reader, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var pairs = new List<PreferencePair>();
        var problems = ImmutableArray.CreateBuilder<PreferenceDataProblem>();
        int number = 0;
        while (await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            number++;
            line = number == 1 ? line.TrimStart(ByteOrderMark) : line;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            if (line.Contains(Undecodable, StringComparison.Ordinal))
            {
                problems.Add(new(name, number, "not valid UTF-8; save the file as UTF-8"));
                continue;
            }

            try
            {
                pairs.Add(Parse(line));
            }
            catch (JsonException e)
            {
                problems.Add(new(name, number, string.Create(CultureInfo.InvariantCulture, $"not valid JSON at byte {e.BytePositionInLine + 1}; each line is one JSON object")));
            }
            catch (JsonShapeException e)
            {
                problems.Add(new(name, number, e.Message));
            }
            catch (InvalidOperationException)
            {
                problems.Add(new(name, number, "half of a surrogate pair stands alone in a key"));
            }
        }

        return (pairs, problems.ToImmutable());
    }

    private static PreferencePair Parse(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        bool escapes = line.Contains("\\u", StringComparison.Ordinal);
        JsonElement json = document.RootElement;
        var context = new Conversation(JsonShape.List(JsonShape.Property(json, "context", ""), "context", ReadTurn));
        string chosen = ReadCompletion(json, "chosen");
        string rejected = ReadCompletion(json, "rejected");
        if (chosen == rejected)
        {
            throw new JsonShapeException("chosen, rejected", "both are the same text, so there is no choice in it; remove the line");
        }

        return new PreferencePair(context, chosen, rejected)
        {
            UserId = Optional(json, "user_id") ?? "",
            ConversationId = Optional(json, "conversation_id")!,
            Split = ReadSplit(Optional(json, "split")),
            Timestamp = ReadTimestamp(json),
            Extra = json.EnumerateObject()
                .Where(p => !KnownKeys.Contains(p.Name))
                .GroupBy(p => p.Name, StringComparer.Ordinal)
                .ToImmutableSortedDictionary(g => g.Key, g => Kept(g.Last(), escapes), StringComparer.Ordinal),
        };
    }

    /// <summary>The value of a key that is kept as it is, if it can be written again.</summary>
    private static JsonElement Kept(JsonProperty property, bool escapes)
    {
        if (escapes)
        {
            RequireWhole(property.Value, property.Name);
        }

        return property.Value.Clone();
    }

    /// <summary>JSON can say half of a surrogate pair, which is in no text.</summary>
    private static void RequireWhole(JsonElement value, string place)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                JsonShape.Text(value, place);
                break;
            case JsonValueKind.Array:
                foreach (JsonElement item in value.EnumerateArray())
                {
                    RequireWhole(item, place);
                }

                break;
            case JsonValueKind.Object:
                foreach (JsonProperty part in value.EnumerateObject())
                {
                    RequireWhole(part.Value, $"{place}.{part.Name}");
                }

                break;
        }
    }

    private static string ReadCompletion(JsonElement json, string name)
    {
        Turn turn = ReadTurn(JsonShape.Property(json, name, ""), name);
        if (turn.Role != ChatRole.Assistant)
        {
            throw new JsonShapeException($"{name}.role", $"a completion is the assistant's, but the role is '{turn.Role.Value}'; use 'assistant'");
        }

        return turn.Text;
    }

    private static Turn ReadTurn(JsonElement json, JsonPlace path)
    {
        string role = JsonShape.Text(JsonShape.Property(json, "role", path), $"{path}.role");
        string content = JsonShape.Text(JsonShape.Property(json, "content", path), $"{path}.content");
        return role switch
        {
            "user" => new(ChatRole.User, content),
            "assistant" or "model" => new(ChatRole.Assistant, content),
            "system" => new(ChatRole.System, content),
            "tool" => new(ChatRole.Tool, content),
            _ => throw new JsonShapeException($"{path}.role", $"'{role}' is not a role; use 'user', 'assistant', 'model', 'system' or 'tool'"),
        };
    }

    /// <summary>An optional string; a number is taken as its digits, since ids often are numbers.</summary>
    private static string? Optional(JsonElement json, string name)
    {
        JsonElement value = JsonShape.Property(json, name, "", optional: true);
        return value.ValueKind == JsonValueKind.Number ? value.GetRawText() : JsonShape.IsNull(value) ? null : JsonShape.Text(value, name);
    }

    private static DataSplit? ReadSplit(string? split) => split switch
    {
        null => null,
        "train" => DataSplit.Train,
        "val" or "validation" => DataSplit.Validation,
        "test" => DataSplit.Test,
        _ => throw new JsonShapeException("split", $"'{split}' is not a split; use 'train', 'val' or 'test'"),
    };

    private static DateTimeOffset? ReadTimestamp(JsonElement json)
    {
        string? text = Optional(json, "timestamp");
        if (text is null)
        {
            return null;
        }

        return DateTimeOffset.TryParseExact(text, TimestampFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time
            : throw new JsonShapeException("timestamp", $"'{text}' is not a time; write it as in 2026-01-31T09:00:00Z");
    }
}
