using System.Text.Json;
using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>Dictionaries, sets, unions and trees in a reply.</summary>
public class KindReadingTests
{
    private static readonly string Whole = Offline.Predict<Kinds>(new Demo<Kinds>(Kinds.Example)).Render(Kinds.Any).Turns[2].Text;

    [Fact]
    public void A_key_may_stand_twice_with_the_same_value()
    {
        Prediction<Kinds> read = Read("counts", """{"a": 1, "a": 1, "b": 2}""");
        Assert.Equal(2, read.Value.Counts.Count);
        Assert.Equal((RepairKind.RepeatedItem, "counts.a"), (Assert.Single(read.Repairs).Kind, read.Repairs[0].Field));
    }

    [Fact]
    public void A_key_with_two_values_is_refused() => Assert.Equal("counts: the key 'a' stands twice", Refuse("counts", """{"a": 1, "a": 2}"""));

    [Fact]
    public void A_key_is_a_label_of_its_enum()
    {
        Assert.Equal("x", Read("notes", """{"VERY GOOD": "x"}""").Value.Notes[Mood.Good]);
        Assert.StartsWith("notes.wild: it names none of the labels", Refuse("notes", """{"wild": "x"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_that_stands_twice_in_a_set_is_left_out_and_listed()
    {
        Prediction<Kinds> read = Read("tags", """["red", "blue", "red"]""");
        Assert.Equal(["blue", "red"], read.Value.Tags.Order());
        Assert.Equal((RepairKind.RepeatedItem, "tags[2]"), (Assert.Single(read.Repairs).Kind, read.Repairs[0].Field));
    }

    [Fact]
    public void A_union_is_the_record_that_its_discriminator_names() =>
        Assert.Equal(new Ring("r", 2, 1), Read("figure", """{"name": "r", "radius": 2, "inner": 1, "$type": "ring"}""").Value.Figure);

    [Fact]
    public void A_discriminator_in_another_case_is_listed()
    {
        Prediction<Kinds> read = Read("figure", """{"$type": "Circle", "name": "c", "radius": 2}""");
        Assert.Equal(new Circle("c", 2), read.Value.Figure);
        Assert.Equal((RepairKind.LabelSpelling, "figure.$type"), (Assert.Single(read.Repairs).Kind, read.Repairs[0].Field));
    }

    [Theory]
    [InlineData("""{"name": "c", "radius": 2}""", "figure: the property '$type' is missing; it says which of these it is: circle; ring; group")]
    [InlineData("""{"$type": "square", "name": "c"}""", "figure.$type: 'square' is none of these: circle; ring; group")]
    [InlineData("""{"$type": "group", "name": "c", "all": [{"$type": "circle", "name": "d"}]}""", "figure.all[0]: the property 'radius' is missing")]
    public void A_union_that_is_none_of_its_records_is_refused(string json, string hint) => Assert.Equal(hint, Refuse("figure", json));

    [Fact]
    public void A_tree_is_read_to_a_limit_and_what_is_read_can_be_saved()
    {
        Kinds deepest = Read("tree", TreeOf(20)).Value;
        ProgramState state = ProgramState.Empty.With("self", PredictorState.Empty.WithDemos([new Demo<Kinds>(deepest)]));
        ProgramState loaded = ProgramStateJson.Read(ProgramStateJson.Write(state), [Offline.Predict<Kinds>()]);
        Assert.Equal(ProgramStateJson.Write(state), ProgramStateJson.Write(loaded));
        Assert.Equal("it is nested too deeply", Refuse("tree", TreeOf(21)));
    }

    [Fact]
    public void A_tree_without_end_is_refused_in_no_time() => Refuse("tree", string.Concat(Enumerable.Repeat("""{"name":"a","branches":[""", 100_000)));

    [Fact]
    public void A_saved_set_or_dictionary_has_nothing_twice()
    {
        Assert.Throws<JsonShapeException>(() => JsonShape.Set(Parse("[1,1]"), "", JsonShape.Number<int>));
        Assert.Throws<JsonShapeException>(() => JsonShape.Map(Parse("""{"a":1,"a":1}"""), "", (key, _) => key, JsonShape.Number<int>));
    }

    private static string TreeOf(int depth) =>
        string.Concat(Enumerable.Repeat("""{"name":"a","branches":[""", depth)) + """{"name":"z","branches":[]}""" + string.Concat(Enumerable.Repeat("]}", depth));

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;

    internal static Prediction<Kinds> Read(string field, string json) => Offline.Read(Kinds.Any, With(field, json));

    private static string Refuse(string field, string json) => Offline.Refuse(Kinds.Any, With(field, json)).Hint;

    private static string With(string field, string json) => Reply.Of(
        Offline.Predict<Kinds>().Signature.Outputs.Where(f => f.Name != "wait").Select(f => (f.Name, f.Name == field ? json : MessageSections.Read(Whole)[f.Name]!)));
}
