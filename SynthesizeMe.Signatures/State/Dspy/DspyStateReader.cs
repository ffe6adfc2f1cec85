using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>Reads one file that DSPy saved, and collects all that does not match.</summary>
internal sealed class DspyStateReader(IReadOnlyList<IPredictor> predictors, DspyReadOptions options)
{
    public const string Metadata = "metadata";
    public const string Versions = "dependency_versions";

    private const string Root = "$";

    private readonly List<DspyNote> _problems = [];
    private readonly List<DspyNote> _leftOut = [];
    private readonly List<DspyNote> _converted = [];

    /// <summary>The fields of a predictor as DSPy has them, in its order, with their descriptions.</summary>
    public static IEnumerable<(string Name, string Description)> FieldsOf(IPredictor predictor)
    {
        IEnumerable<(string, string)> Of(ImmutableArray<FieldDescriptor> fields) => fields.Select(f => (f.Name, f.Description));
        return [.. Of(predictor.Signature.Inputs), .. predictor.Reasons ? [(SectionMarker.Reasoning, "")] : Array.Empty<(string, string)>(), .. Of(predictor.Signature.Outputs)];
    }

    public DspyImport Read(JsonElement root)
    {
        ProgramState state = ProgramState.Empty;
        string? version = null;
        if (root.ValueKind != JsonValueKind.Object)
        {
            Problem(Root, $"an object was expected, but it is {JsonShape.Kind(root)}. Save the program with program.save(\"x.json\").");
        }
        else
        {
            try
            {
                version = ReadVersion(root);
                state = ReadPredictors(root);
            }
            catch (InvalidOperationException)
            {
                Problem(Root, "half of a surrogate pair stands alone in a name");
            }
        }

        return _problems.Count == 0
            ? new DspyImport(state, version, [.. _leftOut], [.. _converted])
            : throw new DspyStateException([.. _problems]);
    }

    private ProgramState ReadPredictors(JsonElement root)
    {
        ProgramState state = ProgramState.Empty;
        var from = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty entry in root.EnumerateObject().Where(e => e.Name != Metadata))
        {
            string path = DspyNames.Path(Root, entry.Name);
            if (Find(entry.Name, path) is not { } predictor)
            {
                continue;
            }

            if (!from.TryAdd(predictor.Name, path))
            {
                Problem(path, $"it matches the predictor '{predictor.Name}', which {from[predictor.Name]} already is; say which is which with a map of predictors");
                continue;
            }

            state = state.With(predictor.Name, ReadPredictor(entry.Value, path, predictor));
        }

        foreach (string mapped in options.Predictors.Keys.Where(k => !root.TryGetProperty(k, out _)).Order(StringComparer.Ordinal))
        {
            Problem(Root, $"there is no predictor '{mapped}', which is to be our '{options.Predictors[mapped]}'{Only(root)}");
        }

        // A predictor that something cannot be read for is not also said to be missing.
        foreach (IPredictor predictor in predictors.Where(p => !from.ContainsKey(p.Name) && !options.Predictors.ContainsValue(p.Name)))
        {
            Problem(Root, $"nothing in it is our predictor '{predictor.Name}', which DSPy would call '{DspyNames.Of(predictor)}'{Only(root)}");
        }

        return state;
    }

    private IPredictor? Find(string name, string path)
    {
        string ours = string.Join(", ", predictors.Select(p => $"'{p.Name}'"));
        if (options.Predictors.TryGetValue(name, out string? mapped))
        {
            IPredictor? found = predictors.FirstOrDefault(p => p.Name == mapped);
            if (found is null)
            {
                Problem(path, $"the map says that it is '{mapped}', and the program has only {ours}");
            }

            return found;
        }

        IPredictor[] matches = DspyNames.Matches(name, predictors);
        if (matches.Length == 1)
        {
            return matches[0];
        }

        Problem(path, matches.Length == 0
            ? $"the program has no such predictor, only {ours}; say which it is with a map of predictors"
            : $"it may be {string.Join(" or ", matches.Select(p => $"'{p.Name}'"))}; say which it is with a map of predictors");
        return null;
    }

    private PredictorState ReadPredictor(JsonElement json, string path, IPredictor predictor)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Problem(path, $"an object was expected, but it is {JsonShape.Kind(json)}");
            return PredictorState.Empty;
        }

        string? instructions = null;
        var demos = ImmutableArray.CreateBuilder<Demo>();
        foreach (JsonProperty part in json.EnumerateObject())
        {
            string at = DspyNames.Path(path, part.Name);
            switch (part.Name)
            {
                case "signature":
                    instructions = ReadSignature(part.Value, at, predictor);
                    break;
                case "demos" when part.Value.ValueKind == JsonValueKind.Array:
                    ReadDemos(part.Value, at, predictor, demos);
                    break;
                case "demos":
                    Problem(at, $"a list was expected, but it is {JsonShape.Kind(part.Value)}");
                    break;
                case "lm" when part.Value.ValueKind == JsonValueKind.Object:
                    string model = part.Value.TryGetProperty("model", out JsonElement m) && m.ValueKind == JsonValueKind.String ? $" '{m.GetString()}'" : "";
                    LeaveOut(at, $"the language model{model} and its settings; the program is used with the chat client it is given");
                    break;
                case "extended_signature":
                    Problem(at, "it was saved by DSPy before 2.6, whose later versions do not load it either. Save the program again with 2.6 or later.");
                    break;
                case var _ when IsNothing(part.Value):
                    break;
                default:
                    LeaveOut(at, "a state has no place for it");
                    break;
            }
        }

        foreach (string needed in (string[])["signature", "demos"])
        {
            if (!json.TryGetProperty(needed, out _))
            {
                Problem(path, json.TryGetProperty("signature_instructions", out _)
                    ? $"it has no '{needed}': it was saved by DSPy before 2.6. Load it with 2.6 or later and save it again."
                    : $"it has no '{needed}', so it is no predictor that DSPy saved");
            }
        }

        return new PredictorState(instructions == predictor.Signature.Instructions ? null : instructions, demos.ToImmutable());
    }

    private string? ReadSignature(JsonElement json, string path, IPredictor predictor)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            Problem(path, $"an object was expected, but it is {JsonShape.Kind(json)}");
            return null;
        }

        if (json.TryGetProperty("fields", out JsonElement fields) && fields.ValueKind == JsonValueKind.Array)
        {
            new DspyFields(predictor, options, Problem, LeaveOut).Check(fields, DspyNames.Path(path, "fields"));
        }
        else
        {
            Problem(path, "it has no list of 'fields'");
        }

        try
        {
            return JsonShape.Text(JsonShape.Property(json, "instructions", ""), DspyNames.Path(path, "instructions"));
        }
        catch (JsonShapeException e)
        {
            Add(_problems, e.Path.Length == 0 ? path : e.Path, e);
            return null;
        }
    }

    private void ReadDemos(JsonElement json, string path, IPredictor predictor, ImmutableArray<Demo>.Builder demos)
    {
        var reader = new DspyDemoReader(predictor, options, _problems, _leftOut, _converted);
        int index = 0;
        foreach (JsonElement demo in json.EnumerateArray())
        {
            if (reader.Read(demo, DspyNames.Path(path, index++)) is { } read)
            {
                demos.Add(read);
            }
        }

        if (!predictor.Reasons && demos.Any(d => d.Reasoning is not null))
        {
            LeaveOut(path, "the chains of thought are kept, but not shown to the model, for our predictor does not think aloud");
        }
    }

    private string? ReadVersion(JsonElement root)
    {
        string? version = root.TryGetProperty(Metadata, out JsonElement metadata) && metadata.ValueKind == JsonValueKind.Object
            && metadata.TryGetProperty(Versions, out JsonElement versions) && versions.ValueKind == JsonValueKind.Object
            && versions.TryGetProperty("dspy", out JsonElement dspy) && dspy.ValueKind == JsonValueKind.String ? dspy.GetString() : null;
        if (version is not null && int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) && major > 3)
        {
            LeaveOut(DspyNames.Path(Root, Metadata), $"DSPy {version} is newer than what this reader knows; what it added is listed where it was found");
        }

        return version;
    }

    private static string Only(JsonElement root)
    {
        string[] names = [.. root.EnumerateObject().Select(e => e.Name).Where(n => n != Metadata).Select(n => $"'{n}'")];
        return names.Length == 0 ? "; the file has no predictor" : $"; the file has {string.Join(", ", names)}";
    }

    private static bool IsNothing(JsonElement json) =>
        json.ValueKind == JsonValueKind.Null || (json.ValueKind == JsonValueKind.Array && json.GetArrayLength() == 0);

    private void Problem(string path, string text) => _problems.Add(new(path, text));

    private void LeaveOut(string path, string text) => _leftOut.Add(new(path, text));

    private static void Add(List<DspyNote> notes, string path, JsonShapeException e) =>
        notes.Add(new(path, e.Path.Length == 0 ? e.Message : e.Message[(e.Path.Length + 2)..]));
}
