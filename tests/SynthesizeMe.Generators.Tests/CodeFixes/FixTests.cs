using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using SynthesizeMe.Generators.Tests.Diagnostics;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Generators.Tests.CodeFixes;

/// <summary>A fix mends what it is offered for, and leaves the rest of the file as its author wrote it.</summary>
public class FixTests
{
    public static TheoryData<string> Cases => [.. Fixable.All.Select(m => m.Id)];

    public static TheoryData<string, string, string> Many => new()
    {
        { "SM0001", "MakePartial", "class Outer { [Signature] record A([Input] string Q, [Output] string R); [Signature] record B([Input] string Q, [Output] string R); }" },
        { "SM0006", "Input", "[Signature] partial record A(string P, string Q, [Output] string R); [Signature] partial record B(int Q, [Output] string R);" },
        { "SM0007", "Output", "[Signature] partial record A([Input, Output] string P, [Output, Input] string Q, [Input] string R);" },
        { "SM0010", "RenameField", "[Signature] partial record A([Input] string One, [Input] string one, [Output] string @One_, [Output] string oNE, [Output] string ONE);" },
        { "SM0011", "RenameField", "[Signature] partial record A([Input] string Completed, [Input] string Respond, [Output] string Inputs);" },
        { "SM0014", "Signature", "record A([Input] string P, [Input] string Q, [Output] string R);" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_fix_mends_the_code(string id)
    {
        Misuse misuse = Fixable.All.Single(m => m.Id == id);
        Snapshot.Match(await FixesOf(misuse.Rule, Compiled.Usings + misuse.Source), id);
    }

    [Theory]
    [InlineData("SM0006")]
    [InlineData("SM0008")]
    [InlineData("SM0105")]
    [InlineData("SM0106")]
    public async Task Names_are_written_out_where_nothing_is_imported(string rule) =>
        Snapshot.Match(await FixesOf(rule, Fixable.WithoutUsings), rule);

    [Fact]
    public async Task The_line_endings_of_the_file_are_kept()
    {
        string source = Compiled.Usings.Replace("\n", "\r\n") + "namespace Some.Where;\r\n\r\npublic record Judge([Input] string Question);\r\n";
        using var workbench = new Workbench(source);
        Diagnostic problem = Assert.Single(await Workbench.DiagnoseAsync(workbench.Document));
        (_, Document mended) = Assert.Single(await workbench.OfferAsync(problem));
        string text = (await mended.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        Assert.EndsWith("\r\n[Signature]\r\npublic partial record Judge([Input] string Question);\r\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Many))]
    public async Task One_fix_mends_a_whole_file(string rule, string key, string source)
    {
        using var workbench = new Workbench(Compiled.Usings + source);
        Document mended = await workbench.FixAllAsync(rule, key);
        Assert.DoesNotContain(await Workbench.DiagnoseAsync(mended), d => d.Id == rule);
        Snapshot.Match($"{source}\n\n{await Workbench.TextAsync(mended)}\n", rule);
    }

    [Fact]
    public void Fixes_are_for_rules_that_there_are() => Assert.Subset(RuleTableTests.Rules.Select(r => r.Id).ToHashSet(), Workbench.FixedRules.ToHashSet());

    [Fact]
    public void Every_fix_has_a_case() => Assert.Equal(Workbench.FixedRules.Order(), Fixable.Rules.Order());

    /// <summary>Applies every fix of a rule to a file, and checks that each one mends it.</summary>
    private static async Task<string> FixesOf(string rule, string source)
    {
        using var workbench = new Workbench(source);
        var report = new StringBuilder(await Workbench.TextAsync(workbench.Document)).Append('\n');
        Diagnostic[] problems = [.. (await Workbench.DiagnoseAsync(workbench.Document)).Where(d => d.Id == rule)];
        Assert.NotEmpty(problems);
        foreach (Diagnostic problem in problems)
        {
            IReadOnlyList<(CodeAction, Document)> offers = await workbench.OfferAsync(problem);
            if (offers.Count == 0)
            {
                report.Append("\n-- no fix\n");
            }

            foreach ((CodeAction action, Document mended) in offers)
            {
                int left = (await Workbench.DiagnoseAsync(mended)).Count(d => d.Id == rule);
                Assert.True(left < problems.Length, $"{action.Title} left {left} problems: {await Workbench.TextAsync(mended)}");
                SyntaxTree tree = (await mended.GetSyntaxTreeAsync(TestContext.Current.CancellationToken))!;
                Assert.Empty(tree.GetDiagnostics(TestContext.Current.CancellationToken));
                Assert.NotNull(action.EquivalenceKey);
                report.Append($"\n-- {action.Title}\n{await Workbench.TextAsync(mended)}\n");
            }
        }

        return report.ToString();
    }
}
