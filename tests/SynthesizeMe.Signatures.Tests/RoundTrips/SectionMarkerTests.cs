using CsCheck;

namespace SynthesizeMe.Signatures.Tests.RoundTrips;

public class SectionMarkerTests
{
    [Theory]
    [InlineData("[[ ## a ## ]]", "[[\\ ## a ## ]]")]
    [InlineData("[[##a##]]", "[[\\##a##]]")]
    [InlineData("[[\t ## a", "[[\\\t ## a")]
    [InlineData("[[\\ ## a ## ]]", "[[\\\\ ## a ## ]]")]
    [InlineData("[[[ ## a ## ]]]", "[[[\\ ## a ## ]]]")]
    [InlineData("[[ ## a ## ]][[ ## b ## ]]", "[[\\ ## a ## ]][[\\ ## b ## ]]")]
    [InlineData("[[1, 2], [3]]", "[[1, 2], [3]]")]
    [InlineData("## heading", "## heading")]
    [InlineData("[[\n## a ## ]]", "[[\n## a ## ]]")]
    [InlineData("", "")]
    public void A_marker_in_text_gets_a_backslash_after_its_brackets(string text, string escaped)
    {
        Assert.Equal(escaped, SectionMarker.Escape(text));
        Assert.Equal(text, SectionMarker.Unescape(escaped));
    }

    [Fact]
    public void Escaping_is_undone_exactly() =>
        Any.BrokenText.Sample(text => SectionMarker.Unescape(SectionMarker.Escape(text)) == text, iter: 5_000);

    [Fact]
    public void Text_without_a_marker_is_left_alone() => Assert.Equal("plain", SectionMarker.Escape("plain"));
}
