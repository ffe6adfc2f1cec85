using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SynthesizeMe.Benchmarking.Tests.Runs;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Benchmarking.Tests.Reporting;

public partial class BenchmarkReportTests
{
    private const string Hostile = "</script></style><script>alert(1)</script><img src=x onerror=\"alert('x')\">&amp; \u202egnihton\u2066 \0 \ud800 <!-- ]]>";

    [Fact]
    public void A_small_run_is_shown_whole()
    {
        BenchmarkRun run = HandMade.Of((4, [1, 0, 0.5, 1], [1, 1, 0.5, 1]), (6, [1, 0, 0, 1], [1, 1, 0, 1]), (9, [1, 1, 1], [1, 0, 1]));
        run = run with { Users = run.Users.SetItem(0, run.Users[0] with { User = "ann <b>" }), Results = [.. run.Results.Select(r => r.User == "p0" ? r with { User = "ann <b>" } : r)] };

        // The style and the script are constants, and would only be in the way of a reader.
        Snapshot.Match(PolicyHash().Replace(BenchmarkReport.ToHtml(run), "sha256-(hash)").Replace(PageStyle.Css, "(style)", StringComparison.Ordinal).Replace(PageStyle.Script, "(script)", StringComparison.Ordinal), extension: "html");
    }

    [Fact]
    public void Texts_of_the_data_cannot_become_markup()
    {
        string html = BenchmarkReport.ToHtml(Everywhere(Hostile));

        Assert.Equal(1, Count(html, "<script"));
        Assert.Equal(1, Count(html, "</script"));
        Assert.Equal(1, Count(html, "</style"));
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<!--", html, StringComparison.Ordinal);
        Assert.DoesNotContain(html, c => c is '\u202e' or '\u2066' or '\0' || char.IsSurrogate(c));
        Assert.Contains("&lt;/script&gt;&lt;/style&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=&quot;alert(&#39;x&#39;)&quot;&gt;&amp;amp; \\u202egnihton\\u2066 \\u0000 \ufffd &lt;!-- ]]&gt;", html, StringComparison.Ordinal);
        Assert.Equal(Tags(BenchmarkReport.ToHtml(Everywhere("plain"))), Tags(html));
    }

    [Fact]
    public void Every_element_is_closed_and_no_id_comes_twice()
    {
        XElement page = Parsed(BenchmarkReport.ToHtml(Everywhere(Hostile)));

        string[] ids = [.. page.Descendants().Attributes("id").Select(a => a.Value)];
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(page.Descendants("a").Attributes("href"), a => Assert.Contains(a.Value[1..], ids));
        Assert.All(page.Descendants().Attributes("aria-labelledby"), a => Assert.Contains(a.Value, ids));
    }

    [Fact]
    public void The_page_asks_for_nothing_from_elsewhere()
    {
        XElement page = Parsed(BenchmarkReport.ToHtml(Everywhere("plain")));

        Assert.DoesNotContain(page.Descendants(), e => e.Name.LocalName is "link" or "img" or "iframe" or "object" or "base" or "image" or "use");
        Assert.DoesNotContain(page.Descendants().Attributes(), a => a.Name.LocalName is "src" or "style" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", PageStyle.Css, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", PageStyle.Css, StringComparison.Ordinal);
        Assert.Matches(@"^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'$", PageStyle.Policy);
    }

    [Fact]
    public void Each_drawing_has_words_and_a_table()
    {
        XElement page = Parsed(BenchmarkReport.ToHtml(Everywhere("plain")));

        XElement[] drawings = [.. page.Descendants("svg").Where(s => s.Ancestors().All(a => a.Attribute("aria-hidden") is null) && s.Attribute("aria-hidden") is null)];
        Assert.Equal(3, drawings.Length);
        Assert.All(drawings, d => Assert.True(d.Attribute("role")?.Value == "img" && d.Attribute("aria-label")!.Value.Length > 20));
        Assert.All(drawings, d => Assert.NotEmpty(d.ElementsAfterSelf("details").SelectMany(t => t.Descendants("table"))));
    }

    [Fact]
    public void Equal_runs_give_equal_pages_wherever_they_are_written()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        string here = BenchmarkReport.ToHtml(Everywhere("plain"));
        try
        {
            var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (foreign.NumberFormat.NumberDecimalSeparator, foreign.NumberFormat.NegativeSign) = (",", "~");
            CultureInfo.CurrentCulture = foreign;

            Assert.Equal(here, BenchmarkReport.ToHtml(Everywhere("plain")));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void An_empty_run_says_so()
    {
        string html = BenchmarkReport.ToHtml(HandMade.Of());

        Assert.Contains("Nobody was measured.", html, StringComparison.Ordinal);
        Assert.Contains("<p>Nobody was finished.</p>", html, StringComparison.Ordinal);
        Parsed(html);
        Parsed(BenchmarkReport.ToHtml(HandMade.Of() is var run ? run with { Run = run.Run with { DataSets = [], Methods = [] } } : null!));
    }

    [Fact]
    public void An_interrupted_run_says_how_many_are_missing()
    {
        BenchmarkRun run = HandMade.Of((5, [1, 0], [1, 1]), (5, [1], [1]));
        run = run with { Run = run.Run with { Interrupted = "the budget is <spent>", DataSets = [run.Run.DataSets[0] with { Unfinished = 7 }] } };

        Assert.Contains("<strong>Not finished.</strong> 7 people were not reached: <bdi>the budget is &lt;spent&gt;</bdi>", BenchmarkReport.ToHtml(run), StringComparison.Ordinal);
    }

    [Fact]
    public void A_method_without_figures_says_why()
    {
        BenchmarkRun run = HandMade.Of((5, [1, 0], [1, 1]), (5, [1], [1]));
        run = run with { Run = run.Run with { Methods = [.. run.Run.Methods, new() { Name = "demographics", About = "Told.", NotAvailable = ImmutableSortedDictionary<string, string>.Empty.Add("people", "the data are <silent>") }] } };

        string html = BenchmarkReport.ToHtml(run);

        Assert.Contains("No figures for demographics: <bdi>the data are &lt;silent&gt;</bdi>.", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<th role=\"rowheader\" scope=\"row\">demographics", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Long_texts_are_cut_and_the_page_says_so()
    {
        BenchmarkRun run = HandMade.Of((5, [1, 0], [1, 1]), (5, [1], [1]));
        string longest = string.Concat(Enumerable.Repeat("\ud83d\ude42", 2000));
        run = run with { Users = run.Users.SetItem(0, run.Users[0] with { Fit = run.Users[0].Fit! with { Persona = "." + longest } }) };

        string html = BenchmarkReport.ToHtml(run);

        Assert.Contains("\ud83d\ude42<small> … 2,501 characters cut</small>", html, StringComparison.Ordinal);
        Assert.Contains("To keep the page small, 1 text of more than 1500 characters is cut", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_of_the_published_size_is_a_page_that_opens_quickly()
    {
        string text = new('x', 2000);
        var people = Enumerable.Range(0, 854).Select(i => (5 + (i % 20), new[] { 1d, 0, i % 3 == 0 ? 1 : 0 }, new[] { 1d, i % 4 == 0 ? 1 : 0, 0 })).ToArray();
        BenchmarkRun run = HandMade.Of(people);
        DemonstrationRecord demonstration = new() { Context = [new("user", text), new("assistant", text)], Preferred = text, Other = text, Reasoning = text, Verified = true };
        run = run with { Users = [.. run.Users.Select(u => u with { Fit = u.Fit! with { Persona = text, Demonstrations = [.. Enumerable.Repeat(demonstration, 10)] } })] };

        Assert.InRange(BenchmarkReport.ToHtml(run).Length, 1_000_000, 9_000_000);
    }

    [Fact]
    public async Task A_page_replaces_a_former_one()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("synthesizeme-report-");
        string path = Path.Combine(folder.FullName, "page.html");
        await File.WriteAllTextAsync(path, "former", TestContext.Current.CancellationToken);

        await BenchmarkReport.WriteAsync(HandMade.Of(), path);

        Assert.Equal(BenchmarkReport.ToHtml(HandMade.Of()), await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Single(folder.GetFiles());
        folder.Delete(recursive: true);
    }

    /// <summary>A run that says the same text wherever data can say something.</summary>
    private static BenchmarkRun Everywhere(string text)
    {
        BenchmarkRun run = HandMade.Of((5, [1, 0], [1, 1]), (7, [1], [1]), (9, [1, 1], [0, 1]));
        var said = ImmutableSortedDictionary<string, string>.Empty.Add(text, text);
        FitRecord fit = Records.Full.Users[0].Fit! with
        {
            Why = text,
            Persona = text,
            Demonstrations = [new() { Context = [new(text, text)], Preferred = text, Other = text, Reasoning = text, Verified = true }],
            Candidates = [new(text, text, "Evaluated", 1, 1, 0, 0), new(text, text, text, null, 0, 0, 0)],
            Notes = [text],
        };
        UserRecord skipped = run.Users[2] with { User = "", Skipped = text, Fit = null };
        return run with
        {
            Run = run.Run with
            {
                Arguments = [text],
                Model = text,
                LibraryVersion = text,
                Interrupted = text,
                DataSets = [run.Run.DataSets[0] with { Name = text, Fingerprint = text }, run.Run.DataSets[0] with { Name = text + "2" }],
                Methods = [.. run.Run.Methods.Select(m => m with { About = text, NotAvailable = said }), new() { Name = "demos", About = text, NotAvailable = said }],
            },
            Users = [.. run.Users.Take(2).Select(u => u with { Data = text, User = text + u.User, Demographics = said, NotAvailable = said, Fit = fit }), skipped],
            Results = [.. run.Results.Select(r => r with { Data = text, User = text + r.User, ForwardFailure = text })],
        };
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static string[] Tags(string html) => [.. Tag().Matches(html).Select(m => m.Value)];

    /// <summary>The page as XML: only what may stay open in HTML, and what has no value there, has to be closed and given one.</summary>
    private static XElement Parsed(string html)
    {
        string xml = html
            .Replace("<!doctype html>\n", "", StringComparison.Ordinal)
            .Replace(PageStyle.Css, "", StringComparison.Ordinal)
            .Replace(PageStyle.Script, "", StringComparison.Ordinal)
            .Replace(" hidden>", " hidden=\"\">", StringComparison.Ordinal)
            .Replace("<details open>", "<details open=\"\">", StringComparison.Ordinal);
        return XElement.Parse(Open().Replace(xml, "<$1/>"));
    }

    [GeneratedRegex("sha256-[A-Za-z0-9+/=]+")]
    private static partial Regex PolicyHash();

    [GeneratedRegex(@"</?[a-z0-9]+")]
    private static partial Regex Tag();

    [GeneratedRegex(@"<((?:meta|input)\b[^>]*)>")]
    private static partial Regex Open();
}
