using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>What a reply may leave out, and how it may say so.</summary>
public class OptionalTests
{
    [Fact]
    public void Optional_sections_may_be_missing()
    {
        Mixed read = Read();
        Assert.Equal((null, null, null, null, null, null), (read.Note, read.Second, read.Sure, read.Score, read.Items, read.Best));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("None.")]
    [InlineData("N/A")]
    [InlineData("[none]")]
    public void A_value_may_be_said_to_be_missing(string text)
    {
        Mixed read = Read(("second", text), ("sure", text), ("score", text));
        Assert.Equal((null, null, null), (read.Second, read.Sure, read.Score));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("None")]
    [InlineData("```json\nnull\n```")]
    public void A_list_or_record_may_be_said_to_be_missing(string text)
    {
        Mixed read = Read(("items", text), ("best", text));
        Assert.Equal((null, null), (read.Items, read.Best));
    }

    [Fact]
    public void An_empty_list_is_not_a_missing_one() => Assert.Empty(Read(("items", "[]")).Items!);

    [Theory]
    [InlineData("null")]
    [InlineData("none")]
    [InlineData("")]
    public void Optional_text_is_taken_as_it_stands(string text) => Assert.Equal(text, Read(("note", text)).Note);

    [Theory]
    [InlineData("None", Presence.None)]
    [InlineData("none.", Presence.None)]
    [InlineData("Some", Presence.Some)]
    [InlineData("n/a", null)]
    [InlineData("", null)]
    public void A_label_called_none_is_a_label(string text, Presence? presence) =>
        Assert.Equal(presence, Offline.Read(new Find.Inputs("t"), Reply.Of(("presence", text))).Value.Presence);

    [Theory]
    [InlineData("sure", "perhaps")]
    [InlineData("score", "high")]
    [InlineData("second", "wild")]
    [InlineData("items", "a, b")]
    public void An_optional_value_that_is_there_has_to_be_readable(string field, string text) => Assert.Equal(
        field, Offline.Refuse(new Mixed.Inputs("t"), Reply.Of(("answer", "a"), ("mood", "Bad"), ("words", "[]"), (field, text))).Field);

    private static Mixed Read(params IEnumerable<(string Field, string Text)> more) => Offline
        .Read(new Mixed.Inputs("t"), Reply.Of([("answer", "a"), ("mood", "Bad"), ("words", "[]"), .. more]))
        .Value;
}
