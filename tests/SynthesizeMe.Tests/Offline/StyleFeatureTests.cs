using CsCheck;
using SynthesizeMe.Offline;

namespace SynthesizeMe.Tests.Offline;

public class StyleFeatureTests
{
    [Theory]
    [InlineData("One two three.", nameof(StyleFeature.Length), 1.3863)]
    [InlineData("", nameof(StyleFeature.Length), 0)]
    [InlineData("One two three.", nameof(StyleFeature.LongWinded), 0)]
    [InlineData("One.\n\nTwo.\nThree.", nameof(StyleFeature.Lines), 1.3863)]
    [InlineData("- one\n- two\n* three\n4. four\n5) five\n• six", nameof(StyleFeature.ListItems), 1.9459)]
    [InlineData("Not - a list, 2. nor this", nameof(StyleFeature.ListItems), 0)]
    [InlineData("```\ncode\n```", nameof(StyleFeature.CodeFences), 1.0986)]
    [InlineData("# Title\nSome **bold** text", nameof(StyleFeature.Emphasis), 1.3863)]
    [InlineData("1 a 2", nameof(StyleFeature.Digits), 0.6325)]
    [InlineData("Why? How?", nameof(StyleFeature.Questions), 1.0986)]
    [InlineData("Stop! Now!!", nameof(StyleFeature.Exclamations), 1.3863)]
    [InlineData("aa bbbb", nameof(StyleFeature.WordLength), 3)]
    [InlineData("One two. Three four.", nameof(StyleFeature.SentenceLength), 1.0986)]
    [InlineData("the the the cat", nameof(StyleFeature.Variety), 0.5)]
    [InlineData("a b c a b c", nameof(StyleFeature.Repetition), 1.0 / 6)]
    [InlineData("I love \U0001F600 and \u2600", nameof(StyleFeature.Emoji), 1.0986)]
    [InlineData("User: hello\nQ: what", nameof(StyleFeature.StrayTurns), 1.0986)]
    [InlineData("I'm sorry, as an AI I cannot do that.", nameof(StyleFeature.Refusal), 1)]
    [InlineData("Boil the egg for six minutes and then take it out of the", nameof(StyleFeature.Unfinished), 1)]
    [InlineData("Boil the egg for six minutes and then take it out of the pan.", nameof(StyleFeature.Unfinished), 0)]
    public void A_text_is_measured(string text, string feature, double expected) =>
        Assert.Equal(expected, StyleFeatures.MeasureRaw(StyleRequest.None, text)[Enum.Parse<StyleFeature>(feature)], 4);

    [Theory]
    [InlineData("Perhaps it might be so.", "It is so.", nameof(StyleFeature.Hedging))]
    [InlineData("It is always and never so.", "It is so.", nameof(StyleFeature.Certainty))]
    [InlineData("I told my friend about me.", "She told a friend.", nameof(StyleFeature.FirstPerson))]
    [InlineData("You should take your time.", "One should take time.", nameof(StyleFeature.SecondPerson))]
    [InlineData("It rains because clouds cool.", "It rains when clouds cool.", nameof(StyleFeature.Reasons))]
    [InlineData("Take a fruit, for example a pear.", "Take a pear.", nameof(StyleFeature.Examples))]
    [InlineData("Thanks, glad to help, enjoy.", "Here is the answer.", nameof(StyleFeature.Warmth))]
    [InlineData("It's what I don't like.", "It is what I do not like.", nameof(StyleFeature.Contractions))]
    [InlineData("one, two; three (four)", "one two three four", nameof(StyleFeature.Punctuation))]
    [InlineData("i dont know. maybe u do", "I do not know. You may.", nameof(StyleFeature.Carelessness))]
    [InlineData("THIS IS LOUD", "This is calm", nameof(StyleFeature.Shouting))]
    public void A_text_has_more_of_a_feature_than_its_plain_twin(string text, string plain, string feature)
    {
        StyleFeature f = Enum.Parse<StyleFeature>(feature);

        Assert.True(StyleFeatures.MeasureRaw(StyleRequest.None, text)[f] > StyleFeatures.MeasureRaw(StyleRequest.None, plain)[f]);
    }

    [Fact]
    public void Length_against_the_request_counts_only_where_brevity_was_asked_for()
    {
        const string Text = "One two three.";

        Assert.Equal(0, StyleFeatures.MeasureRaw(StyleRequest.Read("What is it?"), Text)[StyleFeature.LengthAgainstRequest]);
        Assert.Equal(Math.Log(4), StyleFeatures.MeasureRaw(StyleRequest.Read("What is it, briefly?"), Text)[StyleFeature.LengthAgainstRequest], 9);
    }

    [Fact]
    public void A_text_that_takes_up_the_request_is_relevant_and_one_that_copies_it_echoes()
    {
        StyleRequest request = StyleRequest.Read("How do penguins survive winter storms?");

        StyleVector relevant = StyleFeatures.MeasureRaw(request, "Storms in winter are what penguins are built for.");
        StyleVector echo = StyleFeatures.MeasureRaw(request, "How do penguins survive winter storms? They huddle.");

        Assert.True(relevant[StyleFeature.Relevance] > 0);
        Assert.Equal(0, relevant[StyleFeature.Echo]);
        Assert.True(echo[StyleFeature.Echo] > 0);
    }

    [Fact]
    public void Every_text_has_finite_features() =>
        Gen.Select(Nasty.Text, Nasty.Text).Sample((request, text) =>
        {
            StyleVector v = StyleFeatures.Measure(StyleRequest.Read(request), text);
            for (int i = 0; i < StyleVector.Count; i++)
            {
                Assert.True(double.IsFinite(v[i]), ((StyleFeature)i).ToString());
            }
        });

    [Fact]
    public void A_long_text_is_measured_like_its_parts()
    {
        string text = string.Concat(Enumerable.Range(0, 3000).Select(i => $"word{i} "));

        StyleVector v = StyleFeatures.MeasureRaw(StyleRequest.None, text);

        Assert.Equal(1, v[StyleFeature.Variety]);
        Assert.Equal(Math.Log(3000 / 80.0), v[StyleFeature.LongWinded], 9);
    }
}
