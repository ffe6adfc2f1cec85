using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Offline;

/// <summary>Puts a taste into words as a weighted rubric, and gives points by a rubric in words, its own or anybody's.</summary>
internal static class RubricLanguage
{
    private const int MostCriteria = 12;
    private const int LargestWeight = 10;

    /// <summary>The points of a text that is like the other one, between the least (1) and the most (10).</summary>
    private const double Middle = 5.5;

    /// <summary>Points for each spread of difference: three spreads go from one end of the scale to the other.</summary>
    private const double PointsPerSpread = 1.5;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The rubric of a person: the qualities with the largest weights, in words, weighted in proportion. What would count less than one tenth
    /// of half the largest is left out.
    /// </summary>
    public static string Write(PreferenceModel model)
    {
        StyleVector weights = model.Weights;
        int[] byWeight = [.. Enumerable.Range(0, StyleVector.Count).OrderByDescending(i => Math.Abs(weights[i])).ThenBy(i => i).Take(MostCriteria)];
        double largest = Math.Abs(weights[byWeight[0]]);
        return Json(json =>
        {
            foreach (int i in byWeight)
            {
                int weight = largest == 0 ? 1 : (int)Math.Round(LargestWeight * Math.Abs(weights[i]) / largest);
                if (weight < 1)
                    continue;
                json.WriteStartObject();
                json.WriteString("quality", StylePhrases.Preference((StyleFeature)i, weights[i] > 0));
                json.WriteNumber("weight", weight);
                json.WriteEndObject();
            }
        });
    }

    /// <summary>
    /// Points for each quality of a rubric. What a quality says of writing is found as in a persona; a quality that says nothing of it gives both the middle.
    /// </summary>
    /// <param name="rubric">The rubric as JSON.</param>
    /// <param name="difference">The first completion's features minus the second's.</param>
    public static string Score(string rubric, StyleVector difference)
    {
        using JsonDocument criteria = JsonDocument.Parse(rubric);
        return Json(json =>
        {
            foreach (JsonElement criterion in criteria.RootElement.EnumerateArray())
            {
                string quality = JsonShape.Text(JsonShape.Property(criterion, "quality", ""), "quality");
                double lead = PointsPerSpread * Lead(PersonaLanguage.Read(quality), difference);
                json.WriteStartObject();
                json.WriteString("quality", quality);
                json.WriteNumber("first", Points(lead));
                json.WriteNumber("second", Points(-lead));
                json.WriteEndObject();
            }
        });
    }

    /// <summary>How far the first is ahead in what the quality asks for, in spreads.</summary>
    private static double Lead(PersonaShift wanted, in StyleVector difference)
    {
        double sum = 0, size = 0;
        foreach (PersonaStatement statement in wanted.Statements)
        {
            sum += statement.Strength * difference[statement.Feature];
            size += Math.Abs(statement.Strength);
        }

        return size == 0 ? 0 : sum / size;
    }

    private static double Points(double lead) => Math.Round(Math.Clamp(Middle + lead, 1, 10), 2);

    private static string Json(Action<Utf8JsonWriter> items)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartArray();
            items(json);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
