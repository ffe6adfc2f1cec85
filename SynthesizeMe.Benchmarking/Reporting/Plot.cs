namespace SynthesizeMe.Benchmarking;

/// <summary>
/// A drawing as wide as the page and of a fixed height: x is in percent of the width, 0 to 1, so that letters keep their size on a phone. Who does not see it
/// has its description and the table that follows it.
/// </summary>
/// <param name="html">Where it goes.</param>
/// <param name="y">The scale of the height.</param>
/// <param name="height">The height of the scale, in pixels.</param>
internal sealed class Plot(Html html, Axis y, int height)
{
    private const int Top = 20;
    private const int Bottom = 26;
    private const int Left = 11;

    /// <summary>Begins it, with the scale.</summary>
    /// <param name="description">What it shows and says, in words.</param>
    /// <param name="reference">The value that all are to be read against.</param>
    public void Begin(string description, double reference)
    {
        html.Write($"""<svg class="plot" role="img" aria-label="{description}" height="{Top + height + Bottom}">""");
        foreach (double tick in y.Ticks)
        {
            html.Write($"""<line class="{(Math.Abs(tick - reference) < 1e-9 ? "zero" : "grid")}" x1="0" x2="100%" y1="{Y(tick):0.#}" y2="{Y(tick):0.#}"/><text x="0" y="{Y(tick) - 4:0.#}">{y.Name(tick)}</text>""");
        }
    }

    /// <summary>Ends it.</summary>
    public void End() => html.Markup("</svg>\n");

    /// <summary>A bar from zero.</summary>
    public void Bar(double x, double width, double value)
    {
        double from = Y(Math.Max(value, 0)), tall = Y(Math.Min(value, 0)) - from;
        string kind = value > 0 ? "up" : value < 0 ? "down" : "same";
        html.Write($"""<rect class="{kind}" x="{X(x):0.##}%" width="{width * (98 - Left):0.###}%" y="{(value == 0 ? from - 1.5 : from):0.#}" height="{(value == 0 ? 3 : tall):0.#}"/>""");
    }

    /// <summary>An interval.</summary>
    public void Whisker(double x, double low, double high) =>
        html.Write($"""<line class="whisker strong" x1="{X(x):0.##}%" x2="{X(x):0.##}%" y1="{Y(low):0.#}" y2="{Y(high):0.#}"/>""");

    /// <summary>A line between two estimates.</summary>
    public void Line((double X, double Y) from, (double X, double Y) to) =>
        html.Write($"""<line class="course" x1="{X(from.X):0.##}%" x2="{X(to.X):0.##}%" y1="{Y(from.Y):0.#}" y2="{Y(to.Y):0.#}"/>""");

    /// <summary>An estimate.</summary>
    public void Dot(double x, double value, bool strong) =>
        html.Write($"""<circle class="dot{(strong ? " strong" : "")}" cx="{X(x):0.##}%" cy="{Y(value):0.#}" r="5"/>""");

    /// <summary>A name beside an estimate.</summary>
    public void Name(double x, double value, string name) =>
        html.Write($"""<text class="name" x="{X(x):0.##}%" y="{Y(value) + 4:0.#}" dx="{(x > 0.6 ? -9 : 9)}" text-anchor="{(x > 0.6 ? "end" : "start")}">{name}</text>""");

    /// <summary>A name under the drawing.</summary>
    public void Under(double x, string name, string anchor = "middle") =>
        html.Write($"""<text x="{X(x):0.##}%" y="{Top + height + 19}" text-anchor="{anchor}">{name}</text>""");

    /// <summary>How far down a value lies, in pixels.</summary>
    public double Y(double value) => Top + (height * (1 - y.At(value)));

    private static double X(double x) => Left + (x * (98 - Left));
}
