using System.Collections.Immutable;

namespace SynthesizeMe.Benchmarking;

/// <summary>The beginning of the page, with the answers in words, and its end, with what the run was asked for.</summary>
internal sealed class RunSections(Html html, ReportFigures figures)
{
    private static readonly ImmutableArray<(string Id, string Name)> Parts =
    [
        ("accuracy", "Accuracy"), ("pairs", "Pairs learned from"), ("gains", "Who gains"), ("calibration", "Calibration"),
        ("position", "Position bias"), ("cost", "Cost"), ("people", "People"), ("run", "This run"),
    ];

    private RunRecord Run => figures.Run.Run;

    /// <summary>Writes the beginning.</summary>
    public void Begin()
    {
        string data = string.Join(", ", Run.DataSets.Select(d => d.Name));
        html.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{PageStyle.Policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="referrer" content="no-referrer">
            <title>What personalising brings: {data}</title>
            <style>
            """);
        html.Markup(PageStyle.Css);
        html.Write($"""
            </style>
            </head>
            <body>
            <a class="skip" href="#accuracy">To the figures</a>
            <header>
            <h1>What personalising brings: <bdi>{data}</bdi></h1>
            <p class="soft">Model <bdi>{Run.Model}</bdi>, seed {Run.Seed}; {Answers.Count(figures.Overall.Users, "person", "people")} measured with {Answers.Count(figures.Measured.Length, "method")} on {Answers.Count(figures.Measured.Select(m => m.Pairs).DefaultIfEmpty().Max(), "pair")} that no fit has seen, each asked in both orders.</p>

            """);
        if (Run.Interrupted is { } interrupted)
        {
            html.Write($"""<p class="notice"><strong>Not finished.</strong> {(figures.Overall.Unfinished > 0 ? $"{Answers.Count(figures.Overall.Unfinished, "person was", "people were")} not reached: " : "")}<bdi>{interrupted}</bdi></p>{"\n"}""");
        }

        html.Markup("<nav aria-label=\"Parts of the page\"><ul>");
        foreach ((string id, string name) in Parts)
        {
            html.Write($"""<li><a href="#{id}">{name}</a></li>""");
        }

        html.Markup("</ul></nav>\n</header>\n<main>\n<div class=\"answers\">\n");
        Write("Does personalising help?", Answers.Helps(figures));
        Write("For whom?", Answers.ForWhom(figures));
        Write("At what cost?", Answers.Cost(figures));
        Write("Why did this user get this persona?", Answers.Why(figures));
        html.Markup("</div>\n");
    }

    /// <summary>Writes the end.</summary>
    public void End()
    {
        RunSettings settings = Run.Settings;
        html.Write($"""
            <section aria-labelledby="run"><h2 id="run">This run</h2>
            <dl>
            <dt>Command</dt><dd><code>synthesizeme bench{string.Concat(Run.Arguments.Select(a => " " + a))}</code></dd>
            <dt>Settings</dt><dd>{settings.TestFraction * 100:0.#} % of the pairs tested on where the data mark none; fitted with effort {settings.Effort?.ToLowerInvariant() ?? "unknown"}{(settings.Candidates is { } subsets ? " and " + Answers.Count(subsets, "subset") + " in each search" : "")}; {settings.Samples} samples of self-consistency; a method abstains below {settings.Confidence * 100:0.#} % confidence; {(settings.SampledUsers is { } n ? Answers.Count(n, "person", "people") + " of each data set drawn" : "everyone taken")}.</dd>
            <dt>Library</dt><dd>SynthesizeMe for .NET {Run.LibraryVersion}</dd>
            </dl>
            <h3>Data</h3><ul>

            """);
        foreach (RunDataSet data in Run.DataSets)
        {
            html.Write($"""<li><bdi>{data.Name}</bdi>: {Answers.Count(data.Users, "person", "people")}, {Answers.Count(data.Pairs, "pair")}{(data.Unfinished > 0 ? $", {data.Unfinished} unfinished" : "")}; fingerprint <code>{data.Fingerprint}</code></li>{"\n"}""");
        }

        html.Markup("</ul>\n<h3>Methods</h3><dl>\n");
        foreach (RunMethod method in Run.Methods)
        {
            html.Write($"""<dt>{method.Name}</dt><dd>{method.About}{string.Concat(method.NotAvailable.Select(n => $" No figures for {n.Key}: {n.Value}."))}</dd>{"\n"}""");
        }

        html.Markup("</dl></section>\n</main>\n<footer>Intervals are at 95 %, by a bootstrap that draws whole people again. A pair whose two orders disagree counts one half.</footer>\n<script>");
        html.Markup(PageStyle.Script);
        html.Markup("</script>\n</body>\n</html>\n");
    }

    private void Write(string question, Answer answer)
    {
        html.Write($"""<article><h2>{question}</h2><p class="verdict">{answer.Verdict}</p>""");
        foreach (string paragraph in answer.Paragraphs)
        {
            html.Write($"<p>{paragraph}</p>");
        }

        html.Markup("</article>\n");
    }
}
