using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>The JSON form of a Bradley-Terry reward model; weights are little-endian single-precision numbers in base 64.</summary>
internal static class BradleyTerryJson
{
    private const int SchemaVersion = 1;
    private const string Kind = "bradley-terry";

    public static void Write(Stream stream, BradleyTerryWeights weights)
    {
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", SchemaVersion);
        writer.WriteString("kind", Kind);
        writer.WriteString("embeddingModel", weights.EmbeddingModel);
        writer.WriteNumber("dimensions", weights.Pooled.Length);
        writer.WriteNumber("batchSize", weights.BatchSize);
        writer.WriteBoolean("persona", weights.Conditions.HasFlag(RewardConditions.Persona));
        writer.WriteBoolean("demos", weights.Conditions.HasFlag(RewardConditions.Demos));
        writer.WriteBase64String("pooled", Bytes(weights.Pooled));
        writer.WriteStartArray("people");
        foreach ((string user, ImmutableArray<float> own) in weights.Residuals)
        {
            writer.WriteStartObject();
            writer.WriteString("userId", user);
            writer.WriteBase64String("weights", Bytes(own));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <exception cref="RewardModelException">It is damaged, or newer than this library.</exception>
    public static BradleyTerryWeights Read(ReadOnlyMemory<byte> json, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            JsonElement root = document.RootElement;
            int version = JsonShape.Number<int>(JsonShape.Property(root, "schemaVersion", "reward model"), "schemaVersion");
            if (version != SchemaVersion)
            {
                throw new RewardModelException(path, string.Create(
                    CultureInfo.InvariantCulture,
                    $"it has schema version {version}, and this library reads version {SchemaVersion}; update the library, or train again"));
            }

            string kind = JsonShape.Text(JsonShape.Property(root, "kind", "reward model"), "kind");
            if (kind != Kind)
            {
                throw new RewardModelException(path, $"it is a model of the kind '{kind}', not '{Kind}'");
            }

            int dimensions = JsonShape.Number<int>(JsonShape.Property(root, "dimensions", "reward model"), "dimensions");
            RewardConditions persona = Flag("persona", RewardConditions.Persona);
            RewardConditions demos = Flag("demos", RewardConditions.Demos);
            JsonElement embeddingModel = JsonShape.Property(root, "embeddingModel", "reward model", optional: true);
            (string User, ImmutableArray<float> Own)[] people = JsonShape.List(JsonShape.Property(root, "people", "reward model"), "people", (json, place) => (
                JsonShape.Text(JsonShape.Property(json, "userId", place), place.Property("userId")),
                Weights(JsonShape.Property(json, "weights", place), place.Property("weights"), dimensions)));
            int batchSize = JsonShape.Number<int>(JsonShape.Property(root, "batchSize", "reward model"), "batchSize");
            return new BradleyTerryWeights(
                persona | demos,
                Weights(JsonShape.Property(root, "pooled", "reward model"), "pooled", dimensions),
                people.DistinctBy(p => p.User, StringComparer.Ordinal).ToImmutableSortedDictionary(p => p.User, p => p.Own, StringComparer.Ordinal),
                batchSize > 0 ? batchSize : throw new RewardModelException(path, "batchSize: it is not above 0"),
                JsonShape.IsNull(embeddingModel) ? null : JsonShape.Text(embeddingModel, "embeddingModel"));

            RewardConditions Flag(string name, RewardConditions flag) =>
                JsonShape.Boolean(JsonShape.Property(root, name, "reward model"), name) ? flag : RewardConditions.None;
        }
        catch (JsonException e)
        {
            throw new RewardModelException(path, $"it cannot be read as a reward model: {JsonShape.Explain(e)}", e);
        }
        catch (JsonShapeException e)
        {
            throw new RewardModelException(path, e.Message, e);
        }
    }

    private static byte[] Bytes(ImmutableArray<float> weights)
    {
        byte[] bytes = new byte[weights.Length * sizeof(float)];
        for (int i = 0; i < weights.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), weights[i]);
        }

        return bytes;
    }

    private static ImmutableArray<float> Weights(JsonElement json, JsonPlace place, int dimensions)
    {
        if (json.ValueKind != JsonValueKind.String || !json.TryGetBytesFromBase64(out byte[]? bytes))
        {
            throw new JsonShapeException($"{place}", "it is not base 64");
        }

        if (bytes.Length != (long)dimensions * sizeof(float))
        {
            throw new JsonShapeException($"{place}", string.Create(
                CultureInfo.InvariantCulture, $"it holds {bytes.Length} bytes, but {dimensions} weights take {(long)dimensions * sizeof(float)}"));
        }

        var weights = new float[dimensions];
        for (int i = 0; i < dimensions; i++)
        {
            weights[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        }

        return TensorPrimitives.IsFiniteAll<float>(weights) ? [.. weights] : throw new JsonShapeException($"{place}", "a weight is not finite");
    }
}
