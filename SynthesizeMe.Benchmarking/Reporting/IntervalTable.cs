using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Benchmarking;

/// <summary>
/// A table that is its own chart: each row draws its estimate with the interval on a scale that all rows share. Who does not see the drawing reads the table.
/// </summary>
/// <param name="html">Where it goes.</param>
/// <param name="axis">The scale.</param>
/// <param name="reference">The value that all are to be read against.</param>
internal sealed class IntervalTable(Html html, Axis axis, double reference)
{
    /// <summary>Writes it.</summary>
    /// <param name="caption">What it shows.</param>
    /// <param name="columns">The names of the first column, the estimate and the interval.</param>
    /// <param name="rows">The rows.</param>
    public void Write(string caption, (string Name, string Estimate, string Interval) columns, IEnumerable<Row> rows)
    {
        html.Write($"""
            <table class="chart" role="table"><caption>{caption}</caption>
            <thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">{columns.Name}</th><td role="cell" class="track"></td><th role="columnheader" scope="col" class="num">{columns.Estimate}</th><th role="columnheader" scope="col" class="num">{columns.Interval}</th></tr></thead>
            <tbody role="rowgroup">

            """);
        foreach (Row row in rows)
        {
            html.Write($"""<tr role="row"{""}><th role="rowheader" scope="row">{row.Name}""");
            if (row.Note.Length > 0)
            {
                html.Write($""" <small>{row.Note}</small>""");
            }

            html.Markup("</th><td role=\"cell\" class=\"track\"><svg aria-hidden=\"true\">");
            Draw(row);
            html.Write($"""</svg></td><td role="cell" class="num">{row.Estimate}</td><td role="cell" class="num range">{row.Range}</td></tr>{"\n"}""");
        }

        html.Markup("</tbody></table>\n<div class=\"axis\" aria-hidden=\"true\"><svg>");
        foreach (double tick in axis.Ticks)
        {
            html.Write($"""<text x="{X(tick):0.##}%" y="13">{axis.Name(tick)}</text>""");
        }

        html.Markup("</svg></div>\n");
    }

    private void Draw(Row row)
    {
        foreach (double tick in axis.Ticks)
        {
            html.Write($"""<line class="grid" x1="{X(tick):0.##}%" x2="{X(tick):0.##}%" y2="100%"/>""");
        }

        html.Write($"""<line class="zero" x1="{X(reference):0.##}%" x2="{X(reference):0.##}%" y2="100%"/>""");
        if (row.Mark is { } mark)
        {
            html.Write($"""<line class="mark" x1="{X(mark):0.##}%" x2="{X(mark):0.##}%" y1="25%" y2="75%"/>""");
        }

        (double mean, double low, double high) = row.Figures;
        html.Write($"""<line class="whisker{(row.Strong ? " strong" : "")}" x1="{X(low):0.##}%" x2="{X(high):0.##}%" y1="50%" y2="50%"/>""");
        html.Write($"""<circle class="dot{(row.Strong ? " strong" : "")}" cx="{X(mean):0.##}%" cy="50%" r="5"/>""");
    }

    /// <summary>In percent of the width, with room for half a dot and half a tick's name.</summary>
    private double X(double value) => 3 + (94 * axis.At(value));

    /// <summary>A row.</summary>
    /// <param name="Name">What it is about.</param>
    /// <param name="Figures">The estimate and its interval.</param>
    /// <param name="Estimate">The estimate in words.</param>
    /// <param name="Range">The interval in words.</param>
    /// <param name="Strong">Whether the dot is filled.</param>
    public sealed record Row(string Name, Interval Figures, string Estimate, string Range, bool Strong)
    {
        /// <summary>What else there is to say.</summary>
        public string Note { get; init; } = "";

        /// <summary>A second value, drawn as a bar.</summary>
        public double? Mark { get; init; }
    }
}
