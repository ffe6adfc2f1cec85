using System.Collections.Immutable;
using System.Globalization;
using ScottPlot;
using SynthesizeMe.Benchmarking;
using Plot = ScottPlot.Plot;

namespace SynthesizeMe.Cli;

/// <summary>Draws the report's charts for papers, each as SVG and as PNG.</summary>
internal static class PaperFigures
{
    private const int Width = 720;

    private static readonly Color Ink = Color.FromHex("#1d2129");
    private static readonly Color Accent = Color.FromHex("#1b5fa8");
    private static readonly Color Loss = Color.FromHex("#a84a12");

    /// <summary>Draws what the run has figures for.</summary>
    /// <param name="run">The run.</param>
    /// <param name="directory">Where; made if need be.</param>
    /// <returns>The files, in the order in which they were written.</returns>
    public static ImmutableArray<string> Write(BenchmarkRun run, string directory)
    {
        Directory.CreateDirectory(directory);
        var figures = new ReportFigures(run);
        var files = ImmutableArray.CreateBuilder<string>();
        void Save(string name, Plot? plot, int height)
        {
            if (plot is not null)
            {
                files.Add(Path.Combine(directory, $"{name}.svg"));
                plot.SaveSvg(files[^1], Width, height);
                files.Add(Path.Combine(directory, $"{name}.png"));
                plot.ScaleFactor = 2;
                plot.SavePng(files[^1], Width * 2, height * 2);
            }
        }

        Row[] accuracies = [.. figures.Measured.Select(m => new Row(m.Name, m.Accuracy!.Value, m.Low!.Value, m.High!.Value))];
        Row[] gains = [.. figures.Measured.Where(m => m.Difference is not null).Select(m => new Row(m.Name, m.Difference!.Mean, m.Difference.Low, m.Difference.High))];
        Save("accuracy", Intervals(accuracies, 0.5, "accuracy in % (95 % intervals)"), 90 + (24 * accuracies.Length));
        Save("gain", Intervals(gains, 0, "gain over the generic judge in points (95 % intervals)"), 90 + (24 * gains.Length));
        Save("training-pairs", TrainingPairs(figures), 400);
        Save("people", People(figures), 400);
        Save("cost", Cost(figures), 460);
        return files.DrainToImmutable();
    }

    private static Plot? Intervals(Row[] rows, double reference, string label)
    {
        if (rows.Length == 0)
        {
            return null;
        }

        var plot = new Plot();
        plot.Add.VerticalLine(reference * 100, 1, Ink, LinePattern.Dashed);
        for (int i = 0; i < rows.Length; i++)
        {
            Row row = rows[i];
            plot.Add.Line(row.Low * 100, -i, row.High * 100, -i).Color = Accent;
            plot.Add.Marker(row.Mean * 100, -i, Shape(row.Name), 9, Accent);
        }

        plot.Axes.Left.SetTicks([.. rows.Select((_, at) => (double)-at)], [.. rows.Select(r => r.Name)]);
        plot.XLabel(label);
        return plot;
    }

    private static Plot? TrainingPairs(ReportFigures figures)
    {
        ImmutableArray<Group> groups = figures.ByTrainingPairs();
        if (groups.IsEmpty)
        {
            return null;
        }

        var plot = new Plot();
        plot.Add.HorizontalLine(0, 1, Ink, LinePattern.Dashed);
        for (int i = 0; i < groups.Length; i++)
        {
            Group group = groups[i];
            plot.Add.Line(i, group.Gain.Low * 100, i, group.Gain.High * 100).Color = Accent;
            plot.Add.Marker(i, group.Gain.Mean * 100, MarkerShape.FilledCircle, 9, Accent);
        }

        plot.Axes.Bottom.SetTicks([.. groups.Select((_, at) => (double)at)], [.. groups.Select(Answers.Range)]);
        plot.Axes.SetLimitsX(-0.5, groups.Length - 0.5);
        plot.XLabel("training pairs of the person");
        plot.YLabel($"gain of {figures.Headline} in points");
        return plot;
    }

    private static Plot? People(ReportFigures figures)
    {
        double[] gains = [.. figures.Compared.Select(p => p.Gain!.Value * 100).OrderDescending()];
        if (gains.Length == 0)
        {
            return null;
        }

        var plot = new Plot();
        for (int i = 0; i < gains.Length; i++)
        {
            plot.Add.Bar(i + 1, gains[i]).Color = gains[i] < 0 ? Loss : Accent;
        }

        plot.Add.HorizontalLine(0, 1, Ink);
        plot.XLabel("people, the greatest gain first");
        plot.YLabel($"gain of {figures.Headline} in points");
        return plot;
    }

    /// <summary>The scale is logarithmic, so methods without a model are left out.</summary>
    private static Plot? Cost(ReportFigures figures)
    {
        MethodRow[] rows = [.. figures.Measured.Where(m => Answers.Tokens(m) > 0).OrderBy(Answers.Tokens)];
        if (rows.Length == 0)
        {
            return null;
        }

        var plot = new Plot();
        for (int i = 0; i < rows.Length; i++)
        {
            MethodRow row = rows[i];
            double x = Math.Log10(Answers.Tokens(row));
            plot.Add.Line(x, row.Low!.Value * 100, x, row.High!.Value * 100).Color = Accent.WithAlpha(0.4);
            plot.Add.Marker(x, row.Accuracy!.Value * 100, Shape(row.Name), 9, Accent);
            ScottPlot.Plottables.Text name = plot.Add.Text(row.Name, x, row.Accuracy.Value * 100);
            name.LabelFontSize = 11;
            name.OffsetX = 7;

            // Neighbours are mostly about as accurate: their names go above and below in turn.
            name.LabelAlignment = i % 2 == 0 ? Alignment.LowerLeft : Alignment.UpperLeft;
        }

        int[] powers = [.. Enumerable.Range(0, 8)];
        plot.Axes.Bottom.SetTicks([.. powers.Select(p => (double)p)], [.. powers.Select(p => Math.Pow(10, p).ToString("N0", CultureInfo.InvariantCulture))]);
        double[] tokens = [.. rows.Select(m => Math.Log10(Answers.Tokens(m)))];
        plot.Axes.SetLimitsX(tokens.Min() - 0.1, tokens.Max() + 0.35);
        plot.XLabel("tokens of a comparison in both orders");
        plot.YLabel("accuracy in % (95 % intervals)");
        return plot;
    }

    private static MarkerShape Shape(string method) => ReportFigures.IsPersonal(method) ? MarkerShape.FilledCircle : MarkerShape.OpenCircle;

    private sealed record Row(string Name, double Mean, double Low, double High);
}
