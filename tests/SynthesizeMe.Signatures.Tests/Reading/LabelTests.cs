using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>Labels are read leniently, but never guessed.</summary>
public class LabelTests
{
    [Theory]
    [InlineData("First", Preference.First)]
    [InlineData("Second", Preference.Second)]
    [InlineData("  Second \t", Preference.Second)]
    public void A_label_is_read(string text, Preference preference)
    {
        Prediction<Judge> read = Read(text);
        Assert.Equal(preference, read.Value.Preference);
        Assert.Empty(read.Repairs);
    }

    [Theory]
    [InlineData("first")]
    [InlineData("FIRST")]
    [InlineData("First.")]
    [InlineData("**First**")]
    [InlineData("\"First\"")]
    [InlineData("'First'!")]
    [InlineData("`first`")]
    [InlineData("(First)")]
    [InlineData("[First]")]
    [InlineData("{First}")]
    [InlineData("<First>")]
    [InlineData("# First:")]
    [InlineData("“First”")]
    public void Case_and_punctuation_do_not_matter(string text)
    {
        Prediction<Judge> read = Read(text);
        Assert.Equal(Preference.First, read.Value.Preference);
        Assert.Equal([new Repair(RepairKind.LabelSpelling, "preference", 23)], read.Repairs);
    }

    [Theory]
    [InlineData("I prefer the first completion.")]
    [InlineData("Completion: First (it is shorter)")]
    [InlineData("First, because it is brief")]
    [InlineData("First completion. Yes, first!")]
    [InlineData("Without more context, I go for the first one.")]
    [InlineData("Notably first")]
    public void The_only_label_in_a_sentence_counts(string text)
    {
        Prediction<Judge> read = Read(text);
        Assert.Equal(Preference.First, read.Value.Preference);
        Assert.Equal([RepairKind.LabelInSentence], read.Repairs.Select(r => r.Kind));
    }

    [Theory]
    [InlineData("First or Second")]
    [InlineData("First, not Second")]
    [InlineData("The first is better than the second.")]
    [InlineData("Second... no, First")]
    public void Two_labels_are_refused(string text) => Assert.Equal("preference", Refuse(text).Field);

    [Theory]
    [InlineData("not First")]
    [InlineData("Not the first.")]
    [InlineData("It isn't first")]
    [InlineData("It isn’t **First**")]
    [InlineData("anything rather than First")]
    [InlineData("never the first")]
    [InlineData("neither First")]
    [InlineData("I do not think the first is better")]
    [InlineData("I don't believe they would prefer First")]
    [InlineData("First is not better")]
    [InlineData("First isn't what they want")]
    [InlineData("The first completion would not please them")]
    [InlineData("I cannot say that it is First")]
    public void A_denied_label_is_refused(string text) => Assert.Contains("to deny it", Refuse(text).Hint, StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("Fir")]
    [InlineData("Firstly")]
    [InlineData("Sec")]
    [InlineData("1")]
    [InlineData("Tie")]
    [InlineData("Firstborn")]
    [InlineData("the_first")]
    public void A_cut_or_foreign_label_is_refused_and_the_labels_are_named(string text) =>
        Assert.Equal("it names none of the labels: First; Second", Refuse(text).Hint);

    [Theory]
    [InlineData("very good", Mood.Good)]
    [InlineData("Very Good", Mood.Good)]
    [InlineData("Good", Mood.Good)]
    [InlineData("It was very good indeed", Mood.Good)]
    [InlineData("so-so", Mood.Middling)]
    [InlineData("Middling", Mood.Middling)]
    [InlineData("a so-so answer", Mood.Middling)]
    [InlineData("Bad", Mood.Bad)]
    public void An_attribute_s_label_and_the_member_s_name_are_both_read(string text, Mood mood) =>
        Assert.Equal(mood, Offline.Read(new Feel.Inputs(), Reply.Of(("mood", text))).Value.Mood);

    private static Prediction<Judge> Read(string text) => Offline.Read(Judge.Example.ToInputs(), Reply.Preferring(text));

    private static PromptParseException Refuse(string text) => Offline.Refuse(Judge.Example.ToInputs(), Reply.Preferring(text));
}

[Signature]
public partial record Feel([Output] Mood Mood);
