using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using SynthesizeMe.Generators.Tests.Advice;

namespace SynthesizeMe.Generators.Tests.Diagnostics;

/// <summary>Every rule has a page, whose wrong code breaks that rule and whose cured code breaks none.</summary>
public partial class PageTests
{
    public static TheoryData<string> Ids => [.. RuleTableTests.Rules.Select(r => r.Id)];

    [Fact]
    public void Every_rule_has_a_page_and_every_page_a_rule()
    {
        IEnumerable<string> pages = Directory.EnumerateFiles(Folder(), "SM*.md").Select(p => Path.GetFileNameWithoutExtension(p));
        Assert.Equal(RuleTableTests.Rules.Select(r => r.Id).Order(), pages.Order());
    }

    [Fact]
    public void The_index_lists_every_rule()
    {
        IEnumerable<string> listed = Row().Matches(Read("README")).Select(m => m.Value);
        Assert.Empty(RuleTableTests.Rules.Select(r => $"| [{r.Id}]({r.Id}.md) | {r.Title} | {r.DefaultSeverity} |").Except(listed));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_links_to_its_page(string id)
    {
        DiagnosticDescriptor rule = RuleTableTests.Rules.Single(r => r.Id == id);
        Assert.Equal($"https://github.com/synthesizeme/synthesizeme-dotnet/blob/main/docs/diagnostics/{id}.md", rule.HelpLinkUri);
        Assert.StartsWith($"# {id}: {rule.Title}\n\n{rule.DefaultSeverity}. ", Read(id), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_wrong_code_breaks_the_rule_and_the_cure_none(string id)
    {
        string[] sections = Read(id).Split("\n## ");
        Assert.Equal(3, sections.Length);
        (IEnumerable<string> wrong, _) = await Check(id, sections[1], "Wrong");
        Assert.Contains(id, wrong);
        (IEnumerable<string> cured, Compiled code) = await Check(id, sections[2], "Cure");
        Assert.DoesNotContain(cured, d => d != "SM0501" || id == "SM0501");
        Assert.Empty(code.Complaints);
    }

    private static async Task<(IEnumerable<string> Ids, Compiled Code)> Check(string id, string section, string title)
    {
        Assert.StartsWith(title + "\n\n", section, StringComparison.Ordinal);
        string source = Assert.Single(Code("csharp", section));
        string[] templates = [.. Code("scriban", section)];
        string[] paths = id == "SM0202" ? ["judges/ask.prompt.scriban", "tools/ask.prompt.scriban"] : ["ask.prompt.scriban"];
        Compiled compiled = Compiled.Beside(source, templates.SelectMany(t => paths.Select(p => new Page(p, t))));
        return ([.. compiled.Problems.Concat(await AdviceTests.On(compiled)).Select(d => d.Id)], compiled);
    }

    private static IEnumerable<string> Code(string language, string section) =>
        Block().Matches(section).Where(m => m.Groups[1].Value == language).Select(m => m.Groups[2].Value);

    private static string Read(string page) => File.ReadAllText(Path.Combine(Folder(), page + ".md")).ReplaceLineEndings("\n");

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "../../../docs/diagnostics");

    [GeneratedRegex("^```(\\w+)\n(.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\| \[SM.*?\) \|.*?\|.*?\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    private sealed class Page(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }
}
