using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Tests.Synthesis;

/// <summary>Programs that write personas: those of the reference implementation become ours, and a fit uses and records them.</summary>
public class PersonaProgramTests
{
    private static readonly string Block = """
        ================================================
        **Conversation**: [user]: Q
        ===
        **Completion One (FIRST COMPLETION)**: «A»
        ===
        **Completion Two (SECOND COMPLETION)**: «B»
        ===
        **Reasoning**: «R»
        ===
        **TRUE USER PREFERENCE**: Second
        ================================================
        """.ReplaceLineEndings("\n");

    [Fact]
    public async Task A_program_of_the_reference_becomes_ours()
    {
        DspyImport import = PersonaPrograms.ReadDspy(await File.ReadAllTextAsync(ReferencePrograms.Good, TestContext.Current.CancellationToken));
        Snapshot.Match($"{ProgramStateJson.Write(import.State)}\nleft out\n{string.Join('\n', import.LeftOut)}\n", extension: "json");
        Assert.Empty(import.Converted);
        Assert.Equal(ProgramStateJson.Write(import.State), ProgramStateJson.Write(PersonaPrograms.Read(ProgramStateJson.Write(import.State))));
    }

    [Theory]
    [InlineData("Second", "Fourth", "judgement 1 of 1: the preference is 'Fourth', and neither First nor Second")]
    [InlineData("**Reasoning**", "**Conversation**", "judgement 1 of 1: '**Conversation**:' stands twice or in another place than it should, so what is whose text cannot be told")]
    [InlineData("«A»", "«A\n**Reasoning**: x»", "judgement 1 of 1: '**Completion Two (SECOND COMPLETION)**:' stands twice or in another place than it should, so what is whose text cannot be told")]
    [InlineData("**TRUE USER PREFERENCE**", "PREFERENCE", "judgement 1 of 1: there is no '**TRUE USER PREFERENCE**:'")]
    public void A_judgement_that_could_mean_two_things_is_refused(string old, string changed, string problem) =>
        Assert.Equal(problem, Assert.Throws<FormatException>(() => JudgementText.Parse(Block.Replace(old, changed, StringComparison.Ordinal))).Message);

    [Theory]
    [InlineData("")]
    [InlineData("\n \n")]
    public void A_text_without_a_judgement_is_refused(string text) => Assert.Throws<FormatException>(() => JudgementText.Parse(text));

    [Theory]
    [InlineData("[user]: Q", "user:\n  Q")]
    [InlineData("[USER]: Q\n[model]: A\nB", "user:\n  Q\nassistant:\n  A\n  B")]
    [InlineData("Q", "user:\n  Q")]
    [InlineData("", "")]
    [InlineData("«Q»", "user:\n  «Q»")]
    public void The_conversation_is_read_with_its_speakers(string written, string read) =>
        Assert.Equal(read, Assert.Single(JudgementText.Parse(Block.Replace("[user]: Q", written, StringComparison.Ordinal))).Conversation.ToString());

    [Fact]
    public void The_preferred_completion_comes_first_and_the_layout_may_be_indented()
    {
        var expected = new Judgement(Conversation.FromUser("Q"), "B", "A", "R");
        Assert.Equal([expected], JudgementText.Parse(Block));
        Assert.Equal([expected], JudgementText.Parse(Block.Replace("\n", "\n    ", StringComparison.Ordinal)));
        Assert.Equal([expected, expected], JudgementText.Parse($"{Block}\n\n\n{Block}"));
        Assert.Equal([expected with { Reasoning = null }], JudgementText.Parse(Block.Replace("**Reasoning**: «R»\n===\n", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_fit_asks_for_the_persona_with_the_program_and_records_it()
    {
        ProgramState program = PersonaPrograms.ReadDspy(await File.ReadAllTextAsync(ReferencePrograms.Good, TestContext.Current.CancellationToken)).State;
        Model with = Model.Perfect(), without = Model.Perfect();

        Fit tuned = await with.FitAsync(Pairs.Of(10), Fits.Published with { PersonaProgram = program });
        Fit plain = await without.FitAsync(Pairs.Of(10), Fits.Published);

        Assert.Contains("Build a persona from the judgements.", with.PersonaRequest.Text, StringComparison.Ordinal);
        Assert.Equal(2, with.PersonaRequest.Demos.Count);
        Assert.Empty(without.PersonaRequest.Demos);
        Assert.Matches("^[0-9a-f]{64}$", tuned.Judge.Artefact.Provenance.PersonaProgram);
        Assert.Null(plain.Judge.Artefact.Provenance.PersonaProgram);
        Assert.NotEqual(
            tuned.Judge.Artefact.Provenance.PersonaProgram,
            (await Model.Perfect().FitAsync(Pairs.Of(10), Fits.Published with { PersonaProgram = ProgramState.Empty })).Judge.Artefact.Provenance.PersonaProgram);
    }

    [Fact]
    public async Task The_record_is_saved_with_the_judge()
    {
        using var folder = new TemporaryFolder();
        Fit fit = await Model.Perfect().FitAsync(Pairs.Of(10), Fits.Published with { PersonaProgram = ProgramState.Empty.With("self", new PredictorState("Briefly.", [])) });
        string path = folder.File("a.judge.json");
        await fit.Judge.SaveAsync(path, TestContext.Current.CancellationToken);
        Assert.Equal(fit.Judge.Artefact.Provenance.PersonaProgram, (await JudgeArtefact.LoadAsync(path, TestContext.Current.CancellationToken)).Provenance.PersonaProgram);
    }

    [Fact]
    public void A_state_of_another_program_is_refused_before_anything_is_asked()
    {
        Model model = Model.Perfect();
        Assert.Throws<ArgumentException>(() => new PersonaSynthesizer(
            model.Client, new() { PersonaProgram = ProgramState.Empty.With("other", new PredictorState("Briefly.", [])) }));
        Assert.Equal(0, model.Calls);
    }
}
