using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>Reads the demonstrations of one predictor, and says of each that is not taken why.</summary>
internal sealed class DspyDemoReader(
    IPredictor predictor, DspyReadOptions options, List<DspyNote> problems, List<DspyNote> leftOut, List<DspyNote> converted)
{
    private const string Augmented = "augmented";

    private readonly FieldDescriptor[] _fields = [.. predictor.Signature.Inputs, .. predictor.Signature.Outputs];

    /// <summary>Reads a demonstration.</summary>
    /// <param name="json">What DSPy saved.</param>
    /// <param name="path">Where it stands.</param>
    /// <returns>Null when it is not taken.</returns>
    public Demo? Read(JsonElement json, string path)
    {
        var own = new List<DspyNote>();
        var notes = new List<DspyNote>();
        Demo? demo = json.ValueKind == JsonValueKind.Object
            ? Read(json, path, own, notes)
            : Add(own, path, $"an object was expected, but it is {JsonShape.Kind(json)}");
        if (own.Count == 0)
        {
            (demo is null ? leftOut : converted).AddRange(notes);
            return demo;
        }

        if (options.SkipUnreadable)
        {
            leftOut.AddRange(own.Select(p => p with { Text = $"the demonstration cannot be read: {p.Text}" }));
        }
        else
        {
            problems.AddRange(own);
        }

        return null;
    }

    private Demo? Read(JsonElement json, string path, List<DspyNote> own, List<DspyNote> notes)
    {
        var found = new Dictionary<string, (string Key, JsonElement Value)>(StringComparer.Ordinal);
        var strangers = new List<string>();
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (Name(property.Name) is not { } name)
            {
                strangers.Add(property.Name);
            }
            else if (!found.TryAdd(name, (property.Name, property.Value)) && !JsonElement.DeepEquals(found[name].Value, property.Value))
            {
                Add(own, DspyNames.Path(path, property.Name), $"it is the field '{name}', which '{found[name].Key}' already is, with another value");
            }
        }

        string[] lacking = [.. _fields.Where(f => !f.Optional && (!found.TryGetValue(f.Name, out var value) || JsonShape.IsNull(value.Value))).Select(f => Theirs(f.Name))];
        if (lacking.Length > 0 && own.Count == 0)
        {
            string others = strangers.Count == 0 ? "" : $"; it has {string.Join(", ", strangers.Select(s => $"'{s}'"))}, which are no fields of it";
            return Add(notes, path, $"it lacks {string.Join(", ", lacking)}{others}. An incomplete demonstration is left out, for ours hold every field.");
        }

        var values = new DspyDemoValues(predictor, _fields, path, own, notes);
        foreach ((string name, (string key, JsonElement value)) in found)
        {
            values.Set(name, DspyNames.Path(path, key), Converted(name, key, value, path, own));
        }

        Demo? demo = values.Read();
        leftOut.AddRange(strangers.Select(s => new DspyNote(DspyNames.Path(path, s), "it is no field of the signature")));
        return demo;
    }

    /// <summary>Which of our properties a key is; null when it is none.</summary>
    private string? Name(string key)
    {
        if (options.Fields.TryGetValue(key, out string? mapped))
        {
            return mapped;
        }

        int field = Array.FindIndex(_fields, f => f.Name == key);
        field = field >= 0 ? field : FieldNames.IndexOf(_fields, key);
        return field >= 0 ? _fields[field].Name
            : key == Augmented ? Augmented
            : DspyFields.IsReasoning(key) && !_fields.Any(f => f.Name == SectionMarker.Reasoning) ? SectionMarker.Reasoning
            : null;
    }

    /// <summary>What the file calls a field, and what we do where that differs.</summary>
    private string Theirs(string field) =>
        options.Fields.Where(f => f.Value == field).Select(f => f.Key).Order(StringComparer.Ordinal).FirstOrDefault() is { } theirs
            ? $"'{theirs}', which is our '{field}'"
            : $"'{field}'";

    private JsonElement Converted(string name, string key, JsonElement value, string path, List<DspyNote> own)
    {
        try
        {
            return options.Convert?.Invoke(name, value) ?? value;
        }
        catch (FormatException e)
        {
            Add(own, DspyNames.Path(path, key), e.Message);
            return default;
        }
    }

    private static Demo? Add(List<DspyNote> notes, string path, string text)
    {
        notes.Add(new(path, text));
        return null;
    }
}
