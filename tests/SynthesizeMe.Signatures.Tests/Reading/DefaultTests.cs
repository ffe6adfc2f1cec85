using System.Text.Json;
using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>A default is taken for what is left out, and said to be taken.</summary>
public class DefaultTests
{
    [Fact]
    public void An_output_that_is_left_out_is_its_default()
    {
        Prediction<Rated> read = Offline.Read(new Rated.Inputs("t"), ConstraintTests.Reply(null, null, "count", "note", "second"));
        Assert.Equal((3, "none given", Mood.Bad), (read.Value.Count, read.Value.Note, read.Value.Second));
        Assert.Equal(
            [(RepairKind.DefaultTaken, "count"), (RepairKind.DefaultTaken, "note"), (RepairKind.DefaultTaken, "second")],
            read.Repairs.Where(r => !r.Field.Contains('[', StringComparison.Ordinal)).Select(r => (r.Kind, r.Field)));
    }

    [Theory]
    [InlineData("n/a", 3)]
    [InlineData("null", 3)]
    [InlineData("5", 5)]
    public void It_may_be_said_to_be_left_out(string text, int count) =>
        Assert.Equal(count, Offline.Read(new Rated.Inputs("t"), ConstraintTests.Reply("count", text)).Value.Count);

    [Fact]
    public void What_is_there_has_to_be_readable() =>
        Assert.Equal("count", Offline.Refuse(new Rated.Inputs("t"), ConstraintTests.Reply("count", "many")).Field);

    [Fact]
    public void A_property_that_is_left_out_is_its_default()
    {
        Prediction<Rated> read = Offline.Read(new Rated.Inputs("t"), ConstraintTests.Reply("scores", """[{"stars": 4, "weight": null}]"""));
        Assert.Equal(new Score(4, "no reason", null, Mood.Middling), Assert.Single(read.Value.Scores));
        Assert.Equal(["scores[0].why", "scores[0].mood"], read.Repairs.Where(r => r.Kind == RepairKind.DefaultTaken).Select(r => r.Field));
    }

    [Fact]
    public void A_property_in_another_case_is_listed_once()
    {
        Prediction<Rated> read = Offline.Read(
            new Rated.Inputs("t"), ConstraintTests.Reply("scores", """[{"stars": 4, "Why": "so", "weight": 1, "mood": "Bad"}]"""));
        Assert.Equal((RepairKind.SectionName, "scores[0].why"), (Assert.Single(read.Repairs).Kind, read.Repairs[0].Field));
    }

    [Fact]
    public void An_input_has_its_default_in_calls_and_in_saved_values()
    {
        Assert.Equal("plain", new Rated.Inputs("t").Style);
        using JsonDocument json = JsonDocument.Parse("""
            {"text": "t", "title": "x", "slug": "x", "share": 1, "level": "low", "size": 1, "scores": [], "mood": "Bad"}
            """);
        Rated read = Demo<Rated>.ReadJson(json.RootElement).Value;
        Assert.Equal(("plain", 3, "none given"), (read.Style, read.Count, read.Note));
    }
}
