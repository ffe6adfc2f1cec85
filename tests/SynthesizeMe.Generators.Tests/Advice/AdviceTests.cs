using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using SynthesizeMe.Generators.Tests.Diagnostics;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Generators.Tests.Advice;

/// <summary>What is unwise is said where it stands, and what is wise is left alone.</summary>
public partial class AdviceTests
{
    public static TheoryData<string> Cases => [.. Unwise.All.Select(m => m.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Advice_says_what_is_unwise_and_the_cure(string id)
    {
        Misuse misuse = Unwise.All.Single(m => m.Id == id);
        Compiled compiled = Compiled.From(Marked().Replace(misuse.Source, "$1"));
        Assert.Empty(compiled.Problems);
        var report = new StringBuilder(misuse.Source).Append("\n\n");
        var places = new List<string>();
        foreach (Diagnostic advice in await On(compiled))
        {
            LinePositionSpan at = advice.Location.GetLineSpan().Span;
            report.Append(CultureInfo.InvariantCulture, $"{advice.Severity} {advice.Id} {at.Start}-{at.End}: {advice.GetMessage(CultureInfo.InvariantCulture)}\n");
            places.Add(advice.Location.SourceTree!.GetText(TestContext.Current.CancellationToken).ToString(advice.Location.SourceSpan));
        }

        Assert.Equal(Marked().Matches(misuse.Source).Select(m => m.Groups[1].Value), places);
        Snapshot.Match(report.ToString(), id);
    }

    [Theory]
    [MemberData(nameof(Unwise.Wise), MemberType = typeof(Unwise))]
    public async Task A_wise_signature_is_left_alone(string name, string source) =>
        Assert.True((await On(Compiled.From(source))).IsEmpty, name);

    [Fact]
    public async Task Advice_can_be_silenced_where_it_stands()
    {
        ImmutableArray<Diagnostic> advice = await On(Compiled.From("""
            #pragma warning disable SM0503
            [Signature("")] public partial record Judge([Input] string Question, [Output("The answer.")] string Answer);
            """));
        Assert.Empty(advice);
    }

    /// <summary>What the analyzer says of a compilation.</summary>
    internal static async Task<ImmutableArray<Diagnostic>> On(Compiled compiled) =>
        [.. (await compiled.Output
            .WithAnalyzers([new AdviceAnalyzer()])
            .GetAnalyzerDiagnosticsAsync(TestContext.Current.CancellationToken))
            .OrderBy(d => d.Location.SourceSpan.Start)];

    [GeneratedRegex("«(.*?)»")]
    private static partial Regex Marked();
}
