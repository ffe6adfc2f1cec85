using System.Text;

namespace SynthesizeMe.Benchmarking;

/// <summary>
/// Writes a run as one HTML page that needs nothing else: no network, no fonts, no script. The page says in words whether personalising helps, for whom and
/// at what cost, shows the figures, and for each person the persona, the demonstrations and why the winner won.
/// </summary>
public static class BenchmarkReport
{
    /// <summary>The file that <c>bench</c> writes it to.</summary>
    public const string HtmlFile = "report.html";

    /// <summary>Writes the page; it depends on the run's records only, and equal runs give equal bytes. Texts of the data are escaped.</summary>
    /// <param name="run">The run, finished or not.</param>
    /// <param name="writer">Where it goes; it is written from beginning to end and never held as a whole.</param>
    /// <param name="tables">The tables of the run, where they are at hand; else they are worked out.</param>
    public static void Write(BenchmarkRun run, TextWriter writer, BenchmarkTables? tables = null)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(writer);
        var html = new Html(writer);
        var figures = new ReportFigures(run, tables);
        var sections = new FigureSections(html, figures);
        var people = new PeopleSection(html, figures);
        var about = new RunSections(html, figures);
        about.Begin();
        sections.Write();
        people.Write();
        about.End();
    }

    /// <summary>Writes the page to a file; an interrupted writer leaves a former one as it was.</summary>
    /// <param name="run">The run.</param>
    /// <param name="path">The file.</param>
    /// <param name="tables">The tables of the run, where they are at hand; else they are worked out.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public static Task WriteAsync(BenchmarkRun run, string path, BenchmarkTables? tables = null) => BenchmarkRun.ReplaceAsync(path, writer =>
    {
        Write(run, writer, tables);
        return Task.CompletedTask;
    });

    /// <summary>The page as text, for small runs.</summary>
    /// <param name="run">The run.</param>
    internal static string ToHtml(BenchmarkRun run)
    {
        var text = new StringBuilder();
        using var writer = new StringWriter(text);
        Write(run, writer);
        return text.ToString();
    }
}
