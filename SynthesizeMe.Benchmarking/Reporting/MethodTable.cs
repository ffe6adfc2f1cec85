namespace SynthesizeMe.Benchmarking;

/// <summary>Everything that is known of the methods, as a plain table.</summary>
internal sealed class MethodTable(Html html)
{
    /// <summary>Writes a data set's methods.</summary>
    public void Write(BenchmarkTable table)
    {
        string name = table.Data ?? "All data";
        bool priced = table.IsPriced;
        html.Write($"""
            <div class="wide" role="group" aria-label="All figures: {name}" tabindex="0">
            <table class="plain"><caption><bdi>{name}</bdi>: {Answers.Count(table.Users, "person", "people")}. Answered: where the method is sure enough; right: its accuracy there.</caption>
            <thead><tr><th scope="col">Method</th><th scope="col" class="num">Accuracy</th><th scope="col" class="num">Gain</th><th scope="col" class="num">Consistent</th><th scope="col" class="num">Answered</th><th scope="col" class="num">Right</th><th scope="col" class="num">Pairs</th><th scope="col" class="num">People</th><th scope="col" class="num">Calls</th><th scope="col" class="num">Tokens</th>
            """);
        html.Markup(priced ? "<th scope=\"col\" class=\"num\">Money</th>" : "");
        html.Markup("<th scope=\"col\" class=\"num\">Unreadable</th></tr></thead><tbody>\n");
        foreach (MethodRow row in table.Methods.Where(m => m.NotAvailable is null))
        {
            html.Write($"""<tr><th scope="row">{row.Name}</th><td class="num">{Answers.Percent(row.Accuracy)}</td><td class="num">{(row.Difference is { } d ? Answers.Signed(d.Mean) : "")}</td><td class="num">{Answers.Percent(row.Consistency)}</td><td class="num">{Answers.Percent(row.Coverage)}</td><td class="num">{(row.AnsweredAccuracy is null ? "" : Answers.Percent(row.AnsweredAccuracy))}</td><td class="num">{row.Pairs:N0}</td><td class="num">{row.Users:N0}</td><td class="num">{row.Calls:N0}</td><td class="num">{row.InputTokens + row.OutputTokens:N0}</td>""");
            if (priced)
            {
                html.Write($"""<td class="num">{Answers.MoneyCell(row.Cost)}</td>""");
            }

            html.Write($"""<td class="num">{row.Failures:N0}</td></tr>{"\n"}""");
        }

        html.Markup("</tbody></table></div>\n");
        foreach (MethodRow row in table.Methods.Where(m => m.NotAvailable is not null))
        {
            html.Write($"<p class=\"soft\">No figures for {row.Name}: <bdi>{row.NotAvailable}</bdi>.</p>\n");
        }
    }
}
