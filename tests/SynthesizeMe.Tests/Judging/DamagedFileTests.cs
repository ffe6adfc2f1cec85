using System.Text.Json.Nodes;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Tests.Judging;

public class DamagedFileTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("empty", "")]
    [InlineData("null", "null")]
    [InlineData("list", "[]")]
    [InlineData("half", "{\"schemaVersion\": 1, \"meth")]
    [InlineData("no-version", "{\"method\": \"Generic\"}")]
    [InlineData("no-state", "{\"schemaVersion\": 1, \"method\": \"Generic\"}")]
    [InlineData("another-version-that-looks-otherwise", "{\"schemaVersion\": 2, \"judge\": {\"kind\": \"rubric\"}}")]
    public async Task A_file_that_is_no_judge_is_named_with_what_is_wrong(string name, string json) => Snapshot.Match(await RefuseAsync(json), name);

    [Fact]
    public async Task A_newer_file_says_to_update_the_library() =>
        Snapshot.Match(await RefuseAsync(Changed(Judges.OfPersona, judge => judge["schemaVersion"] = 2)));

    [Fact]
    public async Task A_newer_file_with_a_method_of_its_own_says_to_update_the_library() => Snapshot.Match(await RefuseAsync(Changed(Judges.OfPersona, judge =>
    {
        judge["schemaVersion"] = 2;
        judge["method"] = "Rubric";
    })));

    [Theory]
    [InlineData("text", "\"Rubric\"")]
    [InlineData("number", "17")]
    [InlineData("null", "null")]
    public async Task An_unknown_method_is_refused(string name, string method) =>
        Snapshot.Match(await RefuseAsync(Changed(Judges.OfPersona, judge => judge["method"] = JsonNode.Parse(method))), name);

    [Fact]
    public async Task A_method_with_a_persona_needs_one() =>
        Snapshot.Match(await RefuseAsync(Changed(Judges.OfPersona, judge => judge["persona"] = null)));

    [Fact]
    public async Task A_method_without_a_persona_has_none() =>
        Snapshot.Match(await RefuseAsync(Changed(Judges.Generic, judge => judge["persona"] = Judges.Persona)));

    [Fact]
    public async Task Demonstrations_of_another_signature_are_refused() => Snapshot.Match(await RefuseAsync(Changed(Judges.OfDemos, judge =>
    {
        judge["method"] = "PersonaAndDemos";
        judge["persona"] = Judges.Persona;
    })));

    [Fact]
    public async Task A_demonstration_without_a_preference_is_refused() => Snapshot.Match(await RefuseAsync(Changed(
        Judges.OfDemos,
        judge => judge["state"]!["predictors"]!["self"]!["demos"]![1]!.AsObject().Remove("preference"))));

    [Fact]
    public async Task A_state_of_another_program_is_refused() => Snapshot.Match(await RefuseAsync(Changed(
        Judges.Generic,
        judge => judge["state"]!["predictors"]!["critic"] = JsonNode.Parse("{\"demos\": []}"))));

    [Theory]
    [InlineData("candidates")]
    [InlineData("notes")]
    public async Task A_list_of_the_provenance_may_not_be_null(string list) =>
        Assert.Contains("it cannot be read as a judge", await RefuseAsync(Changed(Judges.OfPersona, judge => judge["provenance"]![list] = null)), StringComparison.Ordinal);

    [Fact]
    public async Task A_file_that_is_not_there_is_an_IO_error() =>
        await Assert.ThrowsAnyAsync<IOException>(() => JudgeArtefact.LoadAsync("nowhere/ann.judge.json", Ct));

    /// <summary>The message about a file with this content, with the file named as <c>ann.judge.json</c>.</summary>
    private static async Task<string> RefuseAsync(string json)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("ann.judge.json");
        await File.WriteAllTextAsync(path, json, Ct);
        var e = await Assert.ThrowsAsync<JudgeArtefactException>(() => JudgeArtefact.LoadAsync(path, Ct));
        Assert.Equal(path, e.Path);
        Assert.StartsWith(path + ": ", e.Message, StringComparison.Ordinal);
        return e.Message.Replace(folder.Path + Path.DirectorySeparatorChar, "", StringComparison.Ordinal);
    }

    private static string Changed(JudgeArtefact artefact, Action<JsonNode> change)
    {
        JsonNode json = JsonNode.Parse(JudgeArtefactJson.Write(artefact))!;
        change(json);
        return json.ToJsonString();
    }
}
