using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>
/// Reads and writes the JSON of DSPy's <c>program.save("x.json")</c>, as versions 2.6 to 3.3 have it, so that what was tuned in one world is
/// used in the other.
/// </summary>
public static class DspyStateJson
{
    /// <summary>The version of DSPy whose form is written, and which the file names as its own.</summary>
    public const string WrittenVersion = "3.3.1";

    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The state as a file that DSPy loads into a program with predictors of these names, and fields in this order.</summary>
    /// <param name="state">The state.</param>
    /// <param name="predictors">The program's predictors; each is written, for DSPy wants them all.</param>
    /// <param name="names">
    /// What DSPy calls a predictor, by our name. Others get their name in snake case, with <c>.predict</c> where they think aloud; a program
    /// that is a single predictor is <c>self</c>, or <c>predict</c> where it thinks aloud.
    /// </param>
    /// <returns>JSON; equal states give equal text.</returns>
    /// <exception cref="ArgumentException">Two predictors get the same name, or the state names a predictor that is not there.</exception>
    public static string Write(ProgramState state, IReadOnlyList<IPredictor> predictors, IReadOnlyDictionary<string, string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(predictors);
        Rebinding.RequireKnown(state, predictors);
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, Options))
        {
            writer.WriteStartObject();
            var taken = new HashSet<string>(StringComparer.Ordinal) { DspyStateReader.Metadata };
            foreach (IPredictor predictor in predictors)
            {
                string name = names?.GetValueOrDefault(predictor.Name) ?? DspyNames.Of(predictor);
                if (!taken.Add(name))
                {
                    throw new ArgumentException($"The name '{name}' of the predictor '{predictor.Name}' is taken in a DSPy file: give it another one.", nameof(names));
                }

                writer.WritePropertyName(name);
                Write(writer, predictor, state[predictor.Name]);
            }

            writer.WriteStartObject(DspyStateReader.Metadata);
            writer.WriteStartObject(DspyStateReader.Versions);
            writer.WriteString("dspy", WrittenVersion);
            writer.WriteEndObject();
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>Reads a file that DSPy saved into the state of a program with matching predictors.</summary>
    /// <remarks>
    /// A DSPy predictor is the one that <see cref="DspyReadOptions.Predictors"/> says, else the one of exactly its name, else the one whose
    /// name differs by case or underscores only, else the same without <c>.predict</c>, which DSPy's chain of thought adds; the only predictor
    /// of a program that has one is also <c>self</c> and <c>predict</c>. Fields match by name alike. <c>reasoning</c>, or <c>rationale</c>
    /// as it once was, is the chain of thought, and <c>augmented</c> marks what a metric confirmed. A value may be the JSON that our signature
    /// writes, or text that says the same. Instructions that are the signature's own become none, so that they follow the signature.
    /// A demonstration that lacks fields is left out, for ours are always complete, and reported.
    /// </remarks>
    /// <param name="json">The file's text.</param>
    /// <param name="predictors">The program's predictors.</param>
    /// <param name="options">How to read.</param>
    /// <exception cref="DspyStateException">It is no such file, or does not match; everything that does not is listed.</exception>
    public static DspyImport Read(string json, IReadOnlyList<IPredictor> predictors, DspyReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(predictors);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            return new DspyStateReader(predictors, options ?? new()).Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new DspyStateException([new("$", $"{JsonShape.Explain(e)}. Save the program with program.save(\"x.json\"), and not with save_program=True.")]);
        }
    }

    private static void Write(Utf8JsonWriter writer, IPredictor predictor, PredictorState state)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("traces");
        writer.WriteEndArray();
        writer.WriteStartArray("train");
        writer.WriteEndArray();
        writer.WriteStartArray("demos");
        foreach (Demo demo in state.Demos)
        {
            writer.WriteStartObject();
            demo.WriteJson(writer);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartObject("signature");
        writer.WriteString("instructions", state.Instructions ?? predictor.Signature.Instructions);
        writer.WriteStartArray("fields");
        foreach ((string name, string description) in DspyStateReader.FieldsOf(predictor))
        {
            writer.WriteStartObject();
            writer.WriteString("prefix", DspyNames.Prefix(name));
            writer.WriteString("description", description.Length == 0 ? DspyNames.NoDescription(name) : description);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteNull("lm");
        writer.WriteEndObject();
    }
}
