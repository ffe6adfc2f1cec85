using System.Globalization;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Benchmarking.Tests.Reporting;

namespace SynthesizeMe.Browser.Tests;

/// <summary>The report in a real browser.</summary>
public sealed class ReportPageTests(Browser browser, ReportPageTests.PageFile file) : IClassFixture<Browser>, IClassFixture<ReportPageTests.PageFile>
{
    public static readonly TheoryData<int, ColorScheme> Screens = new()
    {
        { 360, ColorScheme.Light },
        { 360, ColorScheme.Dark },
        { 1280, ColorScheme.Light },
        { 1280, ColorScheme.Dark },
    };

    [Theory]
    [MemberData(nameof(Screens))]
    public async Task Everyone_can_read_it_on_every_screen(int width, ColorScheme colours)
    {
        await using IBrowserContext context = await browser.OpenAsync(new() { ViewportSize = new() { Width = width, Height = 800 }, ColorScheme = colours });
        IPage page = await context.NewPageAsync();
        var troubles = new List<string>();
        page.Console += (_, message) => troubles.Add(message.Text);
        page.PageError += (_, error) => troubles.Add(error);
        page.Request += (_, request) => troubles.AddRange(request.Url.StartsWith("file:", StringComparison.Ordinal) ? [] : [request.Url]);
        await page.GotoAsync(file.Address);

        foreach (bool open in (bool[])[false, true])
        {
            await page.EvaluateAsync("open => document.querySelectorAll('details').forEach(d => d.open = open)", open);

            var axe = await page.RunAxe();
            int overflow = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - innerWidth");

            Assert.Empty(axe.Violations.SelectMany(v => v.Nodes.Select(n => $"{v.Id}: {n.Html} {string.Join("; ", n.Any.Select(a => a.Message))}")));
            Assert.Equal(0, Math.Max(0, overflow));
        }

        Assert.Empty(troubles);
    }

    [Fact]
    public async Task The_keyboard_reaches_everything_in_the_order_of_the_page()
    {
        await using IBrowserContext context = await browser.OpenAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(file.Address);
        int reachable = await page.EvaluateAsync<int>("() => [...document.querySelectorAll('a,summary,input,select,[tabindex]')].filter(e => e.checkVisibility()).length");
        for (int i = 0; i < reachable; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            await page.EvaluateAsync("() => { (window.reached ??= []).push(document.activeElement) }");
        }

        // All places in one look: people who come into view change the height of the page.
        double[] bottoms = await page.EvaluateAsync<double[]>("() => reached.filter(e => e !== document.body).map(e => e.getBoundingClientRect().bottom + scrollY)");

        Assert.Equal("To the figures", await page.EvaluateAsync<string>("() => reached[0].textContent"));
        Assert.Equal(1, await page.EvaluateAsync<int>("() => reached.filter(e => e.id === 'find').length"));
        Assert.Equal(reachable, await page.EvaluateAsync<int>("() => new Set(reached).size"));
        Assert.All(bottoms.Skip(1).Zip(bottoms.Skip(2)), t => Assert.True(t.Second >= t.First - 12, string.Create(CultureInfo.InvariantCulture, $"{t.First} {t.Second}")));
    }

    [Fact]
    public async Task People_are_found_and_opened_by_the_keyboard()
    {
        await using IBrowserContext context = await browser.OpenAsync(new());
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(file.Address);
        ILocator people = page.Locator("details.person:not([hidden])");

        await page.GetByRole(AriaRole.Searchbox).FocusAsync();
        await page.Keyboard.TypeAsync("p11");
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("1 of 12 people shown");
        await Assertions.Expect(people).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(people).ToHaveCountAsync(12);
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("Who lose");
        await Assertions.Expect(page.Locator("#count")).ToHaveTextAsync("3 of 12 people shown");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("details.person[open]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("details.person[open] .persona")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_link_to_a_person_opens_the_person()
    {
        await using IBrowserContext context = await browser.OpenAsync(new());
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(file.Address + "#p3");
        await Assertions.Expect(page.Locator("#p3 .persona")).ToBeVisibleAsync();

        await page.Locator("section[aria-labelledby=gains] summary").ClickAsync();
        await page.Locator("section[aria-labelledby=gains] a[href='#p5']").ClickAsync();
        await Assertions.Expect(page.Locator("#p5 .persona")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#p5 > summary")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task It_can_be_read_without_scripts()
    {
        await using IBrowserContext context = await browser.OpenAsync(new() { JavaScriptEnabled = false });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync(file.Address);

        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToBeHiddenAsync();
        await Assertions.Expect(page.GetByText("Does personalising help?")).ToBeVisibleAsync();
        await page.Locator("#p1 > summary").ClickAsync();
        await Assertions.Expect(page.Locator("#p1 .persona")).ToBeVisibleAsync();
    }

    /// <summary>A page about people who gain, who lose and whose names and texts are long and hostile.</summary>
    public sealed class PageFile : IDisposable
    {
        private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("synthesizeme-page-").FullName, "report.html");

        public PageFile()
        {
            double[] half = [1, 0, 1, 0.5], right = [1, 1, 1, 1];
            BenchmarkRun run = HandMade.Of([.. HandMade.Alike(6, 5, half, right), .. HandMade.Alike(3, 14, right, half), .. HandMade.Alike(3, 9, half, half)]);
            string text = string.Join(' ', Enumerable.Repeat("<script>alert(1)</script> A persona of some length.", 40)) + new string('x', 300);
            DemonstrationRecord demonstration = new() { Context = [new("user", text)], Preferred = text, Other = text, Reasoning = text, Verified = true };
            FitRecord fit = run.Users[0].Fit! with { Persona = text, Demonstrations = [demonstration, demonstration], Why = text };
            string name = new('n', 200);
            run = run with
            {
                Users = [.. run.Users.Select(u => u with { User = u.User == "p1" ? name : u.User, Fit = fit })],
                Results = [.. run.Results.Select(r => r with { User = r.User == "p1" ? name : r.User })],
            };
            using var writer = new StreamWriter(_path);
            BenchmarkReport.Write(run, writer);
        }

        /// <summary>Where it is.</summary>
        public string Address => new Uri(_path).AbsoluteUri;

        public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);
    }
}
