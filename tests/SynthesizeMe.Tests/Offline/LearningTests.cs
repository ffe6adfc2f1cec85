namespace SynthesizeMe.Tests.Offline;

public class LearningTests
{
    [Fact]
    public async Task Who_was_seen_to_like_short_answers_is_given_the_short_one()
    {
        PersonalizedJudge judge = Tastes.Told(Tastes.Demos(Tastes.Short, Tastes.Long));

        Assert.Equal(Tastes.Short(9), await judge.PreferredAsync(Tastes.Short(9), Tastes.Long(9)));
    }

    [Fact]
    public async Task Who_was_seen_to_like_long_answers_is_given_the_long_one()
    {
        PersonalizedJudge judge = Tastes.Told(Tastes.Demos(Tastes.Long, Tastes.Short));

        Assert.Equal(Tastes.Long(9), await judge.PreferredAsync(Tastes.Short(9), Tastes.Long(9)));
    }

    [Fact]
    public async Task Who_was_seen_to_dislike_bullet_points_is_given_prose()
    {
        PersonalizedJudge judge = Tastes.Told(Tastes.Demos(Tastes.Prose, Tastes.Bullets));

        Assert.Equal(Tastes.Prose(9), await judge.PreferredAsync(Tastes.Prose(9), Tastes.Bullets(9)));
    }

    [Fact]
    public async Task Who_was_seen_to_like_bullet_points_is_given_a_list()
    {
        PersonalizedJudge judge = Tastes.Told(Tastes.Demos(Tastes.Bullets, Tastes.Prose));

        Assert.Equal(Tastes.Bullets(9), await judge.PreferredAsync(Tastes.Prose(9), Tastes.Bullets(9)));
    }

    [Fact]
    public async Task Of_a_person_nothing_is_known_about_both_kinds_get_the_same_answer()
    {
        PersonalizedJudge judge = Tastes.Told();

        Assert.Equal(await judge.PreferredAsync(Tastes.Short(9), Tastes.Long(9)), await judge.PreferredAsync(Tastes.Long(9), Tastes.Short(9)));
    }

    [Theory]
    [InlineData("This person likes concise answers.", true)]
    [InlineData("Likes brevity and has no patience for rambling.", true)]
    [InlineData("She prefers short answers to long ones.", true)]
    [InlineData("This person dislikes short answers.", false)]
    [InlineData("Wants thorough, detailed answers.", false)]
    [InlineData("They love long explanations and hate one-liners.", false)]
    public async Task A_persona_is_heeded_about_length(string persona, bool wantsShort) =>
        Assert.Equal(wantsShort ? Tastes.Short(9) : Tastes.Long(9), await Tastes.Told(persona).PreferredAsync(Tastes.Short(9), Tastes.Long(9)));

    [Theory]
    [InlineData("This person hates bullet points.", false)]
    [InlineData("Prefers flowing prose.", false)]
    [InlineData("He does not like lists.", false)]
    [InlineData("This person loves bullet points.", true)]
    [InlineData("Likes lists rather than prose.", true)]
    public async Task A_persona_is_heeded_about_lists(string persona, bool wantsBullets) =>
        Assert.Equal(wantsBullets ? Tastes.Bullets(9) : Tastes.Prose(9), await Tastes.Told(persona).PreferredAsync(Tastes.Prose(9), Tastes.Bullets(9)));

    [Fact]
    public async Task A_persona_about_other_things_changes_nothing()
    {
        string? generic = await Tastes.Told().PreferredAsync(Tastes.Short(9), Tastes.Long(9));

        Assert.Equal(generic, await Tastes.Told("This person lives in Ghent with two cats.").PreferredAsync(Tastes.Short(9), Tastes.Long(9)));
    }

    [Fact]
    public async Task A_strong_persona_outweighs_a_single_choice()
    {
        const string Persona = "This person very strongly likes concise answers.";
        PersonalizedJudge judge = Tastes.Told(Persona, Tastes.Demos(Tastes.Long, Tastes.Short, count: 1).With(Persona));

        Assert.Equal(Tastes.Short(9), await judge.PreferredAsync(Tastes.Short(9), Tastes.Long(9)));
    }

    [Fact]
    public async Task Persona_and_choices_that_agree_are_both_named()
    {
        const string Persona = "This person likes concise answers.";
        PersonalizedJudge judge = Tastes.Told(Persona, Tastes.Demos(Tastes.Short, Tastes.Long).With(Persona));

        string reasoning = await judge.ReasoningAsync(Tastes.Short(9), Tastes.Long(9));

        Assert.Contains("The persona", reasoning, StringComparison.Ordinal);
        Assert.Contains("this person's earlier choices", reasoning, StringComparison.Ordinal);
    }
}
