using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe;

/// <summary>How a server of reward models is spoken to.</summary>
public enum RewardProtocol
{
    /// <summary>vLLM's and SGLang's <c>/classify</c>: texts in, class scores out.</summary>
    Classify,

    /// <summary>vLLM's <c>/score</c>: one text against many.</summary>
    Score,

    /// <summary>Text-embeddings-inference's <c>/rerank</c>: a query against many texts.</summary>
    Rerank,
}

/// <summary>How a served reward model is asked.</summary>
public sealed record ServedRewardOptions
{
    /// <summary>How the server is spoken to.</summary>
    public required RewardProtocol Protocol { get; init; }

    /// <summary>Where: the address that is posted to, such as <c>http://localhost:8000/classify</c>; relative to the client's base address where that has one.</summary>
    public required Uri Endpoint { get; init; }

    /// <summary>The model's name; none is sent for <see langword="null"/>, which <see cref="RewardProtocol.Rerank"/> never sends.</summary>
    public string? Model { get; init; }

    /// <summary>What the texts say of the person: persona and demonstrations by default.</summary>
    public RewardConditions Conditions { get; init; } = RewardConditions.Persona | RewardConditions.Demos;

    /// <summary>The class whose score counts, from 0; the last one by default. <see cref="RewardProtocol.Classify"/> only.</summary>
    public int? Class { get; init; }

    /// <summary>Whether scores are asked for as the model gives them, before they are made probabilities; true by default, for differences mean more there.</summary>
    public bool RawScores { get; init; } = true;

    /// <summary>The most texts in a request; 32 by default, which is what text-embeddings-inference takes by default.</summary>
    public int BatchSize { get; init; } = 32;

    /// <summary>The most requests at once; 4 by default.</summary>
    public int MaxParallel { get; init; } = 4;
}

/// <summary>
/// A reward model behind HTTP. Texts are those of <see cref="RewardText"/>; where the server compares, what stands before the completion is the query.
/// </summary>
/// <param name="httpClient">Sends; keys, retries and time limits are its handlers'. It is not disposed.</param>
/// <param name="options">How the server is asked.</param>
public sealed class ServedRewardModel(HttpClient httpClient, ServedRewardOptions options) : IRewardModel
{
    /// <inheritdoc/>
    /// <exception cref="ServedRewardException">The server refused, or answered something else.</exception>
    /// <exception cref="HttpRequestException">The server cannot be reached.</exception>
    public async Task<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.BatchSize, 1);
        (string Query, string Text, int Index)[] texts = [.. requests.Select((r, i) => Text(r, i))];
        (string Query, string Text, int Index)[][] batches = [.. texts
            .GroupBy(t => t.Query, StringComparer.Ordinal)
            .SelectMany(g => g.Chunk(options.BatchSize))];
        double[][] answers = await Batch.RunAsync(
            batches, options.MaxParallel, (b, token) => AskAsync(b[0].Query, [.. b.Select(t => t.Text)], token), cancellationToken).ConfigureAwait(false);
        var scores = new double[requests.Count];
        foreach (((_, _, int index), double score) in batches.Zip(answers).SelectMany(b => b.First.Zip(b.Second)))
        {
            scores[index] = score;
        }

        return scores;
    }

    private (string Query, string Text, int Index) Text(RewardRequest request, int index)
    {
        if (options.Protocol == RewardProtocol.Classify)
        {
            return ("", RewardText.Write(request, options.Conditions), index);
        }

        var query = new StringBuilder(RewardText.WritePerson(request.Person?.Judge, options.Conditions));
        RewardText.Section(query, RewardText.Conversation, request.Context.ToString());
        return (query.ToString(), request.Completion, index);
    }

    private async Task<double[]> AskAsync(string query, string[] texts, CancellationToken cancellationToken)
    {
        using var content = new ByteArrayContent(Body(query, texts));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using HttpResponseMessage response = await httpClient.PostAsync(options.Endpoint, content, cancellationToken).ConfigureAwait(false);
        string body = Encoding.UTF8.GetString(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        if (!response.IsSuccessStatusCode)
        {
            throw Fault(string.Create(CultureInfo.InvariantCulture, $"answered {(int)response.StatusCode} ({response.ReasonPhrase})"), body, Status(response));
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return Read(document.RootElement, texts.Length);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw Fault("gave no scores in the form of its protocol; check the protocol and the address", body, e);
        }
    }

    private byte[] Body(string query, string[] texts)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            if (options.Model is { } model && options.Protocol != RewardProtocol.Rerank)
            {
                writer.WriteString("model", model);
            }

            switch (options.Protocol)
            {
                case RewardProtocol.Classify:
                    Texts("input");
                    writer.WriteBoolean("use_activation", !options.RawScores);
                    break;
                case RewardProtocol.Score:
                    writer.WriteString("text_1", query);
                    Texts("text_2");
                    writer.WriteBoolean("use_activation", !options.RawScores);
                    break;
                default:
                    writer.WriteString("query", query);
                    Texts("texts");
                    writer.WriteBoolean("raw_scores", options.RawScores);
                    break;
            }

            writer.WriteEndObject();

            void Texts(string name)
            {
                writer.WriteStartArray(name);
                foreach (string text in texts)
                {
                    writer.WriteStringValue(text);
                }

                writer.WriteEndArray();
            }
        }

        return buffer.ToArray();
    }

    /// <summary>Servers sort by score where they rank, so that the index of each answer counts, not its place.</summary>
    private double[] Read(JsonElement json, int count)
    {
        JsonElement answers = options.Protocol == RewardProtocol.Rerank ? json : json.GetProperty("data");
        var scores = new double?[count];
        foreach (JsonElement answer in answers.EnumerateArray())
        {
            int index = answer.GetProperty("index").GetInt32();
            double score = options.Protocol == RewardProtocol.Classify ? OfClass(answer.GetProperty("probs")) : answer.GetProperty("score").GetDouble();
            if (index < 0 || index >= count || scores[index] is not null || !double.IsFinite(score))
            {
                throw new FormatException();
            }

            scores[index] = score;
        }

        return scores.All(s => s is not null) ? [.. scores.Select(s => s!.Value)] : throw new FormatException();
    }

    private double OfClass(JsonElement classes)
    {
        int wanted = options.Class ?? classes.GetArrayLength() - 1;
        return wanted >= 0 && wanted < classes.GetArrayLength() ? classes[wanted].GetDouble() : throw new FormatException();
    }

    /// <summary>What retries go by, see <see cref="CallFaults"/>.</summary>
    private static HttpRequestException Status(HttpResponseMessage response) =>
        new(null, null, response.StatusCode) { Data = { [CallFaults.RetryAfterKey] = response.Headers.RetryAfter?.ToString() } };

    private ServedRewardException Fault(string problem, string body, Exception? inner = null) => new(options.Endpoint, problem, body, inner);
}

/// <summary>A server of reward models did not answer as it should.</summary>
/// <param name="endpoint">The server.</param>
/// <param name="problem">What was wrong.</param>
/// <param name="body">What it said.</param>
/// <param name="inner">The cause.</param>
public sealed class ServedRewardException(Uri endpoint, string problem, string body, Exception? inner = null)
    : Exception($"{Address(endpoint)} {problem}. It said: {Excerpt(body)}", inner)
{
    private const int Longest = 200;

    /// <summary>All that the server said.</summary>
    public string Body { get; } = body;

    /// <summary>Credentials in an address are nobody's to read, and neither is a query that may hold some.</summary>
    private static string Address(Uri endpoint) =>
        endpoint.IsAbsoluteUri ? endpoint.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : endpoint.ToString();

    private static string Excerpt(string body) => body.Length == 0 ? "nothing" : body.Length <= Longest ? body : body[..Longest] + "…";
}
