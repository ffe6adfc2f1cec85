using SynthesizeMe.Offline;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Offline;

/// <summary>The offline model reads the personas that it writes.</summary>
public class OwnPersonaTests
{
    public static TheoryData<string> Kinds => ["short", "long", "prose", "bullets"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_judge_that_is_told_only_the_persona_decides_as_one_that_saw_the_choices(string kind)
    {
        (Func<int, string> liked, Func<int, string> disliked) = Of(kind);
        string persona = await Tastes.PersonaOfAsync(liked, disliked);

        string? byPersona = await Tastes.Told(persona).PreferredAsync(liked(9), disliked(9));
        string? byChoices = await Tastes.Told(Tastes.Demos(liked, disliked)).PreferredAsync(liked(9), disliked(9));

        Assert.Equal(liked(9), byChoices);
        Assert.Equal(byChoices, byPersona);
    }

    [Fact]
    public async Task People_of_opposite_taste_have_different_personas() =>
        Assert.NotEqual(await Tastes.PersonaOfAsync(Tastes.Short, Tastes.Long), await Tastes.PersonaOfAsync(Tastes.Long, Tastes.Short));

    [Fact]
    public async Task A_persona_speaks_of_what_was_chosen() =>
        Assert.Contains("lists and bullet points", await Tastes.PersonaOfAsync(Tastes.Bullets, Tastes.Prose), StringComparison.Ordinal);

    [Fact]
    public async Task Of_a_person_without_choices_the_persona_says_that_nothing_stands_out() =>
        Assert.StartsWith("Nothing in this person's choices stands out", await Tastes.PersonaOfAsync(Tastes.Short, Tastes.Long, count: 0), StringComparison.Ordinal);

    [Theory]
    [InlineData("Name at most 1 preference.", 1)]
    [InlineData("Write it short, with At Most 2 preferences.", 2)]
    public async Task It_names_as_many_preferences_as_its_instructions_allow(string instructions, int most)
    {
        Predict<SynthesizePersona> program = SynthesizePersona.Predict(new OfflineModel());
        Judgement[] judgements = [.. Enumerable.Range(0, 8).Select(i => new Judgement(Tastes.Question(i), Tastes.Short(i), Tastes.Long(i), null))];

        string free = (await program.PredictAsync(judgements, TestContext.Current.CancellationToken)).Value.Persona;
        string bound = (await program.With(new PredictorState(instructions, [])).PredictAsync(judgements, TestContext.Current.CancellationToken)).Value.Persona;

        Assert.True(PersonaLanguage.Read(free).Statements.Count > most);
        Assert.Equal(most, PersonaLanguage.Read(bound).Statements.Count);
    }

    [Fact]
    public async Task The_order_of_the_choices_does_not_matter()
    {
        string forward = await Tastes.PersonaOfAsync(Tastes.Short, Tastes.Long);
        string backward = await Tastes.PersonaOfAsync(i => Tastes.Short(7 - i), i => Tastes.Long(7 - i));

        Assert.Equal(forward, backward);
    }

    private static (Func<int, string> Liked, Func<int, string> Disliked) Of(string kind) => kind switch
    {
        "short" => (Tastes.Short, Tastes.Long),
        "long" => (Tastes.Long, Tastes.Short),
        "prose" => (Tastes.Prose, Tastes.Bullets),
        _ => (Tastes.Bullets, Tastes.Prose),
    };
}
