using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Rewards;

public sealed class StyleEmbeddingsTests
{
    private const string Short = "Six minutes.";
    private const string Long = "Certainly! Here is how:\n- Bring plenty of water to the boil in a large pan.\n- Put the eggs in with a spoon, one after the other.\n- Wait for six minutes, then put them under cold water.";

    private static readonly Conversation Eggs = Conversation.FromUser("How long do eggs boil?");

    [Fact]
    public async Task The_same_text_gives_the_same_numbers_and_another_text_others()
    {
        float[][] vectors = await EmbedAsync(Short, Short, Long);

        Assert.Equal(vectors[0], vectors[1]);
        Assert.NotEqual(vectors[0], vectors[2]);
        Assert.All(vectors, v => Assert.Equal(StyleEmbeddings.Dimensions, v.Length));
    }

    [Fact]
    public async Task Of_a_reward_text_the_completion_alone_is_measured_against_what_was_asked()
    {
        float[][] vectors = await EmbedAsync(
            Short,
            RewardText.Write(new(Conversation.Empty, Short), RewardConditions.None),
            RewardText.Write(new(Conversation.FromUser("Briefly: how long do eggs boil?"), Short), RewardConditions.None));

        Assert.Equal(vectors[0], vectors[1]);
        Assert.NotEqual(vectors[1], vectors[2]);
    }

    [Fact]
    public async Task A_persona_and_choices_say_how_well_a_text_suits_the_person()
    {
        var brief = new JudgeArtefact { Method = JudgeMethod.Persona, Persona = "This person likes short answers and dislikes bullet points." };
        var lengthy = new JudgeArtefact { Method = JudgeMethod.Persona, Persona = "This person likes long answers and likes bullet points." };
        var choices = new JudgeArtefact
        {
            Method = JudgeMethod.Demos,
            Demos = [new Demo<JudgePreference>(new JudgePreference(Conversation.FromUser("Name a fruit."), Long, "Pear.", Preference.Second), null)],
        };

        Assert.True(await SuitAsync(brief, 31, Short) > await SuitAsync(brief, 31, Long));
        Assert.True(await SuitAsync(lengthy, 31, Short) < await SuitAsync(lengthy, 31, Long));
        Assert.True(await SuitAsync(choices, 32, Short) > await SuitAsync(choices, 32, Long));
        Assert.Equal(0, await SuitAsync(brief, 32, Short));
        Assert.Equal(0, await SuitAsync(choices, 31, Short));
    }

    [Fact]
    public async Task People_do_not_mix_when_their_texts_follow_one_another()
    {
        string[] texts =
        [
            .. new[] { "This person likes short answers.", "This person likes long answers." }.SelectMany(p => new[] { Short, Long }.Select(c =>
                RewardText.Write(new(Eggs, c) { Person = new("u", new JudgeArtefact { Method = JudgeMethod.Persona, Persona = p }) }, RewardConditions.Persona))),
        ];

        float[][] together = await EmbedAsync([.. texts, texts[0]]);

        Assert.Equal(together[0], together[4]);
        for (int i = 0; i < texts.Length; i++)
        {
            Assert.Equal((await EmbedAsync(texts[i]))[0], together[i]);
        }
    }

    private static async Task<float> SuitAsync(JudgeArtefact judge, int dimension, string completion) => (await EmbedAsync(
        RewardText.Write(new(Eggs, completion) { Person = new("u", judge) }, RewardConditions.Persona | RewardConditions.Demos)))[0][dimension];

    private static async Task<float[][]> EmbedAsync(params string[] texts)
    {
        using var embeddings = new StyleEmbeddings();
        return [.. (await embeddings.GenerateAsync(texts, cancellationToken: TestContext.Current.CancellationToken)).Select(e => e.Vector.ToArray())];
    }
}
