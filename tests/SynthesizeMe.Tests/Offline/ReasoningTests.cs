using SynthesizeMe.Testing;

namespace SynthesizeMe.Tests.Offline;

/// <summary>The reasoning names what decided, and whether general taste, the persona or the person's own choices stand behind it.</summary>
public class ReasoningTests
{
    [Fact]
    public async Task Of_a_person_nothing_is_known_about_it_names_general_taste() =>
        Snapshot.Match(await Tastes.Told().ReasoningAsync(Tastes.Short(9), Tastes.Long(9)));

    [Fact]
    public async Task With_choices_it_names_them() =>
        Snapshot.Match(await Tastes.Told(Tastes.Demos(Tastes.Short, Tastes.Long)).ReasoningAsync(Tastes.Short(9), Tastes.Long(9)));

    [Fact]
    public async Task With_a_persona_it_names_what_the_persona_says() =>
        Snapshot.Match(await Tastes.Told("This person hates bullet points.").ReasoningAsync(Tastes.Prose(9), Tastes.Bullets(9)));

    [Fact]
    public async Task Texts_that_are_written_alike_are_no_decision() =>
        Assert.Equal(
            "The two completions are written alike, so nothing decides. I take the first.",
            await Tastes.Told().ReasoningAsync("Boil the egg.", "Boil the egg."));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_ends_with_the_answer(bool shortFirst)
    {
        PersonalizedJudge judge = Tastes.Told(Tastes.Demos(Tastes.Short, Tastes.Long));

        string reasoning = shortFirst
            ? await judge.ReasoningAsync(Tastes.Short(9), Tastes.Long(9))
            : await judge.ReasoningAsync(Tastes.Long(9), Tastes.Short(9));

        Assert.EndsWith(shortFirst ? "So the first." : "So the second.", reasoning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_persona_in_its_own_words() => Snapshot.Match(await Tastes.PersonaOfAsync(Tastes.Bullets, Tastes.Prose));
}
