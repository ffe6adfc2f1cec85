using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>
/// Replies as data: each line of <c>Cases/{schema}.jsonl</c> has an id, a raw reply, and the outputs that are read from it, or "error" where it is refused.
/// </summary>
public class CaseTests
{
    public static TheoryData<string, string> Cases()
    {
        var cases = new TheoryData<string, string>();
        foreach (string file in Directory.EnumerateFiles(Folder(), "*.jsonl").Order(StringComparer.Ordinal))
        {
            foreach (string line in File.ReadLines(file))
            {
                using JsonDocument json = JsonDocument.Parse(line);
                cases.Add(Path.GetFileNameWithoutExtension(file), json.RootElement.GetProperty("id").GetString()!);
            }
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_reply_is_read_right_or_refused(string schema, string id)
    {
        (string raw, string expected) = Find(schema, id);
        Assert.Equal(expected, Read(schema, raw));
    }

    [Fact]
    public void Every_case_has_an_id_of_its_own()
    {
        IEnumerable<string> ids = Cases().Select(c => $"{c.Data.Item1}/{c.Data.Item2}");
        Assert.Empty(ids.GroupBy(i => i, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    /// <summary>Every reply there is.</summary>
    internal static IEnumerable<string> Replies() =>
        from file in Directory.EnumerateFiles(Folder(), "*.jsonl").Order(StringComparer.Ordinal)
        from line in File.ReadLines(file)
        select JsonDocument.Parse(line).RootElement.GetProperty("raw").GetString()!;

    private static string Read(string schema, string raw) => schema switch
    {
        "judge" => Outputs(Offline.ChainOfThought<Judge>(), Judge.Example.ToInputs(), raw),
        "choice" => Outputs(Offline.Predict<Judge>(), Judge.Example.ToInputs(), raw),
        "measure" => Outputs(Offline.Predict<Measure>(), new Measure.Inputs(""), raw),
        "mixed" => Outputs(Offline.Predict<Mixed>(), new Mixed.Inputs(""), raw),
        "tags" => Outputs(Offline.Predict<Tags>(), new Tags.Inputs(""), raw),
        "moments" => Outputs(Offline.Predict<Moments>(), new Moments.Inputs(""), raw),
        "addresses" => Outputs(Offline.Predict<Addresses>(), new Addresses.Inputs(""), raw),
        "counts" => Outputs(Offline.Predict<Counts>(), new Counts.Inputs(""), raw),
        "figures" => Outputs(Offline.Predict<Figures>(), new Figures.Inputs(""), raw),
        "reasons" => Outputs(Offline.Predict<Reasons>(), new Reasons.Inputs(""), raw),
        "optional" => Outputs(Offline.Predict<Optionals>(), new Optionals.Inputs(""), raw),
        "plan" => Outputs(Offline.Predict<Plan>(), new Plan.Inputs(""), raw),
        "answer" => Outputs(Offline.Predict<Ask>(), new Ask.Inputs(""), raw),
        _ => throw new ArgumentOutOfRangeException(nameof(schema), schema, "There is no such schema."),
    };

    private static string Outputs<T>(Predict<T> predictor, IInputs<T> inputs, string raw)
        where T : class, ISignature<T>
    {
        try
        {
            Prediction<T> read = predictor.Parse(inputs, raw);
            using var stream = new MemoryStream();
            using (var writer = new Utf8JsonWriter(stream))
            {
                writer.WriteStartObject();
                new Demo<T>(read.Value, read.Reasoning).WriteJson(writer);
                writer.WriteEndObject();
            }

            using JsonDocument json = JsonDocument.Parse(stream.ToArray());
            HashSet<string> given = [.. predictor.Signature.Inputs.Select(f => f.Name)];
            return Canonical(json.RootElement.EnumerateObject().Where(p => !given.Contains(p.Name) && p.Value.ValueKind != JsonValueKind.Null));
        }
        catch (PromptParseException)
        {
            return "error";
        }
    }

    private static (string Raw, string Expected) Find(string schema, string id)
    {
        foreach (string line in File.ReadLines(Path.Combine(Folder(), schema + ".jsonl")))
        {
            using JsonDocument json = JsonDocument.Parse(line);
            if (json.RootElement.GetProperty("id").GetString() == id)
            {
                JsonElement expect = json.RootElement.GetProperty("expect");
                return (json.RootElement.GetProperty("raw").GetString()!, expect.ValueKind == JsonValueKind.String ? expect.GetString()! : Canonical(expect.EnumerateObject()));
            }
        }

        throw new ArgumentException($"{schema} has no case '{id}'.");
    }

    private static string Canonical(IEnumerable<JsonProperty> properties)
    {
        var text = new StringBuilder();
        foreach (JsonProperty property in properties.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            string value = property.Value.ValueKind == JsonValueKind.Number
                ? property.Value.GetDouble().ToString(CultureInfo.InvariantCulture)
                : JsonSerializer.Serialize(property.Value);
            text.Append(property.Name).Append(": ").Append(value).Append('\n');
        }

        return text.ToString();
    }

    private static string Folder([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "Cases");
}
