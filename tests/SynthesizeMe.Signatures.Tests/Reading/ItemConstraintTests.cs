using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>What data annotations ask of labels, dates and the items of lists is said in the prompt, enforced on the reply, and told when it is broken.</summary>
public class ItemConstraintTests
{
    private static readonly Plan.Inputs Inputs = new("t");

    [Fact]
    public void They_are_said_in_the_prompt() => Snapshot.Match(Offline.Predict<Plan>().Render(Inputs).Turns[0].Text);

    [Fact]
    public void They_are_in_the_schema_for_the_provider() => Snapshot.Match(Offline.Predict<Plan>().Signature.OutputSchema, extension: "json");

    [Theory]
    [InlineData("mood", "Bad", "'Bad' is none of these: very good; so-so")]
    [InlineData("name", "n/a", "'n/a' is not to be answered")]
    [InlineData("size", "13", "13 is not to be answered")]
    [InlineData("colours", "[]", "it has 0 items, which is fewer than 1")]
    [InlineData("colours", """["red", "pink"]""", "item 2: 'pink' is none of these: red; blue; green")]
    [InlineData("moods", """["Good", "so-so", "Good"]""", "it has 3 items, which is more than 2")]
    [InlineData("moods", """["so-so", "Bad"]""", "item 2: 'Bad' is not to be answered")]
    [InlineData("shares", "[0.5, 1.5]", "item 2: 1.5 is not from 0 to 1")]
    [InlineData("words", """["a"]""", "item 1: it has 1 character, which is fewer than 2")]
    [InlineData("words", """["ab", "abcdef"]""", "item 2: it has 6 characters, which is more than 5")]
    [InlineData("words", """["ab", "AB"]""", "item 2: 'AB' does not match ^[a-z]+$")]
    [InlineData("day", "2025-12-31", "2025-12-31 is not from 2026-01-01 to 2026-12-31")]
    [InlineData("start", "07:59", "07:59:00 is before 08:00:00")]
    [InlineData("start", "17:00", "17:00:00 is not before 17:00:00")]
    [InlineData("at", "2026-12-31T12:00:01", "2026-12-31T12:00:01 is not from 2026-01-01T00:00:00 to 2026-12-31T12:00:00")]
    [InlineData("instant", "2026-01-01T01:00:00+01:00", "2026-01-01T01:00:00+01:00 is not after 2026-01-01T00:00:00+00:00")]
    [InlineData("instant", "2027-01-01T00:00:00Z", "2027-01-01T00:00:00+00:00 is after 2026-12-31T00:00:00+00:00")]
    [InlineData("wait", "PT9M", "PT9M is not from PT10M to P1D")]
    [InlineData("days", """["2026-02-01", "2027-02-01"]""", "item 2: 2027-02-01 is not from 2026-01-01 to 2026-12-31")]
    [InlineData("visits", """[{"day": "2026-02-01"}, {"day": "2024-02-29"}]""", "visits[1].day: 2024-02-29 is not from 2026-01-01 to 2026-12-31")]
    [InlineData("visits", """[{"day": "2026-02-01", "mood": "Bad"}]""", "visits[0].mood: 'Bad' is not to be answered")]
    public void A_reply_that_breaks_one_is_refused_and_told_why(string field, string text, string hint)
    {
        PromptParseException refused = Offline.Refuse(Inputs, With(field, text));
        Assert.Equal((field, hint), (refused.Field, refused.Hint));
    }

    [Theory]
    [InlineData("mood", "very good")]
    [InlineData("size", "1")]
    [InlineData("colours", """["red", "blue", "green"]""")]
    [InlineData("shares", "[0, 1]")]
    [InlineData("words", """["ab", "abcde"]""")]
    [InlineData("day", "2026-12-31")]
    [InlineData("start", "16:59:59")]
    [InlineData("start", "08:00")]
    [InlineData("instant", "2026-12-31T00:00:00Z")]
    [InlineData("wait", "P1D")]
    public void A_value_at_its_bounds_is_read(string field, string text) => Offline.Read(Inputs, With(field, text));

    [Fact]
    public async Task The_violation_is_fed_to_the_second_ask()
    {
        var model = new ScriptedChatClient(With("moods", """["Bad"]"""), With("moods", """["Good"]"""));
        Prediction<Plan> read = await new Predict<Plan>(model).PredictAsync(Inputs, TestContext.Current.CancellationToken);
        Assert.Equal([Mood.Good], read.Value.Moods);
        Assert.StartsWith("The field `moods` of your reply could not be read: item 1: 'Bad' is not to be answered.", model.Requests[1][^1].Text, StringComparison.Ordinal);
    }

    private static string With(string field, string text) =>
        Reply.Of(new[] { ("mood", "Good"), ("name", "A") }.Where(s => s.Item1 != field).Append((field, text)));
}
