using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>The JSON form of a curation's report.</summary>
internal static class CurationJson
{
    public static string Write(CurationResult result)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            writer.WriteStartObject();
            writer.WriteString("source", result.Source);
            writer.WriteString("rater", result.Rater);
            writer.WriteStartArray("judges");
            foreach (string judge in result.Judges)
            {
                writer.WriteStringValue(judge);
            }

            writer.WriteEndArray();
            Options(writer, result.Options);
            writer.WriteStartArray("steps");
            foreach (CurationStep step in result.Steps)
            {
                Step(writer, step);
            }

            writer.WriteEndArray();
            writer.WriteNumber("users", result.Pairs.Select(p => p.UserId).Distinct(StringComparer.Ordinal).Count());
            writer.WriteNumber("pairs", result.Pairs.Length);
            writer.WriteNumber("train", result.Count(DataSplit.Train));
            writer.WriteNumber("val", result.Count(DataSplit.Validation));
            writer.WriteNumber("test", result.Count(DataSplit.Test));
            Spent(writer, result.Usage);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length) + "\n";
    }

    private static void Options(Utf8JsonWriter writer, CurationOptions options)
    {
        writer.WriteStartObject("thresholds");
        writer.WriteNumber("minPairs", options.MinPairs);
        writer.WriteNumber("minQueryRating", options.MinQueryRating);
        writer.WriteNumber("minResponseRating", options.MinResponseRating);
        writer.WriteNumber("maxAgreement", options.MaxAgreement);
        writer.WriteNumber("trainShare", options.TrainShare);
        writer.WriteNumber("validationShare", options.ValidationShare);
        writer.WriteNumber("seed", options.Seed);
        writer.WriteEndObject();
    }

    private static void Step(Utf8JsonWriter writer, CurationStep step)
    {
        writer.WriteStartObject();
        writer.WriteString("step", step.Name);
        writer.WriteNumber("keptPairs", step.KeptPairs);
        writer.WriteNumber("droppedPairs", step.DroppedPairs);
        writer.WriteNumber("keptUsers", step.KeptUsers);
        writer.WriteNumber("droppedUsers", step.DroppedUsers);
        writer.WriteStartObject("dropped");
        foreach ((string reason, int count) in step.Reasons)
        {
            writer.WriteNumber(reason, count);
        }

        writer.WriteEndObject();
        writer.WriteNumber("unreadable", step.Unreadable);
        Spent(writer, step.Usage);
        writer.WriteEndObject();
    }

    private static void Spent(Utf8JsonWriter writer, Usage usage)
    {
        writer.WriteNumber("calls", usage.Calls);
        writer.WriteNumber("inputTokens", usage.InputTokenCount);
        writer.WriteNumber("outputTokens", usage.OutputTokenCount);
    }
}
