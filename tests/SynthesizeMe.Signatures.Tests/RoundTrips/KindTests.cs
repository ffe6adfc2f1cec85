using System.Text;
using System.Text.Json;
using CsCheck;
using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.RoundTrips;

/// <summary>Dates, dictionaries, sets, trees and unions come back as they were, from a prompt and from a saved state.</summary>
public class KindTests
{
    private const int Iterations = 1_000;

    [Fact]
    public void The_shown_reply_is_read_as_the_same_value() => AnyKind.Kinds.Sample(value =>
    {
        Predict<Kinds> predictor = Offline.Predict<Kinds>(new Demo<Kinds>(value));
        Prediction<Kinds> read = predictor.Parse(value.ToInputs(), predictor.Render(value.ToInputs()).Turns[2].Text);
        AssertSame(value, read.Value);
        Assert.Empty(read.Repairs);
    }, iter: Iterations);

    [Fact]
    public void A_reply_that_is_the_json_of_the_outputs_is_read_as_the_same_value() => AnyKind.Kinds.Sample(
        value => AssertSame(value, Offline.Read(value.ToInputs(), JsonOf(value)).Value), iter: Iterations);

    [Fact]
    public void A_saved_value_is_loaded_as_the_same_value() => AnyKind.Kinds.Sample(value =>
    {
        using JsonDocument json = JsonDocument.Parse(JsonOf(value));
        AssertSame(value, Demo<Kinds>.ReadJson(json.RootElement).Value);
    }, iter: Iterations);

    [Fact]
    public void Equal_sets_and_dictionaries_are_written_alike()
    {
        Kinds one = Kinds.Example with { Tags = new HashSet<string> { "b", "a", "c" }, Counts = new() { ["y"] = 1, ["x"] = 2 } };
        Kinds two = Kinds.Example with { Tags = new HashSet<string> { "c", "b", "a" }, Counts = new() { ["x"] = 2, ["y"] = 1 } };
        Assert.Equal(JsonOf(one), JsonOf(two));
        Assert.Contains("\"tags\":[\"a\",\"b\",\"c\"]", JsonOf(one), StringComparison.Ordinal);
        Assert.Contains("\"ranks\":[9,10]", JsonOf(one), StringComparison.Ordinal);
    }

    private static string JsonOf(Kinds value)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            new Demo<Kinds>(value).WriteJson(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static void AssertSame(Kinds expected, Kinds actual)
    {
        Assert.Equal(
            (expected.Day, expected.Hour, expected.Moment, expected.Moment.Kind, expected.Instant, expected.Instant.Offset, expected.Length),
            (actual.Day, actual.Hour, actual.Moment, actual.Moment.Kind, actual.Instant, actual.Instant.Offset, actual.Length));
        Assert.Equal((expected.Id, expected.Link, expected.Wait, expected.Source), (actual.Id, actual.Link, actual.Wait, actual.Source));
        Assert.Equal(expected.Counts, actual.Counts);
        Assert.Equal(expected.Notes, actual.Notes);
        Assert.Equal(expected.Items, actual.Items);
        Assert.Equal(expected.Days, actual.Days);
        Assert.True(expected.Tags.SetEquals(actual.Tags));
        Assert.Equal(expected.Ranks, actual.Ranks);
        Assert.Equal(JsonOf(expected), JsonOf(actual));
    }
}
