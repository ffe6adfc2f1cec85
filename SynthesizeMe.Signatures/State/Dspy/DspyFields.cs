using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>Compares the fields of a DSPy signature with ours. The file has no names, only prefixes that DSPy makes of them.</summary>
internal sealed class DspyFields(IPredictor predictor, DspyReadOptions options, Action<string, string> problem, Action<string, string> leaveOut)
{
    private const string Rationale = "rationale";

    /// <summary>Tells of fields that only one side has, and of descriptions that ours do not have.</summary>
    public void Check(JsonElement fields, string path)
    {
        List<(string Name, string Description)> ours = [.. DspyStateReader.FieldsOf(predictor)];
        var strangers = new List<(string Path, string Prefix)>();
        int index = 0;
        foreach (JsonElement field in fields.EnumerateArray())
        {
            string at = DspyNames.Path(path, index++);
            if (Text(field, "prefix") is not { } prefix)
            {
                problem(at, "it has no 'prefix', so it is no field that DSPy saved");
                continue;
            }

            string name = Mapped(prefix.TrimEnd().TrimEnd(':'));
            int found = ours.FindIndex(o => FieldNames.Match(name, o.Name));
            if (found >= 0)
            {
                CompareDescription(at, Text(field, "description"), ours[found]);
                ours.RemoveAt(found);
            }
            else if (!predictor.Reasons && IsReasoning(name))
            {
                leaveOut(at, "the field 'reasoning': our predictor does not think aloud");
            }
            else
            {
                strangers.Add((at, prefix));
            }
        }

        Report(strangers, path, index, [.. ours.Select(o => o.Name)]);
    }

    /// <summary>Whether a name is that of a chain of thought.</summary>
    public static bool IsReasoning(ReadOnlySpan<char> name) => FieldNames.Match(name, SectionMarker.Reasoning) || FieldNames.Match(name, Rationale);

    private void Report(List<(string Path, string Prefix)> strangers, string path, int count, List<string> lacking)
    {
        // Programs of the time before 'reasoning' prefix it with "Reasoning: Let's think step by step in order to".
        int reasoning = strangers.FindIndex(s => IsReasoning(s.Prefix.AsSpan().TrimEnd(':')) || s.Prefix.StartsWith("Reasoning:", StringComparison.Ordinal));
        if (predictor.Reasons && lacking.Contains(SectionMarker.Reasoning))
        {
            lacking.Remove(SectionMarker.Reasoning);
            if (reasoning >= 0)
            {
                strangers.RemoveAt(reasoning);
            }
            else
            {
                leaveOut(path, "it does not think aloud, and our predictor does");
            }
        }

        bool isLast = strangers is [{ Path: var place }] && place == DspyNames.Path(path, count - 1) && lacking is [var only] && only == predictor.Signature.Outputs[^1].Name;
        if (isLast)
        {
            // DSPy matches by position, and its COPRO rewords the prefix of the last field, which no model sees.
            leaveOut(strangers[0].Path, $"the prefix '{strangers[0].Prefix}', taken for that of the last field, '{lacking[0]}'; DSPy shows prefixes to no model");
            return;
        }

        foreach ((string at, string prefix) in strangers)
        {
            problem(at, $"'{prefix}' is no field of {predictor.Signature.Name}, whose fields are {Named([.. DspyStateReader.FieldsOf(predictor).Select(f => f.Name)])}; say which it is with a map of fields");
        }

        foreach (string name in lacking.Where(n => !IsOptional(n)))
        {
            problem(path, $"the field '{name}' of {predictor.Signature.Name} is missing");
        }
    }

    private static string Named(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));

    private bool IsOptional(string name) => predictor.Signature.Inputs.Concat(predictor.Signature.Outputs).Any(f => f.Name == name && f.Optional);

    private void CompareDescription(string path, string? description, (string Name, string Description) ours)
    {
        if (description is { Length: > 0 } && description != ours.Description && !description.StartsWith("${", StringComparison.Ordinal))
        {
            leaveOut(path, $"the description of '{ours.Name}': a state has no place for it, and our signature has its own");
        }
    }

    private string Mapped(string written) => options.Fields.FirstOrDefault(f => FieldNames.Match(written, f.Key)).Value ?? written;

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
