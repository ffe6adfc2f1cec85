namespace SynthesizeMe.Benchmarking;

/// <summary>What a comparison costs against how often it is right.</summary>
internal sealed class CostFigure(Html html, ReportFigures figures)
{
    private const int Height = 260;

    /// <summary>Writes it.</summary>
    public void Write()
    {
        MethodRow[] rows = [.. figures.Measured.OrderBy(Answers.Tokens).ThenByDescending(m => m.Accuracy).ThenBy(m => m.Name, StringComparer.Ordinal)];
        MethodRow[] front = [.. rows.Where((m, at) => rows.Take(at).All(cheaper => cheaper.Accuracy < m.Accuracy))];
        double most = Math.Max(1000, rows.Max(Answers.Tokens));
        double low = Math.Floor(Math.Log10(rows.Select(Answers.Tokens).Where(t => t > 0).DefaultIfEmpty(100).Min())), high = Math.Ceiling(Math.Log10(most));
        Axis axis = Axis.OfAccuracies(rows.Select(m => m.Accuracy!.Value));

        // Methods without a model stand in a column of their own, left of the logarithmic scale.
        double X(MethodRow m) => Answers.Tokens(m) is > 0 and var tokens ? 0.2 + (0.78 * (Math.Log10(tokens) - low) / Math.Max(1, high - low)) : 0.06;
        html.Markup("<p>Tokens of one comparison in both orders, on a logarithmic scale, against accuracy. Filled dots know something of the person. Named are the methods that nothing cheaper beats, as far as there is room, and all are in the table. The fit, which is paid once for each person, is not in it. The figures have the intervals shown under Accuracy: small heights mean nothing.</p>\n");
        var plot = new Plot(html, axis, Height);
        plot.Begin($"Accuracy against tokens of a comparison. Nothing cheaper beats {string.Join(", ", front.Select(m => Answers.Text($"{m.Name} ({Answers.Tokens(m):N0} tokens, {Answers.Percent(m.Accuracy)})")))}.", 0.5);
        foreach (MethodRow row in rows)
        {
            plot.Dot(X(row), row.Accuracy!.Value, ReportFigures.IsPersonal(row.Name));
        }

        var taken = new List<double>();
        foreach (MethodRow row in front.Reverse().Concat(rows.Where(r => r.Name == BenchmarkMethods.Generic || r.Name == figures.Headline)).Distinct())
        {
            double y = plot.Y(row.Accuracy!.Value);
            if (taken.All(t => Math.Abs(t - y) >= 14))
            {
                taken.Add(y);
                plot.Name(X(row), row.Accuracy.Value, row.Name);
            }
        }

        plot.Under(0.06, "none");
        for (double power = low; power <= high; power++)
        {
            plot.Under(0.2 + (0.78 * (power - low) / Math.Max(1, high - low)), Answers.Text($"{Math.Pow(10, power):N0}"), power == high ? "end" : "middle");
        }

        plot.End();
        bool priced = figures.Overall.IsPriced;
        html.Write($"""
            <p class="legend">Across: tokens of a comparison. Up: accuracy.</p>
            <details><summary>As a table</summary><div class="wide" role="group" aria-label="Cost and accuracy" tabindex="0"><table class="plain"><caption>The cheapest first; a comparison is one pair in both orders</caption>
            <thead><tr><th scope="col">Method</th><th scope="col" class="num">Tokens</th><th scope="col" class="num">Calls</th>{""}
            """);
        html.Markup((priced ? "<th scope=\"col\" class=\"num\">Money</th>" : "") + "<th scope=\"col\" class=\"num\">Accuracy</th><th scope=\"col\">Beaten by a cheaper one</th></tr></thead><tbody>\n");
        foreach (MethodRow row in rows)
        {
            html.Write($"""<tr><th scope="row">{row.Name}</th><td class="num">{Answers.Tokens(row):N0}</td><td class="num">{(double)row.Calls / row.Pairs:0.0}</td>""");
            if (priced)
            {
                html.Write($"""<td class="num">{Answers.MoneyCell(row.Cost / row.Pairs)}</td>""");
            }

            html.Write($"""<td class="num">{Answers.Percent(row.Accuracy)}</td><td>{(front.Contains(row) ? "no" : "yes")}</td></tr>{"\n"}""");
        }

        html.Markup("</tbody></table></div></details>\n");
    }
}
