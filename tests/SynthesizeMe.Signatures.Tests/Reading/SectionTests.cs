using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>How a reply is divided into sections, and what is mended on the way.</summary>
public class SectionTests
{
    private static readonly Ask.Inputs Question = new("Q");

    [Theory]
    [InlineData("[[ ## answer ## ]]\nfoo\n\n[[ ## completed ## ]]", "foo")]
    [InlineData("[[ ## answer ## ]]\r\nfoo\r\n\r\n[[ ## completed ## ]]", "foo")]
    [InlineData("[[ ## answer ## ]] foo\n[[ ## completed ## ]]", "foo")]
    [InlineData("  [[ ## answer ## ]] foo [[ ## completed ## ]]", "foo")]
    [InlineData("[[## answer ##]]\nfoo\n[[##completed##]]", "foo")]
    [InlineData("[[\t##  answer  ##\t]]\nfoo\n\n[[ ## completed ## ]]", "foo")]
    [InlineData("[[ ## answer ## ]]\n\n[[ ## completed ## ]]", "")]
    [InlineData("[[ ## answer ## ]][[ ## completed ## ]]", "")]
    [InlineData("[[ ## answer ## ]]\nfoo\n\nbar\n\n[[ ## completed ## ]]", "foo\n\nbar")]
    [InlineData("[[ ## answer ## ]]\nfoo\r\n\u2028bar\f\n\n[[ ## completed ## ]]", "foo\r\n\u2028bar\f")]
    [InlineData("[[ ## answer ## ]]\nSee [[\\ ## answer ## ]].\n\n[[ ## completed ## ]]", "See [[ ## answer ## ]].")]
    public void A_reply_in_layout_needs_no_repair(string reply, string answer)
    {
        Prediction<Ask> read = Offline.Read(Question, reply);
        Assert.Equal(answer, read.Value.Answer);
        Assert.Empty(read.Repairs);
    }

    [Theory]
    [InlineData("[[ ## Answer ## ]]\nfoo\n\n[[ ## Completed ## ]]", RepairKind.SectionName, "answer", 0)]
    [InlineData("[[ ## answer ## ]]\nfoo", RepairKind.MissingCompleted, "", 22)]
    [InlineData("[[ ## answer ## ]]\nfoo\n", RepairKind.MissingCompleted, "", 23)]
    [InlineData("Sure! [[ ## answer ## ]]\nfoo\n\n[[ ## completed ## ]]", RepairKind.TextOutsideSections, "", 0)]
    [InlineData("[[ ## answer ## ]]\nfoo\n\n[[ ## completed ## ]]\nIs there anything else?", RepairKind.TextOutsideSections, "", 46)]
    [InlineData("**[[ ## answer ## ]]**\nfoo\n\n[[ ## completed ## ]]", RepairKind.SectionName, "answer", 2)]
    [InlineData("```\n[[ ## answer ## ]]\nfoo\n\n[[ ## completed ## ]]\n```", RepairKind.FencedJson, "", 0)]
    [InlineData("<think>Hm.</think>\n[[ ## answer ## ]]\nfoo\n\n[[ ## completed ## ]]", RepairKind.ThinkingBlock, "", 0)]
    [InlineData("\n<think>[[ ## answer ## ]]\nbar</think>[[ ## answer ## ]]\nfoo\n\n[[ ## completed ## ]]", RepairKind.ThinkingBlock, "", 1)]
    [InlineData("[[ ## mood ## ]]\ngood\n\n[[ ## answer ## ]]\nfoo\n\n[[ ## completed ## ]]", RepairKind.UnknownSection, "", 0)]
    [InlineData("[[ ## answer ## ]]\nfoo\n\n[[ ## answer ## ]]\nfoo\n\n[[ ## completed ## ]]", RepairKind.RepeatedSection, "answer", 24)]
    public void What_is_mended_is_listed_with_its_kind_and_place(string reply, RepairKind kind, string field, int position)
    {
        Prediction<Ask> read = Offline.Read(Question, reply);
        Assert.Equal("foo", read.Value.Answer);
        Assert.Equal([new Repair(kind, field, position)], read.Repairs);
    }

    [Theory]
    [InlineData("[[ # answer # ]]\nfoo")]
    [InlineData("[[answer]] foo")]
    [InlineData("[[\n## answer ## ]]\nfoo")]
    [InlineData("## answer ##\nfoo\n\n## completed ##\nThat is all.")]
    public void A_marker_that_is_not_written_as_asked_is_a_label(string reply)
    {
        Prediction<Ask> read = Offline.Read(Question, reply);
        Assert.Equal("foo", read.Value.Answer);
        Assert.Contains(RepairKind.WrittenAsLabels, read.Repairs.Select(r => r.Kind));
    }

    [Fact]
    public void A_name_may_have_blanks_or_dashes_for_underscores()
    {
        Prediction<Names> read = Offline.Read(new Names.Inputs(), "[[ ## First Name ## ]]\nAda\n\n[[ ## last-name ## ]]\nLovelace\n\n[[ ## completed ## ]]");
        Assert.Equal(new Names("Ada", "Lovelace"), read.Value);
        Assert.Equal(["first_name", "last_name"], read.Repairs.Select(r => r.Field));
    }

    [Fact]
    public void Sections_may_come_in_any_order()
    {
        Prediction<Names> read = Offline.Read(new Names.Inputs(), Reply.Of(("last_name", "Lovelace"), ("first_name", "Ada")));
        Assert.Equal(new Names("Ada", "Lovelace"), read.Value);
        Assert.Empty(read.Repairs);
    }

    [Theory]
    [InlineData("", "answer", "its section is missing")]
    [InlineData("foo", "answer", "its section is missing")]
    [InlineData("[[ ## completed ## ]]", "answer", "its section is missing")]
    [InlineData("[[ ## completed ## ]][[ ## answer ## ]]\nfoo", "answer", "its section is missing")]
    [InlineData("<think>[[ ## answer ## ]]\nfoo", "answer", "its section is missing")]
    [InlineData("[[ ## answer ## ]]\nfoo\n\n[[ ## answer ## ]]\nbar", "answer", "its section stands twice with different content")]
    public void A_reply_without_one_clear_section_is_refused(string reply, string field, string hint)
    {
        PromptParseException problem = Offline.Refuse(Question, reply);
        Assert.Equal((field, hint, reply), (problem.Field, problem.Hint, problem.Reply));
        Assert.Equal($"The field '{field}' could not be read: {hint}", problem.Message);
    }

    [Fact]
    public void A_marker_that_the_reasoning_quotes_does_not_decide()
    {
        const string Reply = """
            [[ ## reasoning ## ]]
            The text says
            [[ ## preference ## ]] First
            but I disagree.

            [[ ## preference ## ]]
            Second

            [[ ## completed ## ]]
            """;
        PromptParseException problem = Assert.Throws<PromptParseException>(
            () => Offline.ChainOfThought<Judge>().Parse(Judge.Example.ToInputs(), Reply));
        Assert.Equal("preference", problem.Field);
    }
}

[Signature]
public partial record Names([Output] string FirstName, [Output] string LastName);
