using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>The JSON form of a <see cref="JudgeArtefact"/>.</summary>
internal static class JudgeArtefactJson
{
    public const int SchemaVersion = 1;

    private static readonly JudgeFileContext Context = new(new JsonSerializerOptions(JudgeFileContext.Default.Options)
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static string Write(JudgeArtefact artefact)
    {
        var file = new JudgeFile
        {
            SchemaVersion = SchemaVersion,
            Method = artefact.Method,
            Persona = artefact.Persona,
            State = ToElement(new PredictorState(artefact.Instructions, artefact.Demos)),
            Reliability = artefact.Reliability,
            Provenance = artefact.Provenance,
        };
        return JsonSerializer.Serialize(file, Context.JudgeFile) + "\n";
    }

    public static JudgeArtefact Read(string json, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(json);
            int version = JsonShape.Number<int>(JsonShape.Property(document.RootElement, "schemaVersion", "judge"), "schemaVersion");
            if (version != SchemaVersion)
            {
                throw new JudgeArtefactException(path, $"it has schema version {version}, and this library reads version {SchemaVersion}; update the library, or fit again");
            }

            JudgeFile file = document.Deserialize(Context.JudgeFile)!;
            if (!Enum.IsDefined(file.Method))
            {
                throw new JudgeArtefactException(path, $"'{file.Method}' is not a method");
            }

            bool needsPersona = file.Method is JudgeMethod.Persona or JudgeMethod.PersonaAndDemos;
            if (needsPersona != file.Persona is not null)
            {
                throw new JudgeArtefactException(path, $"its method is {file.Method}, and it has {(needsPersona ? "no" : "a")} persona");
            }

            PredictorState state = ProgramStateJson.Read(file.State, [PredictorOf(file.Persona)])["self"];
            return new JudgeArtefact
            {
                Method = file.Method,
                Persona = file.Persona,
                Instructions = state.Instructions,
                Demos = state.Demos,
                Reliability = file.Reliability,
                Provenance = file.Provenance ?? new(),
            };
        }
        catch (JsonException e)
        {
            throw new JudgeArtefactException(path, $"it cannot be read as a judge: {JsonShape.Explain(e)}", e);
        }
        catch (Exception e) when (e is JsonShapeException or ProgramStateException)
        {
            throw new JudgeArtefactException(path, e.Message, e);
        }
    }

    private static IPredictor PredictorOf(string? persona) => persona is null
        ? JudgePreference.ChainOfThought(NoChatClient.Instance)
        : JudgePreferenceForPersona.ChainOfThought(NoChatClient.Instance);

    private static JsonElement ToElement(PredictorState state)
    {
        using JsonDocument document = JsonDocument.Parse(ProgramStateJson.Write(ProgramState.Empty.With("self", state)));
        return document.RootElement.Clone();
    }
}

/// <summary>A <c>*.judge.json</c> file cannot be used.</summary>
/// <param name="path">The file.</param>
/// <param name="problem">What is wrong with it.</param>
/// <param name="inner">The cause.</param>
public sealed class JudgeArtefactException(string path, string problem, Exception? inner = null) : Exception($"{path}: {problem}", inner)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}

internal sealed record JudgeFile
{
    [JsonRequired]
    public int SchemaVersion { get; init; }

    [JsonRequired]
    public JudgeMethod Method { get; init; }

    public string? Persona { get; init; }

    [JsonRequired]
    public JsonElement State { get; init; }

    public Reliability Reliability { get; init; }

    public JudgeProvenance? Provenance { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(JudgeFile))]
internal sealed partial class JudgeFileContext : JsonSerializerContext;
