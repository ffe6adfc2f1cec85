using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using SynthesizeMe.Generators.Tests.Advice;
using SynthesizeMe.Generators.Tests.Templates;

namespace SynthesizeMe.Generators.Tests.Diagnostics;

/// <summary>The table of rules, its cases and its release notes agree.</summary>
public class RuleTableTests
{
    internal static readonly DiagnosticDescriptor[] Rules =
    [
        .. typeof(Rules).Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(f => f.FieldType == typeof(DiagnosticDescriptor))
            .Select(f => (DiagnosticDescriptor)f.GetValue(null)!),
    ];

    [Fact]
    public void Every_rule_has_a_case() => Assert.Equal(
        Rules.Select(r => r.Id).Order(),
        Misuse.All.Concat(Unwise.All).Select(m => m.Rule).Concat(TemplateMisuse.All.Select(m => m.Rule)).Distinct().Order());

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
