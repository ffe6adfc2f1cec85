using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>Lists and records are JSON; a wrong part is named by its path.</summary>
public class JsonTests
{
    private static readonly Tags.Inputs Text = new("t");

    [Theory]
    [InlineData("""[{"name":"a","weight":1},{"name":"b","weight":2}]""")]
    [InlineData("""[ { "weight": 1, "name": "a", "more": true }, { "name": "b", "weight": 2.0 }, ]""")]
    [InlineData("[\n  // the best\n  {\"name\":\"a\",\"weight\":1},\n  {\"name\":\"b\",\"weight\":2}\n]\n")]
    public void A_list_of_records_is_read(string json)
    {
        Prediction<Tags> read = Offline.Read(Text, Reply.Of(("found", json)));
        Assert.Equal([new Tag("a", 1), new Tag("b", 2)], read.Value.Found);
    }

    [Theory]
    [InlineData("```json\n[{\"name\":\"a\",\"weight\":1}]\n```")]
    [InlineData("```\r\n[{\"name\":\"a\",\"weight\":1}]\r\n```\r\n")]
    [InlineData("```[{\"name\":\"a\",\"weight\":1}]```")]
    public void A_fence_is_taken_off_and_listed(string json)
    {
        Prediction<Tags> read = Offline.Read(Text, Reply.Of(("found", json)));
        Assert.Equal([new Tag("a", 1)], read.Value.Found);
        Assert.Equal([new Repair(RepairKind.FencedJson, "found", 18)], read.Repairs);
    }

    [Theory]
    [InlineData("""{"name":"a","weight":1}""", "found: a list was expected, but it is an object")]
    [InlineData("""["a"]""", "found[0]: an object was expected, but it is a string")]
    [InlineData("""[{"name":"a","weight":1},{"name":"b"}]""", "found[1]: the property 'weight' is missing")]
    [InlineData("""[{"name":"a","weight":1.5}]""", "found[0].weight: a whole number that fits Int32 was expected, but it is the number 1.5")]
    [InlineData("""[{"name":"a","weight":"heavy"}]""", "found[0].weight: a whole number that fits Int32 was expected, but it is a string")]
    [InlineData("""[{"name":null,"weight":1}]""", "found[0].name: a string was expected, but it is null")]
    [InlineData("""[{"\ud800":"a","weight":1}]""", "it is not valid JSON: half of a surrogate pair stands alone")]
    [InlineData("""[{"name":"\ud800","weight":1}]""", "it is not valid JSON: half of a surrogate pair stands alone")]
    public void A_wrong_part_is_named_by_its_path(string json, string hint)
    {
        PromptParseException problem = Offline.Refuse(Text, Reply.Of(("found", json)));
        Assert.Equal(("found", hint), (problem.Field, problem.Hint));
    }

    [Theory]
    [InlineData("", "it is not valid JSON: no '{' or '[' opens it")]
    [InlineData("a, b", "it is not valid JSON: no '{' or '[' opens it")]
    [InlineData("null", "it is not valid JSON: no '{' or '[' opens it")]
    [InlineData("[1,\n2", "it ends before its JSON is complete")]
    [InlineData("[{\"name\":\"a\"", "found[0]: the property 'weight' is missing")]
    [InlineData("['a']", "found[0]: an object was expected, but it is a string")]
    [InlineData("[] or [{}]", "it has two JSON values; write one")]
    public void What_is_not_json_is_refused_with_its_cause(string json, string hint) =>
        Assert.Equal(hint, Offline.Refuse(Text, Reply.Of(("found", json))).Hint);

    [Fact]
    public void Broken_text_is_not_json() =>
        Assert.Equal("it is not valid JSON: half of a surrogate pair stands alone", Offline.Refuse(Text, Reply.Of(("found", "[\"\ud800\"]"))).Hint);

    [Theory]
    [InlineData("\"best\":{\"name\":\"a\",\"rank\":null,\"mood\":\"wild\"}", "best.mood: it names none of the labels: very good; Good; so-so; Middling; Bad")]
    [InlineData("\"best\":{\"name\":\"a\",\"mood\":3}", "best.mood: a string was expected, but it is the number 3")]
    [InlineData("\"best\":{\"mood\":\"Bad\"}", "best: the property 'name' is missing")]
    public void A_nested_part_is_named_too(string best, string hint) => Assert.Equal(
        hint,
        Offline.Refuse(new Mixed.Inputs("t"), Reply.Of(("answer", ""), ("mood", "Bad"), ("words", "[]"), ("best", best["\"best\":".Length..]))).Hint);
}
