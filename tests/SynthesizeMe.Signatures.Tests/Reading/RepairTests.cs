using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>Whatever is mended is listed, with its kind and its place.</summary>
public class RepairTests
{
    [Theory]
    [InlineData("{\"answer\": \"a\"}", RepairKind.WrittenAsJson, 0)]
    [InlineData("Sure: {\"answer\": \"a\"}", RepairKind.TextOutsideSections, 0)]
    [InlineData("{\"answer\": \"a\"} Done.", RepairKind.TextOutsideSections, 16)]
    [InlineData("```json\n{\"answer\": \"a\"}\n```", RepairKind.FencedJson, 0)]
    [InlineData("~~~\n{\"answer\": \"a\"}\n~~~", RepairKind.FencedJson, 0)]
    [InlineData("<think>b</think>{\"answer\": \"a\"}", RepairKind.ThinkingBlock, 0)]
    [InlineData("b\n</think>\n{\"answer\": \"a\"}", RepairKind.ThinkingBlock, 0)]
    [InlineData("{\"answer\": \"a\", \"b\": 1}", RepairKind.UnknownSection, 0)]
    [InlineData("{\"answer\": \"a\", \"answer\": \"a\"}", RepairKind.RepeatedSection, 0)]
    [InlineData("{\"answer\": \"a\"} {\"answer\": \"a\"}", RepairKind.RepeatedSection, 16)]
    [InlineData("{\"Answer\": \"a\"}", RepairKind.SectionName, 0)]
    [InlineData("\"answer\": \"a\"}", RepairKind.MissingOpener, 0)]
    [InlineData("{\"answer\": \"a\"}}", RepairKind.StrayCloser, 15)]
    [InlineData("{\"answer\": \"a\"", RepairKind.MissingCloser, 14)]
    [InlineData("{\"answer\": \"a", RepairKind.MissingCloser, 11)]
    [InlineData("{\"answer\": \"a\",}", RepairKind.Separator, 15)]
    [InlineData("{\"b\": 1 \"answer\": \"a\"}", RepairKind.Separator, 8)]
    [InlineData("{\"answer\" \"a\"}", RepairKind.Separator, 10)]
    [InlineData("{\"answer\" = \"a\"}", RepairKind.Separator, 10)]
    [InlineData("{\"answer\": /* b */ \"a\"}", RepairKind.Comment, 11)]
    [InlineData("{\"answer\": \"a\" # b\n}", RepairKind.Comment, 15)]
    [InlineData("{\"answer\": 'a'}", RepairKind.Quotes, 11)]
    [InlineData("{\"answer\": “a”}", RepairKind.Quotes, 11)]
    [InlineData("{\"answer\": \"a \"b\" c\"}", RepairKind.Quotes, 14)]
    [InlineData("{\"answer\": \"a\nb\"}", RepairKind.RawLineBreak, 13)]
    [InlineData("{\"answer\": \"a\\d\"}", RepairKind.Escape, 13)]
    [InlineData("{\"answer\": True}", RepairKind.Literal, 11)]
    [InlineData("{\"answer\": a}", RepairKind.UnquotedText, 11)]
    [InlineData("{answer: \"a\"}", RepairKind.UnquotedText, 1)]
    [InlineData("{\"answer\": \"a\", \"b\":}", RepairKind.MissingValue, 20)]
    [InlineData("{\"b\": {\"answer\": \"a\"}}", RepairKind.Wrapper, 0)]
    [InlineData("[{\"answer\": \"a\"}]", RepairKind.Wrapper, 0)]
    [InlineData("Ask(answer='a')", RepairKind.Wrapper, 4)]
    [InlineData("\"{\\\"answer\\\": \\\"a\\\"}\"", RepairKind.DoubleEncoded, 0)]
    [InlineData("{\"b\": \"{\\\"answer\\\": \\\"a\\\"}\"}", RepairKind.DoubleEncoded, 0)]
    [InlineData("<answer>a</answer>", RepairKind.WrittenAsXml, 0)]
    [InlineData("<answer>a", RepairKind.MissingCloser, 0)]
    [InlineData("Well. <answer>a</answer>", RepairKind.TextOutsideSections, 0)]
    [InlineData("<answer>a</answer> Done.", RepairKind.TextOutsideSections, 19)]
    [InlineData("```xml\n<answer>a</answer>\n```", RepairKind.FencedJson, 0)]
    [InlineData("Answer: a", RepairKind.WrittenAsLabels, 0)]
    [InlineData("Well.\nAnswer: a", RepairKind.TextOutsideSections, 0)]
    [InlineData("answer: \"a\"", RepairKind.Quotes, 8)]
    [InlineData("[[ ## answer ## ]]\na", RepairKind.MissingCompleted, 20)]
    [InlineData("**[[ ## answer ## ]]** a", RepairKind.SectionName, 2)]
    public void What_is_mended_in_a_text_is_listed(string reply, RepairKind kind, int position)
    {
        Prediction<Ask> read = Offline.Read(new Ask.Inputs(""), reply);
        Assert.NotEmpty(read.Value.Answer);
        Assert.Contains((kind, position), read.Repairs.Select(r => (r.Kind, r.Position)));
    }

    [Theory]
    [InlineData("first", RepairKind.LabelSpelling)]
    [InlineData("**First**", RepairKind.LabelSpelling)]
    [InlineData("I prefer the first.", RepairKind.LabelInSentence)]
    public void What_is_mended_in_a_label_is_listed(string reply, RepairKind kind)
    {
        Prediction<Judge> read = Offline.Read(Judge.Example.ToInputs(), reply);
        Assert.Equal([(RepairKind.WholeReply, "preference"), (RepairKind.MissingCompleted, ""), (kind, "preference")], read.Repairs.Select(r => (r.Kind, r.Field)));
    }

    [Fact]
    public void What_is_mended_in_a_value_is_listed()
    {
        Prediction<Measure> read = Offline.Read(new Measure.Inputs(""), "{\"count\": \"about 7\", \"ratio\": \"**0.5**\", \"sure\": \"Yes, it is.\"}");
        Assert.Equal(
            [(RepairKind.WrittenAsJson, ""), (RepairKind.NumberInText, "count"), (RepairKind.WrappedValue, "ratio"), (RepairKind.WrappedValue, "sure"), (RepairKind.TruthInText, "sure")],
            read.Repairs.Select(r => (r.Kind, r.Field)));
    }

    [Fact]
    public void What_is_mended_in_a_list_is_listed_with_its_path()
    {
        Prediction<Tags> read = Offline.Read(new Tags.Inputs(""), Reply.Of(("found", "[{\"Name\": \"a\", \"weight\": \"1\"}]")));
        Assert.Equal([(RepairKind.SectionName, "found[0].name"), (RepairKind.NumberInText, "found[0].weight")], read.Repairs.Select(r => (r.Kind, r.Field)));
    }

    [Theory]
    [InlineData("day", "March 31, 2026", RepairKind.ValueForm, "day")]
    [InlineData("tags", "[\"a\", \"a\"]", RepairKind.RepeatedItem, "tags[1]")]
    public void What_is_mended_in_a_date_or_a_set_is_listed(string field, string text, RepairKind kind, string at)
    {
        Repair only = Assert.Single(KindReadingTests.Read(field, text).Repairs);
        Assert.Equal((kind, at), (only.Kind, only.Field));
    }

    /// <summary>A kind that no test above can show would be a promise without a deed; <see cref="RepairKind.AskedAgain"/> takes a second call,
    /// <see cref="RepairKind.DefaultTaken"/> is shown where defaults are, and <see cref="RepairKind.RunLost"/> where programs run several times.</summary>
    [Fact]
    public void Every_kind_is_shown_here()
    {
        string[] shown = [.. typeof(RepairTests).GetMethods().SelectMany(m => m.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>())
            .SelectMany(d => d.Data).OfType<RepairKind>().Select(k => k.ToString())];
        RepairKind[] elsewhere = [RepairKind.AskedAgain, RepairKind.WholeReply, RepairKind.NumberInText, RepairKind.WrappedValue, RepairKind.TruthInText, RepairKind.DefaultTaken, RepairKind.RunLost];
        Assert.Empty(Enum.GetNames<RepairKind>().Except(shown).Except(elsewhere.Select(k => k.ToString())));
    }
}
