using System.Collections.Immutable;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Benchmarking;

/// <summary>The figures: each part says how to read it, draws it, and has it as a table.</summary>
internal sealed class FigureSections(Html html, ReportFigures figures)
{
    private const string NoFigures = "<p>This run has no figures for it.</p>\n";

    /// <summary>Writes them.</summary>
    public void Write()
    {
        Section("accuracy", "Accuracy by method", Accuracy);
        Section("pairs", "By the number of pairs learned from", LearningCurve);
        Section("gains", "Who gains, and who loses", Gains);
        Section("calibration", "Calibration: is it as often right as it is sure?", Calibration);
        Section("position", "Position bias", PositionBias);
        Section("cost", "Cost against accuracy", new CostFigure(html, figures).Write);
    }

    private void Section(string id, string title, Action write)
    {
        html.Write($"""<section aria-labelledby="{id}"><h2 id="{id}">{title}</h2>{"\n"}""");
        if (figures.Measured.IsEmpty)
        {
            html.Markup(NoFigures);
        }
        else
        {
            write();
        }

        html.Markup("</section>\n");
    }

    private void Accuracy()
    {
        html.Markup("<p>How often each method named what the person chose, among choices it had not seen. Half right (50 %, dashed) is what a coin gives. A filled dot knows something of the person, a hollow one does not. Where intervals overlap widely, the order of the methods means little; the gains below compare pair by pair and are sharper.</p>\n");
        Accuracies(figures.Overall);
        Differences(figures.Overall);
        if (figures.Tables.Length > 1)
        {
            foreach (BenchmarkTable table in figures.Tables.SkipLast(1))
            {
                html.Write($"""<details><summary><bdi>{table.Data}</bdi> alone: {Answers.Count(table.Users, "person", "people")}</summary>{"\n"}""");
                Accuracies(table);
                Differences(table);
                html.Markup("</details>\n");
            }
        }

        html.Markup("<details><summary>All figures of every method</summary>\n");
        foreach (BenchmarkTable table in figures.Tables)
        {
            new MethodTable(html).Write(table);
        }

        html.Markup("</details>\n");
    }

    private void Accuracies(BenchmarkTable table)
    {
        MethodRow[] rows = [.. table.Methods.Where(m => m.NotAvailable is null)];
        if (table.IntervalNote is { } note)
        {
            html.Write($"<p>{note}</p>\n");
        }

        new IntervalTable(html, Axis.OfAccuracies(rows.SelectMany(m => new[] { m.Low!.Value, m.High!.Value })), 0.5).Write(
            $"Accuracy, {Name(table)}",
            ("Method", "Accuracy", "95 % interval"),
            rows.Select(m => new IntervalTable.Row(
                m.Name,
                new Interval(m.Accuracy!.Value, m.Low!.Value, m.High!.Value),
                Answers.Percent(m.Accuracy),
                Answers.Text($"{m.Low * 100:0.0} to {m.High * 100:0.0}"),
                ReportFigures.IsPersonal(m.Name))));
    }

    private void Differences(BenchmarkTable table)
    {
        MethodRow[] rows = [.. table.Methods.Where(m => m.Difference is not null)];
        if (rows.Length > 0)
        {
            new IntervalTable(html, Axis.OfDifferences(rows.SelectMany(m => new[] { m.Difference!.Low, m.Difference.High })), 0).Write(
                $"Gain over the generic judge on the same pairs, in points, {Name(table)}",
                ("Method", "Gain", "95 % interval"),
                rows.Select(m => Row(m.Name, new(m.Difference!.Mean, m.Difference.Low, m.Difference.High), ReportFigures.IsPersonal(m.Name))));
        }
    }

    private void LearningCurve()
    {
        ImmutableArray<Group> groups = figures.ByTrainingPairs();
        if (groups.IsEmpty)
        {
            html.Markup(NoFigures);
            return;
        }

        html.Write($"<p>The gain of <em>{figures.Headline}</em> over the generic judge by how many of the person's choices it could learn from. The people are different ones in each group, so the course shows more than learning. Whiskers are 95 % intervals; where they span zero, that group's gain may be none.</p>\n");
        Axis axis = Axis.OfDifferences(groups.SelectMany(g => new[] { g.Gain.Low, g.Gain.High }));
        string[] texts = [.. groups.Select(g => $"{Answers.Range(g)}: {Answers.Signed(g.Gain.Mean)} ({Answers.Signed(g.Gain.Low)} to {Answers.Signed(g.Gain.High)})")];
        var plot = new Plot(html, axis, 200);
        plot.Begin($"Gain in points by training pairs. {string.Join("; ", texts)}.", 0);
        double X(int at) => (at + 0.5) / groups.Length;
        for (int i = 0; i < groups.Length; i++)
        {
            plot.Whisker(X(i), groups[i].Gain.Low, groups[i].Gain.High);
            if (i > 0)
            {
                plot.Line((X(i - 1), groups[i - 1].Gain.Mean), (X(i), groups[i].Gain.Mean));
            }

            plot.Dot(X(i), groups[i].Gain.Mean, strong: true);
            plot.Under(X(i), groups[i].From == groups[i].To ? Answers.Text($"{groups[i].From}") : Answers.Text($"{groups[i].From}\u2013{groups[i].To}"));
        }

        plot.End();
        html.Markup("<p class=\"legend\">Across: training pairs of the person. Up: gain in points.</p>\n<details><summary>As a table</summary>\n");
        new IntervalTable(html, axis, 0).Write(
            "Gain by training pairs, in points",
            ("Training pairs", "Gain", "95 % interval"),
            groups.Select(g => Row(Answers.Range(g), g.Gain, strong: true, Answers.Count(g.People, "person", "people"))));
        html.Markup("</details>\n");
    }

    private void Gains()
    {
        Person[] people = [.. figures.Compared.OrderByDescending(p => p.Gain).ThenBy(p => p.Number)];
        if (people.Length == 0)
        {
            html.Markup(NoFigures);
            return;
        }

        int gain = people.Count(p => p.Gain > 0), lose = people.Count(p => p.Gain < 0);
        html.Write($"<p>Each bar is a person: the accuracy of <em>{figures.Headline}</em> less that of the generic judge on their test pairs, in points. Upward bars gain, downward bars lose. With few pairs each, the ends of the row are mostly luck.</p>\n");
        var plot = new Plot(html, Axis.OfDifferences(people.Select(p => p.Gain!.Value)), 200);
        plot.Begin(Answers.Text($"Gains of {people.Length} people, sorted, from {Answers.Signed(people[0].Gain!.Value)} to {Answers.Signed(people[^1].Gain!.Value)} points: {gain} gain, {people.Length - gain - lose} are the same, {lose} lose."), 0);
        double width = 1.0 / people.Length;
        for (int i = 0; i < people.Length; i++)
        {
            plot.Bar(i * width, width * 0.8, people[i].Gain!.Value);
        }

        plot.Under(0, Answers.Text($"{gain} gain"), "start");
        plot.Under(0.5, Answers.Text($"{people.Length - gain - lose} the same"));
        plot.Under(1, Answers.Text($"{lose} lose"), "end");
        plot.End();
        html.Write($"""
            <details><summary>As a table</summary><div class="wide" role="group" aria-label="Gains by person" tabindex="0">
            <table class="plain"><caption>Everyone, the greatest gain first</caption><thead><tr><th scope="col">Person</th><th scope="col" class="num">Learned from</th><th scope="col" class="num">Test pairs</th><th scope="col" class="num">Generic</th><th scope="col" class="num">{figures.Headline}</th><th scope="col" class="num">Gain</th></tr></thead><tbody>

            """);
        foreach (Person p in people)
        {
            html.Write($"""<tr><th scope="row"><a href="#p{p.Number}"><bdi>{PeopleSection.Name(p)}</bdi></a></th><td class="num">{p.Record.TrainingPairs}</td><td class="num">{p.Pairs}</td><td class="num">{p.Generic * 100:0.0} %</td><td class="num">{(p.Generic + p.Gain!.Value) * 100:0.0} %</td><td class="num">{Answers.Signed(p.Gain!.Value)}</td></tr>{"\n"}""");
        }

        html.Markup("</tbody></table></div></details>\n");
    }

    private void Calibration()
    {
        (string Method, ImmutableArray<ConfidenceBin> Bins)[] sure = [.. figures.Measured.Select(m => (m.Name, figures.Calibration(m.Name))).Where(m => !m.Item2.IsEmpty)];
        if (sure.Length == 0)
        {
            html.Markup("<p>No method of this run says how sure it is.</p>\n");
            return;
        }

        html.Markup("<p>The answers by how sure the method was of them. The upright bar, and the small figure, is how sure it was on average, the dot how often it was right: a dot left of its bar is too sure, one right of it not sure enough. Answers at 50 % include all whose two orders disagree, so these are about half right by construction.</p>\n");
        Axis axis = Axis.OfAccuracies(sure.SelectMany(m => m.Bins).SelectMany(b => new[] { b.Accuracy.Low, b.Accuracy.High, b.Confidence }));
        string[] open = [.. new[] { figures.Headline, BenchmarkMethods.Generic }.OfType<string>()];
        if (!sure.Any(m => open.Contains(m.Method)))
        {
            open = [sure[0].Method];
        }

        foreach ((string method, ImmutableArray<ConfidenceBin> bins) in sure.OrderBy(m => Array.IndexOf(open, m.Method) is var at && at < 0 ? open.Length : at))
        {
            double error = bins.Sum(b => b.Pairs * Math.Abs(b.Accuracy.Mean - b.Confidence)) / bins.Sum(b => b.Pairs);
            html.Write($"""<details{(open.Contains(method) ? " open" : "")}><summary>{method}: sure and right differ by {error * 100:0.0} points on average</summary>{"\n"}""");
            new IntervalTable(html, axis, 0.5).Write(
                $"Accuracy by confidence, {method}",
                ("How sure", "Right", "95 % interval"),
                bins.Select(b => new IntervalTable.Row(
                    Answers.Text($"{b.From * 100:0} to {(b.From + 0.1) * 100:0} %"),
                    b.Accuracy,
                    Answers.Percent(b.Accuracy.Mean),
                    Answers.Text($"{b.Accuracy.Low * 100:0.0} to {b.Accuracy.High * 100:0.0}"),
                    ReportFigures.IsPersonal(method))
                {
                    Note = Answers.Text($"{b.Confidence * 100:0.0} %, {Answers.Count(b.Pairs, "pair")}"),
                    Mark = b.Confidence,
                }));
            html.Markup("</details>\n");
        }
    }

    private void PositionBias()
    {
        html.Markup("<p>Each pair is asked in both orders. The bias is the share of answers that named the first completion less the share that named the second, in points: zero has no favourite place, +100 always names the first. Under each name is how often both orders named the same.</p>\n");
        (MethodRow Row, Interval Bias)[] biases = [.. figures.Measured.Select(m => (m, figures.PositionBias(m.Name))).Where(b => b.Item2 is not null).Select(b => (b.m, b.Item2!.Value))];
        Axis axis = Axis.OfDifferences(biases.SelectMany(b => new[] { b.Bias.Low, b.Bias.High }));
        new IntervalTable(html, axis, 0).Write(
            "Position bias, in points",
            ("Method", "Bias", "95 % interval"),
            biases.Select(b => Row(b.Row.Name, b.Bias, ReportFigures.IsPersonal(b.Row.Name), $"orders agree {Answers.Percent(b.Row.Consistency)}")));
    }

    private static IntervalTable.Row Row(string name, Interval figures, bool strong, string note = "") => new(
        name, figures, Answers.Signed(figures.Mean), $"{Answers.Signed(figures.Low)} to {Answers.Signed(figures.High)}", strong)
    {
        Note = note,
    };

    private static string Name(BenchmarkTable table) => $"{table.Data ?? "all data"}: {Answers.Count(table.Users, "person", "people")}";
}
