using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>What data annotations ask is enforced on a reply, and on nothing else.</summary>
public class ConstraintTests
{
    private static readonly Rated.Inputs Inputs = new("t");

    [Theory]
    [InlineData("title", " ", "it is empty")]
    [InlineData("title", "a", "it has 1 character, which is fewer than 2")]
    [InlineData("title", "a title that is far too long", "it has 28 characters, which is more than 20")]
    [InlineData("slug", "Not a slug", "'Not a slug' does not match ^[a-z]+(-[a-z]+)*$")]
    [InlineData("slug", "slug\n", "'slug\n' does not match ^[a-z]+(-[a-z]+)*$")]
    [InlineData("share", "1.5", "1.5 is not from 0 to 1")]
    [InlineData("share", "-0.01", "-0.01 is not from 0 to 1")]
    [InlineData("price", "0", "0 is not more than 0")]
    [InlineData("price", "10.01", "10.01 is not at most 10")]
    [InlineData("level", "medium", "'medium' is none of these: low; high")]
    [InlineData("size", "3", "3 is none of these: 1; 2; 4")]
    [InlineData("scores", "[]", "it has 0 items, which is fewer than 1")]
    [InlineData("scores", """[{"stars": 1}, {"stars": 2}, {"stars": 3}]""", "it has 3 items, which is more than 2")]
    [InlineData("scores", """[{"stars": 1}, {"stars": 6}]""", "scores[1].stars: 6 is not from 1 to 5")]
    [InlineData("scores", """[{"stars": 1, "why": "a reason that is far too long"}]""", "scores[0].why: it has 29 characters, which is more than 20")]
    public void A_reply_that_breaks_one_is_refused_and_told_why(string field, string text, string hint)
    {
        PromptParseException refused = Offline.Refuse(Inputs, Reply(field, text));
        Assert.Equal((field, hint), (refused.Field, refused.Hint));
    }

    [Theory]
    [InlineData("title", "ab")]
    [InlineData("share", "1")]
    [InlineData("share", "0")]
    [InlineData("price", "10")]
    [InlineData("price", "none")]
    [InlineData("level", "high")]
    public void A_value_at_its_bounds_is_read(string field, string text) => Offline.Read(Inputs, Reply(field, text));

    [Fact]
    public void A_required_output_may_not_be_left_out_though_its_type_may_be_null() =>
        Assert.Equal(("mood", "its section is missing"), (Refused("mood").Field, Refused("mood").Hint));

    [Fact]
    public void A_match_that_takes_too_long_is_refused()
    {
        string hint = Offline.Refuse(new Slow.Inputs(), Tests.Reply.Of(("letters", new string('a', 40)))).Hint;
        Assert.Equal("it takes too long to match ^(a+)+b$; write it more simply", hint);
    }

    [Fact]
    public void A_saved_value_is_not_checked()
    {
        var old = new Rated("t", "", "?", 7, -1, "?", 9, [new(0)], Mood.Good, Count: 1);
        ProgramState state = ProgramState.Empty.With("self", PredictorState.Empty.WithDemos([new Demo<Rated>(old)]));
        string json = ProgramStateJson.Write(state);
        Assert.Equal(json, ProgramStateJson.Write(ProgramStateJson.Read(json, [Offline.Predict<Rated>()])));
    }

    [Fact]
    public void Free_text_with_constraints_is_still_no_bare_answer() =>
        Assert.Equal("letters", Offline.Refuse(new Slow.Inputs(), "aab").Field);

    internal static string Reply(string? field = null, string? text = null, params string[] without) => Tests.Reply.Of(
        new[]
        {
            ("title", "A title"), ("slug", "a-slug"), ("share", "0.5"), ("price", "9.90"), ("level", "low"), ("size", "2"),
            ("scores", """[{"stars": 4}]"""), ("mood", "Bad"), ("count", "7"), ("note", "n"), ("second", "Bad"),
        }.Where(s => !without.Contains(s.Item1)).Select(s => s.Item1 == field ? (field, text!) : s));

    private static PromptParseException Refused(string field) => Offline.Refuse(Inputs, Reply(null, null, field));
}
