using SynthesizeMe.Offline;

namespace SynthesizeMe.Tests.Offline;

public class PersonaLanguageTests
{
    public static TheoryData<string, double> Statements =>
        new(from feature in Enum.GetNames<StyleFeature>() from strength in new[] { -4.0, -2, -1, -0.4, 0.4, 1, 2, 4 } select (feature, strength));

    [Theory]
    [MemberData(nameof(Statements))]
    public void What_is_written_of_a_person_is_read_back(string feature, double strength)
    {
        StyleFeature f = Enum.Parse<StyleFeature>(feature);
        StyleVector shift = default;
        shift[f] = strength * PersonaStatement.Unit(StylePrior.General, f);

        string persona = PersonaLanguage.Write(new PreferenceModel(StylePrior.General, shift, default, choices: 1, statements: 0));

        Assert.Equal(new PersonaStatement(f, strength, Relative: true), Assert.Single(PersonaLanguage.Read(persona).Statements));
    }

    [Fact]
    public void No_two_preferences_are_worded_alike() => Assert.Distinct(
        Enum.GetValues<StyleFeature>().SelectMany(f => new[] { StylePhrases.Preference(f, more: true), StylePhrases.Preference(f, more: false) }));

    [Fact]
    public void Of_an_ordinary_person_nothing_is_read()
    {
        string persona = PersonaLanguage.Write(new PreferenceModel(StylePrior.General, default, default, 0, 0));

        Assert.Empty(PersonaLanguage.Read(persona).Statements);
    }

    [Theory]
    [InlineData("likes concise answers", nameof(StyleFeature.Length), -1)]
    [InlineData("hates bullet points", nameof(StyleFeature.ListItems), -2)]
    [InlineData("does not mind exclamation marks", nameof(StyleFeature.Exclamations), 0)]
    [InlineData("really loves examples", nameof(StyleFeature.Examples), 4)]
    [InlineData("slightly prefers a warm tone", nameof(StyleFeature.Warmth), 0.4)]
    [InlineData("avoids emoji", nameof(StyleFeature.Emoji), -1)]
    [InlineData("wants answers without emoji", nameof(StyleFeature.Emoji), -1)]
    [InlineData("prefers prose, not lists", nameof(StyleFeature.ListItems), -1)]
    [InlineData("lives in Ghent", nameof(StyleFeature.Length), 0)]
    [InlineData("", nameof(StyleFeature.Length), 0)]
    public void What_anybody_writes_is_understood(string persona, string feature, double strength) =>
        Assert.Equal(strength, PersonaLanguage.Read(persona).Statements.FirstOrDefault(s => s.Feature == Enum.Parse<StyleFeature>(feature)).Strength);
}
