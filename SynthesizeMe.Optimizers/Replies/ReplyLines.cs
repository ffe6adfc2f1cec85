using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>What an import has done.</summary>
/// <param name="Added">The replies that are new in the store.</param>
/// <param name="Known">Those that were there already, and stay as they were.</param>
/// <param name="Problems">The lines that hold no reply.</param>
public sealed record ReplyImport(int Added, int Known, ImmutableArray<ReplyLineProblem> Problems);

/// <summary>A line that holds no reply, or no request.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Reason">Why.</param>
public sealed record ReplyLineProblem(int Line, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Line}): {Reason}");
}

/// <summary>Takes replies out of a store and into one, one a line.</summary>
public static class ReplyLines
{
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// Writes every reply as a line of JSON, in the order of their keys: <c>{"key", "provider", "model", "created", "input_tokens", "output_tokens",
    /// "reply"}</c>, with the reply in the form of Microsoft.Extensions.AI's <c>ChatResponse</c>.
    /// </summary>
    /// <returns>The number of replies.</returns>
    /// <exception cref="ReplyStoreException">The file is damaged, or cannot be read.</exception>
    public static async Task<int> ExportAsync(this ReplyStore store, TextWriter output, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(output);
        int count = 0;
        foreach (StoredReply reply in store.All())
        {
            using var line = new PooledBuffer();
            Write(line, reply);
            await output.WriteAsync(Encoding.UTF8.GetString(line.Written).AsMemory(), cancellationToken).ConfigureAwait(false);
            count++;
        }

        return count;
    }

    /// <summary>
    /// Adds the replies of a file: lines as <see cref="ExportAsync"/> writes them, or those of a result file of OpenAI's Batch API, whose
    /// <c>custom_id</c> is the request's address. Good lines are kept whatever is wrong with others.
    /// </summary>
    /// <param name="store">The store.</param>
    /// <param name="input">The lines; empty ones do not count.</param>
    /// <param name="cancellationToken">Stops at once; what was added stays.</param>
    /// <exception cref="ReplyStoreException">The store cannot be written.</exception>
    public static async Task<ReplyImport> ImportAsync(this ReplyStore store, TextReader input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(input);
        int added = 0;
        int known = 0;
        var problems = ImmutableArray.CreateBuilder<ReplyLineProblem>();
        for (int number = 1; await input.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line; number++)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            StoredReply reply;
            try
            {
                reply = Read(line);
            }
            catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
            {
                problems.Add(new(number, e is JsonException ? "it is not the JSON of a reply" : e.Message));
                continue;
            }

            if (await store.AddAsync(reply).ConfigureAwait(false))
            {
                added++;
            }
            else
            {
                known++;
            }
        }

        return new(added, known, problems.ToImmutable());
    }

    /// <summary>Writes a reply as a line.</summary>
    internal static void Write(IBufferWriter<byte> output, StoredReply reply)
    {
        using (var json = new Utf8JsonWriter(output, Writing))
        {
            json.WriteStartObject();
            json.WriteString("key", reply.Key.ToString());
            json.WriteString("provider", reply.Provider);
            json.WriteString("model", reply.Model);
            json.WriteString("created", reply.Created);
            json.WriteNumber("input_tokens", reply.Input);
            json.WriteNumber("output_tokens", reply.Output);
            json.WritePropertyName("reply");
            json.WriteRawValue(reply.Reply);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">It holds no reply.</exception>
    internal static StoredReply Read(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement json = document.RootElement;
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it is not a JSON object");
        }

        if (json.TryGetProperty("custom_id", out _))
        {
            BatchResult result = BatchResult.Read(json);
            return Stored(result.Key, null, result.Reply.CreatedAt, result.Reply);
        }

        ReplyKey key = json.TryGetProperty("key", out JsonElement text) && ReplyKey.TryParse(text.GetString(), out ReplyKey parsed)
            ? parsed
            : throw new FormatException("it has neither a 'custom_id' nor a 'key' that is an address");
        if (!json.TryGetProperty("reply", out JsonElement reply) || reply.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException("it has no 'reply'");
        }

        DateTimeOffset? created = json.TryGetProperty("created", out JsonElement at) && at.TryGetDateTimeOffset(out DateTimeOffset time) ? time : null;
        string? provider = json.TryGetProperty("provider", out JsonElement whose) ? whose.GetString() : null;
        return Stored(key, provider, created, ReplyJson.Read(Encoding.UTF8.GetBytes(reply.GetRawText())));
    }

    private static StoredReply Stored(ReplyKey key, string? provider, DateTimeOffset? created, ChatResponse reply) => new(
        key,
        provider,
        reply.ModelId,
        created ?? DateTimeOffset.UnixEpoch,
        reply.Usage?.InputTokenCount ?? 0,
        reply.Usage?.OutputTokenCount ?? 0,
        ReplyJson.TryWrite(reply) ?? throw new FormatException("its reply reports an error, or is not finished"));
}
