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

    [Theory]
    [InlineData("{{ inputs.photo | string.upcase }}")]
    [InlineData("{{ inputs.photo + 'x' }}")]
    [InlineData("{{ inputs.photo == inputs.other }}")]
    [InlineData("{{ if inputs.photo }}x{{ end }}")]
    [InlineData("{{ inputs.other ?? inputs.photo }}")]
    [InlineData("{{ inputs.all | array.join ', ' }}")]
    public void An_image_is_neither_text_nor_a_condition(string use)
    {
        Compiled compiled = Compiled.With(
            """
            using Microsoft.Extensions.AI;

            [Signature(Template = "ask.prompt.scriban")]
            public partial record Ask([Input] DataContent Photo, [Input] DataContent? Other, [Input] List<DataContent> All, [Output] string Answer);
            """,
            new TemplateFile("ask.prompt.scriban", use + "{{ instructions }}{{ format }}{{ inputs.photo }}{{ inputs.other }}{{ inputs.all }}{{ demos.size }}"));
        Diagnostic problem = Assert.Single(compiled.Problems);
        Assert.Equal("SM0207", problem.Id);
        Assert.Matches(Cure(), problem.GetMessage(CultureInfo.InvariantCulture));
        Assert.Empty(compiled.Complaints);
    }

    [GeneratedRegex(@"\b(write|put|add|use|give|name)\b")]
    private static partial Regex Cure();
}
