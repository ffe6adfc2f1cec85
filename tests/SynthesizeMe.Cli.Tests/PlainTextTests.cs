using CsCheck;

namespace SynthesizeMe.Cli.Tests;

public sealed class PlainTextTests
{
    [Fact]
    public void One_line_is_one_line_whatever_the_text() => Gen.String.Sample(text =>
    {
        string line = PlainText.OneLine(text);
        Assert.DoesNotContain(line, char.IsControl);
    });

    [Fact]
    public void Escape_sequences_become_visible() => Assert.Equal("\\u001b[31mred\n\ttab", PlainText.Visible("\u001b[31mred\n\ttab"));

    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("exactly10c", 10, "exactly10c")]
    [InlineData("more than ten", 10, "more than…")]
    [InlineData("emoji 1😀 end", 9, "emoji 1…")]
    public void An_excerpt_keeps_to_its_length(string text, int length, string excerpt) => Assert.Equal(excerpt, PlainText.Excerpt(text, length));

    [Fact]
    public void Wrapping_keeps_words_and_width() => Gen.Select(Gen.String["ab \n"], Gen.Int[1, 20]).Sample((text, width) =>
    {
        string[] lines = [.. PlainText.Wrap(text, width)];
        Assert.Equal(text.Split(['\n', ' '], StringSplitOptions.RemoveEmptyEntries), lines.SelectMany(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.All(lines, l => Assert.True(l.Length <= width || !l.Contains(' ')));
    });
}
