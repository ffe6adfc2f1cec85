using CsCheck;
using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators.Tests.Caching;

/// <summary>What is kept of earlier readings never shows: a driver that has seen earlier text writes what a fresh one writes.</summary>
public class ReuseTests
{
    private const int Sequences = 60;

    public static TheoryData<string> Stale => new(StaleReading.All.Keys);

    [Theory]
    [MemberData(nameof(Stale))]
    public void An_edit_elsewhere_that_matters_is_seen(string edit)
    {
        StaleReading reading = StaleReading.All[edit];
        var project = new Edited();
        string before = project.Run(reading.FilesBefore);
        string after = project.Run(reading.FilesAfter);
        Assert.NotEqual(before, after);
        Assert.Equal(project.RunFresh(reading.FilesAfter), after);
        Assert.Equal(before, project.Run(reading.FilesBefore));
    }

    [Fact]
    public void Another_reference_is_seen()
    {
        (string, string)[] files = [("Judge.cs", Compiled.Usings + "[Signature] public partial record Judge([Input] string Text, [Output] Mood Mood);")];
        MetadataReference old = Compiled.Library("public enum Mood { Good, Bad }");
        MetadataReference young = Compiled.Library("public enum Mood { Good, Fair, Bad }");
        var project = new Edited();
        string before = project.Run(files, old);
        Assert.DoesNotContain("Fair", before, StringComparison.Ordinal);
        Assert.Equal(project.RunFresh(files, young), project.Run(files, young));
        Assert.Contains("Fair", project.Run(files, young), StringComparison.Ordinal);
        Assert.Equal(before, project.Run(files, old));
    }

    [Fact]
    public void A_container_that_is_renamed_is_seen()
    {
        (string, string)[] before = [("Judge.cs", Compiled.Usings + "partial class Box { [Signature] partial record Judge([Input] string Text, [Output] string Answer); }")];
        (string, string)[] after = [("Judge.cs", before[0].Item2.Replace("Box", "Case", StringComparison.Ordinal))];
        var project = new Edited();
        project.Run(before);
        Assert.Equal(project.RunFresh(after), project.Run(after));
    }

    [Fact]
    public void After_any_edits_the_output_is_that_of_a_fresh_driver() =>
        AnyEdits.Sequence.Sample(
            steps =>
            {
                var project = new Edited();
                foreach ((string, string)[] files in steps)
                {
                    Assert.Equal(project.RunFresh(files), project.Run(files));
                }
            },
            iter: Sequences,
            threads: 1);
}
