using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Tests.Judging;

public class SaveTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_file_of_a_judge()
    {
        using var folder = new TemporaryFolder();

        await Judges.OfPersonaAndDemos.SaveAsync(folder.File("ann.judge.json"), Ct);

        Snapshot.Match(await File.ReadAllTextAsync(folder.File("ann.judge.json"), Ct), extension: "json");
    }

    [Theory]
    [MemberData(nameof(Judges.Methods), MemberType = typeof(Judges))]
    public async Task A_loaded_judge_is_saved_with_the_same_bytes(JudgeMethod method)
    {
        using var folder = new TemporaryFolder();
        await Judges.Of(method).SaveAsync(folder.File("one.judge.json"), Ct);

        JudgeArtefact loaded = await JudgeArtefact.LoadAsync(folder.File("one.judge.json"), Ct);
        await loaded.SaveAsync(folder.File("two.judge.json"), Ct);

        Assert.Equal(await File.ReadAllBytesAsync(folder.File("one.judge.json"), Ct), await File.ReadAllBytesAsync(folder.File("two.judge.json"), Ct));
    }

    [Theory]
    [MemberData(nameof(Judges.Methods), MemberType = typeof(Judges))]
    public async Task A_loaded_judge_sends_the_same_prompts_and_gives_the_same_verdicts(JudgeMethod method)
    {
        using var folder = new TemporaryFolder();
        var judge = new PersonalizedJudge(Judges.Of(method), Model.Perfect().Client);
        await judge.SaveAsync(folder.File("ann.judge.json"), Ct);

        PersonalizedJudge loaded = await PersonalizedJudge.LoadAsync(folder.File("ann.judge.json"), Model.Perfect().Client, cancellationToken: Ct);

        Assert.Equal(method, loaded.Method);
        Assert.Equal(judge.ToJudgePrompt(), loaded.ToJudgePrompt());
        Assert.Equal(judge.ToGenerationPrompt(), loaded.ToGenerationPrompt());
        Assert.Equal(judge.Artefact.Reliability, loaded.Artefact.Reliability);
        Verdict before = await judge.CompareAsync(Judges.Eggs, "good 1.", "bad 1.", Ct);
        Verdict after = await loaded.CompareAsync(Judges.Eggs, "good 1.", "bad 1.", Ct);
        Assert.Equal((before.Preferred, before.Confidence, before.Usage), (after.Preferred, after.Confidence, after.Usage));
    }

    [Fact]
    public async Task Where_it_comes_from_is_kept()
    {
        using var folder = new TemporaryFolder();
        await Judges.OfPersonaAndDemos.SaveAsync(folder.File("ann.judge.json"), Ct);

        JudgeProvenance loaded = (await JudgeArtefact.LoadAsync(folder.File("ann.judge.json"), Ct)).Provenance;

        JudgeProvenance saved = Judges.OfPersonaAndDemos.Provenance;
        Assert.Equal(saved.Candidates, loaded.Candidates);
        Assert.Equal(saved.Notes, loaded.Notes);
        Assert.Equal(saved with { Candidates = [], Notes = [] }, loaded with { Candidates = [], Notes = [] });
    }

    [Fact]
    public async Task Any_text_survives()
    {
        using var folder = new TemporaryFolder();
        string all = string.Concat(Nasty.Fragments);
        var demo = new Demo<JudgePreferenceForPersona>(
            new JudgePreferenceForPersona(all, Conversation.FromUser(all), all, "b", Preference.Second), all, Verified: true);
        var artefact = new JudgeArtefact { Method = JudgeMethod.PersonaAndDemos, Persona = all, Instructions = all, Demos = [demo] };
        await artefact.SaveAsync(folder.File("ann.judge.json"), Ct);

        JudgeArtefact loaded = await JudgeArtefact.LoadAsync(folder.File("ann.judge.json"), Ct);

        Assert.Equal((all, all), (loaded.Persona, loaded.Instructions));
        Assert.Equal(demo, Assert.Single(loaded.Demos));
    }

    [Fact]
    public async Task A_save_replaces_the_earlier_file_and_leaves_no_part_behind()
    {
        using var folder = new TemporaryFolder();
        await Judges.Generic.SaveAsync(folder.File("ann.judge.json"), Ct);

        await Judges.OfPersona.SaveAsync(folder.File("ann.judge.json"), Ct);

        Assert.Equal(["ann.judge.json"], folder.Names);
        Assert.Equal(JudgeMethod.Persona, (await JudgeArtefact.LoadAsync(folder.File("ann.judge.json"), Ct)).Method);
    }

    [Fact]
    public async Task A_cancelled_save_leaves_the_earlier_file_as_it_was()
    {
        using var folder = new TemporaryFolder();
        await Judges.Generic.SaveAsync(folder.File("ann.judge.json"), Ct);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Judges.OfPersona.SaveAsync(folder.File("ann.judge.json"), new CancellationToken(canceled: true)));

        Assert.Equal(["ann.judge.json"], folder.Names);
        Assert.Equal(JudgeMethod.Generic, (await JudgeArtefact.LoadAsync(folder.File("ann.judge.json"), Ct)).Method);
    }

    [Fact]
    public async Task A_save_that_fails_leaves_no_part_behind()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("ann.judge.json"));

        await Assert.ThrowsAnyAsync<Exception>(() => Judges.Generic.SaveAsync(folder.File("ann.judge.json"), Ct));

        Assert.Equal(["ann.judge.json"], folder.Names);
    }
}
