using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators.Tests.Diagnostics;

/// <summary>The table of rules, its cases and its release notes agree.</summary>
public class RuleTableTests
{
    private static readonly DiagnosticDescriptor[] Rules =
    [
        .. typeof(Rules).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<DiagnosticDescriptor>(),
    ];

    [Fact]
    public void Every_rule_has_a_case() => Assert.Equal(Rules.Select(r => r.Id).Order(), Misuse.All.Select(m => m.Rule).Distinct().Order());

    [Fact]
    public void Ids_are_unique() => Assert.Distinct(Rules.Select(r => r.Id));

    [Fact]
    public void Every_rule_is_in_the_release_notes()
    {
        string[] listed = [.. File.ReadLines(ReleaseNotes()).Where(l => l.StartsWith("SM", StringComparison.Ordinal))];
        Assert.Equal(Rules.Select(r => $"{r.Id} | {r.Category} | {r.DefaultSeverity} | {r.Title}").Order(), listed.Order());
    }

    private static string ReleaseNotes([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../../SynthesizeMe.Generators/AnalyzerReleases.Unshipped.md");
}
