using System.Buffers;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>The values of one demonstration, each tried as it is and, where the signature does not read it, in the forms that it may have in DSPy.</summary>
internal sealed class DspyDemoValues(IPredictor predictor, FieldDescriptor[] fields, string path, List<DspyNote> problems, List<DspyNote> converted)
{
    private readonly Dictionary<string, (string Path, JsonElement Value)> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);

    /// <summary>Gives a field its value; an undefined one cannot be read, which is known already.</summary>
    public void Set(string name, string at, JsonElement value)
    {
        _values[name] = (at, value);
        if (value.ValueKind == JsonValueKind.Undefined)
        {
            _told.Add(name);
        }
    }

    /// <summary>Reads the demonstration, and goes on behind a value that cannot be read, so that every such value is named.</summary>
    /// <returns>Null when one cannot be read.</returns>
    public Demo? Read()
    {
        foreach (string name in _told)
        {
            if (!Replace(name, DspyPlaceholder.Of(Field(name))))
            {
                return null;
            }
        }

        while (true)
        {
            if (Try(out JsonShapeException? problem) is { } demo)
            {
                return problems.Count == 0 ? demo : null;
            }

            string name = FieldOf(problem!);
            if (!_values.TryGetValue(name, out (string Path, JsonElement Value) given))
            {
                problems.Add(new(path, problem!.Message));
                return null;
            }

            if (!_told.Contains(name) && Replace(name, DspyValue.Alternatives(given.Value, Field(name))))
            {
                converted.Add(new(given.Path, $"{Excerpt(given.Value)} was read as {Excerpt(_values[name].Value)}"));
                continue;
            }

            if (_told.Add(name))
            {
                problems.Add(new(given.Path + problem!.Path[name.Length..], problem.Message[(problem.Path.Length + 2)..]));
            }

            if (!Replace(name, DspyPlaceholder.Of(Field(name))))
            {
                return null;
            }
        }
    }

    /// <summary>Puts the first value that the signature reads in the place of a field's.</summary>
    private bool Replace(string name, IEnumerable<JsonElement> values)
    {
        (string at, JsonElement before) = _values[name];
        foreach (JsonElement value in values)
        {
            _values[name] = (at, value);
            if (Try(out JsonShapeException? problem) is not null || FieldOf(problem!) != name)
            {
                return true;
            }
        }

        _values[name] = (at, before);
        return false;
    }

    private Demo? Try(out JsonShapeException? problem)
    {
        problem = null;
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            foreach ((string name, (string _, JsonElement value)) in _values.Where(v => v.Value.Value.ValueKind != JsonValueKind.Undefined))
            {
                // As it stands: a writer would refuse half of a surrogate pair, which the signature names.
                writer.WritePropertyName(name);
                writer.WriteRawValue(value.GetRawText());
            }

            writer.WriteEndObject();
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes.WrittenMemory);
            return predictor.ReadDemo(document.RootElement);
        }
        catch (JsonShapeException e)
        {
            problem = e;
            return null;
        }
    }

    private FieldDescriptor? Field(string name) => fields.FirstOrDefault(f => f.Name == name);

    private static string FieldOf(JsonShapeException problem)
    {
        int end = problem.Path.AsSpan().IndexOfAny('.', '[');
        return end < 0 ? problem.Path : problem.Path[..end];
    }

    private static string Excerpt(JsonElement json)
    {
        string text = json.GetRawText();
        return text.Length <= 60 ? text : $"{text.AsSpan(0, char.IsHighSurrogate(text[58]) ? 58 : 59)}…";
    }
}
