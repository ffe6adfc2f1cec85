using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Generators.Tests.Templates;

/// <summary>Every mistake in a template is reported in the template, with its cure.</summary>
public partial class TemplateRuleTests
{
    public static TheoryData<string> Cases => [.. TemplateMisuse.All.Select(m => m.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_mistake_says_what_is_wrong_where_and_the_cure(string id)
    {
        TemplateMisuse misuse = TemplateMisuse.All.Single(m => m.Id == id);
        Compiled compiled = Compiled.With(TemplateMisuse.Source, misuse.Files);
        var report = new StringBuilder(misuse.Template).Append("\n\n");
        foreach (Diagnostic problem in compiled.Problems)
        {
            FileLinePositionSpan at = problem.Location.GetLineSpan();
            string message = problem.GetMessage(CultureInfo.InvariantCulture);
            report.Append(CultureInfo.InvariantCulture, $"{problem.Severity} {problem.Id} {at.Path}({at.StartLinePosition.Line + 1},{at.StartLinePosition.Character + 1})-({at.EndLinePosition.Line + 1},{at.EndLinePosition.Character + 1}): {message}\n");
            Assert.Matches(Cure(), message);
        }

        Assert.Null(compiled.Exception);
        Assert.Equal([misuse.Rule], compiled.Problems.Select(p => p.Id).Distinct());
        Snapshot.Match(report.ToString(), id);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_signature_itself_is_generated_all_the_same(string id)
    {
        TemplateMisuse misuse = TemplateMisuse.All.Single(m => m.Id == id);
        Compiled compiled = Compiled.With(TemplateMisuse.Source, misuse.Files);
        bool warning = compiled.Problems.All(p => p.Severity == DiagnosticSeverity.Warning);
        Assert.Empty(compiled.Complaints);
        Assert.Equal(warning, compiled.OnlyFile().Contains("HasTemplate", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\b(write|put|add|use|give|name)\b")]
    private static partial Regex Cure();
}
