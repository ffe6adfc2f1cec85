using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>Saves and loads a <see cref="ProgramState"/> as JSON.</summary>
public static class ProgramStateJson
{
    /// <summary>The version written into the file.</summary>
    public const int SchemaVersion = 1;

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The state as JSON text; equal states give equal text.</summary>
    /// <exception cref="ArgumentException">Something in a demonstration is null whose type is not nullable; the message names it.</exception>
    public static string Write(ProgramState state)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            Write(state, writer);
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Writes the state as one JSON object.</summary>
    /// <exception cref="ArgumentException">Something in a demonstration is null whose type is not nullable; the message names it.</exception>
    public static void Write(ProgramState state, Utf8JsonWriter writer)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartObject();
        writer.WriteNumber("schemaVersion", SchemaVersion);
        writer.WriteStartObject("predictors");
        foreach ((string name, PredictorState predictor) in state.Predictors)
        {
            writer.WriteStartObject(name);
            writer.WriteString("instructions", predictor.Instructions);
            writer.WriteStartArray("demos");
            foreach (Demo demo in predictor.Demos)
            {
                writer.WriteStartObject();
                demo.WriteJson(writer);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Reads a state for a program.</summary>
    /// <param name="json">What <see cref="Write(ProgramState)"/> wrote.</param>
    /// <param name="predictors">The program's predictors.</param>
    /// <exception cref="ProgramStateException">Not such JSON, a newer version, a predictor the program lacks, or a demonstration that does not fit its signature.</exception>
    public static ProgramState Read(string json, IReadOnlyList<IPredictor> predictors)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return Read(document.RootElement, predictors);
        }
        catch (JsonException e)
        {
            throw new ProgramStateException(JsonShape.Explain(e), e);
        }
    }

    /// <summary>Reads a state for a program.</summary>
    /// <param name="json">The object that <see cref="Write(ProgramState, Utf8JsonWriter)"/> wrote.</param>
    /// <param name="predictors">The program's predictors.</param>
    /// <exception cref="ProgramStateException">A newer version, a predictor the program lacks, or a demonstration that does not fit its signature.</exception>
    public static ProgramState Read(JsonElement json, IReadOnlyList<IPredictor> predictors)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        try
        {
            int version = JsonShape.Number<int>(JsonShape.Property(json, "schemaVersion", "state"), "schemaVersion");
            if (version != SchemaVersion)
            {
                throw new ProgramStateException($"it has schema version {version}, and this library reads version {SchemaVersion}");
            }

            ProgramState state = ProgramState.Empty;
            JsonElement all = JsonShape.Property(json, "predictors", "state");
            if (all.ValueKind != JsonValueKind.Object)
            {
                throw new ProgramStateException("'predictors' is not an object");
            }

            foreach (JsonProperty entry in all.EnumerateObject())
            {
                IPredictor predictor = predictors.FirstOrDefault(p => p.Name == entry.Name)
                    ?? throw new ProgramStateException(
                        $"it has a predictor '{entry.Name}', and the program has only {string.Join(", ", predictors.Select(p => $"'{p.Name}'"))}");
                state = state.With(entry.Name, ReadPredictor(entry.Value, predictor));
            }

            return state;
        }
        catch (JsonShapeException e)
        {
            throw new ProgramStateException(e.Message, e);
        }
        catch (InvalidOperationException e)
        {
            throw new ProgramStateException("half of a surrogate pair stands alone in a predictor's name", e);
        }
    }

    private static PredictorState ReadPredictor(JsonElement json, IPredictor predictor)
    {
        JsonElement instructions = JsonShape.Property(json, "instructions", predictor.Name, optional: true);
        JsonElement demos = JsonShape.Property(json, "demos", predictor.Name);
        return new PredictorState(
            JsonShape.IsNull(instructions) ? null : JsonShape.Text(instructions, $"{predictor.Name}.instructions"),
            [.. JsonShape.List(demos, $"{predictor.Name}.demos", (demo, path) => ReadDemo(demo, path.ToString(), predictor))]);
    }

    private static Demo ReadDemo(JsonElement json, string path, IPredictor predictor)
    {
        try
        {
            return predictor.ReadDemo(json);
        }
        catch (JsonShapeException e)
        {
            throw new ProgramStateException($"{path}: {e.Message}", e);
        }
    }
}

/// <summary>A saved program state cannot be used: it is damaged, newer than this library, or of another program.</summary>
public sealed class ProgramStateException(string problem, Exception? inner = null)
    : Exception($"The program state cannot be loaded: {problem}.", inner);
