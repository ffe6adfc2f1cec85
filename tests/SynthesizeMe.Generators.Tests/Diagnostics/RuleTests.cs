using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Generators.Tests.Diagnostics;

/// <summary>Every misuse is reported once, where it stands, with its cure.</summary>
public partial class RuleTests
{
    public static TheoryData<string> Cases => [.. Misuse.All.Select(m => m.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_misuse_says_what_is_wrong_and_the_cure(string id)
    {
        (Misuse misuse, _, Compiled compiled) = Compile(id);
        var report = new StringBuilder(misuse.Source).Append("\n\n");
        foreach (Diagnostic problem in compiled.Problems)
        {
            LinePositionSpan at = problem.Location.GetLineSpan().Span;
            string message = problem.GetMessage(CultureInfo.InvariantCulture);
            report.Append(CultureInfo.InvariantCulture, $"{problem.Severity} {problem.Id} {at.Start}-{at.End}: {message}\n");
            Assert.Matches(Cure(), message);
        }

        Snapshot.Match(report.ToString(), id);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_misuse_is_underlined_at_its_token(string id)
    {
        (Misuse misuse, SourceText text, Compiled compiled) = Compile(id);
        Assert.Equal(
            Marked().Matches(misuse.Source).Select(m => (misuse.Rule, m.Groups[1].Value)),
            compiled.Problems.Select(p => (p.Id, text.ToString(p.Location.SourceSpan))));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_misuse_generates_nothing_of_its_own_and_throws_nothing(string id)
    {
        (Misuse misuse, _, Compiled compiled) = Compile(id);
        Assert.Null(compiled.Exception);
        bool program = misuse.Rule.StartsWith("SM01", StringComparison.Ordinal);
        Assert.Equal(program ? ["Judge.Signature.g.cs"] : [], compiled.Files.Select(f => f.HintName));
    }

    private static (Misuse Misuse, SourceText Text, Compiled Compiled) Compile(string id)
    {
        Misuse misuse = Misuse.All.Single(m => m.Id == id);
        string source = Marked().Replace(misuse.Source, "$1");
        return (misuse, Compiled.Parse(source).GetText(TestContext.Current.CancellationToken), Compiled.From(source));
    }

    [GeneratedRegex("«(.*?)»")]
    private static partial Regex Marked();

    [GeneratedRegex(@"\b(write|put|declare|rename|mark|keep|use|add|give|has to (be|derive|declare)|needs a method)\b")]
    private static partial Regex Cure();
}
