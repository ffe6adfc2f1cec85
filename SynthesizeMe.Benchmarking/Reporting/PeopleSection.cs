using System.Collections.Immutable;

namespace SynthesizeMe.Benchmarking;

/// <summary>The people one by one: persona, demonstrations, candidates, and why the winner won. Each is closed until it is opened.</summary>
internal sealed class PeopleSection(Html html, ReportFigures figures)
{
    private readonly int _longestText = Math.Clamp(250_000 / Math.Max(1, figures.People.Length), 240, 1500);
    private readonly int _mostDemonstrations = figures.People.Length <= 200 ? 16 : 4;

    private int _cut;

    /// <summary>A person's name; it is text and nothing else.</summary>
    public static string Name(Person person) => person.Record.User.Length == 0 ? "(without a name)" : person.Record.User;

    /// <summary>Writes them.</summary>
    public void Write()
    {
        html.Markup("<section aria-labelledby=\"people\"><h2 id=\"people\">People</h2>\n");
        if (figures.People.IsEmpty)
        {
            html.Markup("<p>Nobody was finished.</p></section>\n");
            return;
        }

        html.Markup("""
            <p>Open a person to see the persona, the demonstrations, all candidates, and why the winner won.</p>
            <form id="filter" class="filter" role="search" hidden>
            <label>Find by name, data set, method or persona <input id="find" type="search" autocomplete="off" spellcheck="false"></label>
            <label>Who <select id="kind"><option value="">Everyone</option><option value="gain">Who gain</option><option value="same">Who stay the same</option><option value="lose">Who lose</option><option value="none">Without a figure</option></select></label>
            <span id="count" class="soft" role="status"></span>
            </form>

            """);
        foreach (Person person in figures.People)
        {
            Write(person);
        }

        if (_cut > 0)
        {
            html.Write($"<p class=\"soft\">To keep the page small, {Answers.Count(_cut, "text")} of more than {_longestText} characters {(_cut == 1 ? "is" : "are")} cut where it says so. <code>{BenchmarkRun.UsersFile}</code> has them whole.</p>\n");
        }

        html.Markup("</section>\n");
    }

    private void Write(Person person)
    {
        UserRecord user = person.Record;
        string kind = person.Gain switch { null => "none", > 0 => "gain", < 0 => "lose", _ => "same" };
        html.Write($"""<details class="person" id="p{person.Number}" data-kind="{kind}"><summary><b><bdi>{Name(person)}</bdi></b> """);
        if (figures.Run.Run.DataSets.Length > 1)
        {
            html.Write($"<span><bdi>{user.Data}</bdi></span> ");
        }

        html.Write($"""<span>{(user.Skipped is not null ? "left out" : user.Fit is { } f ? $"chosen: {f.Chosen}" : "no fit")}</span> """);
        if (person.Gain is { } gain)
        {
            html.Write($"""<span class="gain">{(gain > 0 ? "gains" : gain < 0 ? "loses" : "same")} {(gain == 0 ? "" : $"{Answers.Signed(gain)} points")}</span>""");
        }

        html.Markup("</summary><div>\n");
        if (user.Skipped is { } skipped)
        {
            html.Write($"<p>Left out: <bdi>{skipped}</bdi></p>\n");
        }

        html.Write($"<p class=\"soft\">{Answers.Count(user.TrainingPairs, "pair")} to learn from, {Answers.Count(user.TestPairs, "test pair")}.");
        if (!user.Demographics.IsEmpty)
        {
            html.Write($" The data say: <bdi>{string.Join("; ", user.Demographics.Select(d => $"{d.Key}: {d.Value}"))}</bdi>.");
        }

        html.Markup("</p>\n");
        if (user.Fit is { } fit)
        {
            Write(fit);
        }

        Scores(person);
        html.Markup("</div></details>\n");
    }

    private void Write(FitRecord fit)
    {
        if (fit.Persona is { } persona)
        {
            bool used = fit.Chosen is "persona" or "persona+demos";
            html.Write($"<h3>Persona{(used ? "" : " (not used by the winner)")}</h3>\n");
            Quote(persona, "persona");
        }

        html.Write($"<h3>Why <em>{fit.Chosen}</em> won</h3>\n<p><bdi>{fit.Why}</bdi> {Compared(fit)}</p>\n");
        foreach (string note in fit.Notes)
        {
            html.Write($"<p class=\"soft\"><bdi>{note}</bdi></p>\n");
        }

        Candidates(fit.Candidates);
        Demonstrations(fit);
    }

    /// <summary>What the candidates learned from, and what they were compared on.</summary>
    private string Compared(FitRecord fit)
    {
        string on = figures.Run.Run.Settings.Effort == nameof(FitEffort.Published) ? Answers.Count(fit.ComparedOn, "pair") + Split(fit.Split)
            : "the same" + (fit.Split == SplitKind.LeaveOneOut ? Split(fit.Split) : ", each without its conversation");
        return $"The candidates learned from {Answers.Count(fit.LearnedFrom, "pair")} and were compared on {on}.";
    }

    private static string Split(SplitKind split) => split switch
    {
        SplitKind.Given => ", as the data say",
        SplitKind.LeaveOneOut => ", each left out in turn, because there is one conversation only",
        _ => " of later conversations",
    };

    private void Candidates(ImmutableArray<CandidateRecord> candidates)
    {
        CandidateRecord[] shown = [.. candidates.Where(c => c.Status is "Evaluated" or "Chosen")];
        if (shown.Length == 0)
        {
            return;
        }

        html.Write($"""
            <details><summary>{Answers.Count(candidates.Length, "candidate")}</summary><div class="wide" role="group" aria-label="Candidates" tabindex="0"><table class="plain">
            <thead><tr><th scope="col">Stage</th><th scope="col">Candidate</th><th scope="col" class="num">Score</th><th scope="col" class="num">Verified</th><th scope="col" class="num">Labelled</th><th scope="col">Outcome</th></tr></thead><tbody>

            """);
        foreach (CandidateRecord c in shown)
        {
            html.Write($"""<tr><td>{c.Stage}</td><th scope="row">{(c.Name == "PersonaAndDemos" ? "persona+demos" : c.Stage == "final choice" ? c.Name.ToLowerInvariant() : c.Name)}</th><td class="num">{(c.Score is { } score ? Answers.Percent(score) : "")}</td><td class="num">{c.Verified}</td><td class="num">{c.Labelled}</td><td>{(c.Status == "Chosen" ? "chosen" : "compared")}</td></tr>{"\n"}""");
        }

        html.Markup("</tbody></table></div>\n");
        foreach (IGrouping<string, CandidateRecord> rest in candidates.Where(c => c.Status is not ("Evaluated" or "Chosen")).GroupBy(Outcome, StringComparer.Ordinal))
        {
            html.Write($"<p class=\"soft\">{rest.Key}: {string.Join("; ", rest.GroupBy(c => c.Stage, StringComparer.Ordinal).Select(s => $"{s.Key}: {string.Join(", ", s.Select(c => c.Name))}"))}.</p>\n");
        }

        html.Markup("</details>\n");
    }

    private static string Outcome(CandidateRecord candidate) => candidate.Status switch
    {
        "OutOfReach" => "Left the race once they could not win any more",
        "Rejected" => "Did no better on a first few pairs, and were not tried further",
        "NotEvaluated" => "Not tried to the end",
        var s when s.StartsWith("Duplicate", StringComparison.Ordinal) => "The same as an earlier one",
        var s => s,
    };

    private void Demonstrations(FitRecord fit)
    {
        if (fit.Demonstrations.IsEmpty)
        {
            return;
        }

        html.Write($"<details><summary>{Answers.Count(fit.Demonstrations.Length, "demonstration")}, as <em>{fit.DemonstrationsOf}</em> shows them</summary><ol>\n");
        foreach (DemonstrationRecord d in fit.Demonstrations.Take(_mostDemonstrations))
        {
            html.Markup("<li>");
            foreach (TurnRecord turn in d.Context)
            {
                html.Write($"<p class=\"soft\">{turn.Role}</p>");
                Quote(turn.Content, "other");
            }

            html.Markup("<p class=\"soft\">Preferred</p>");
            Quote(d.Preferred, "");
            html.Markup("<p class=\"soft\">Not preferred</p>");
            Quote(d.Other, "other");
            if (d.Reasoning is { } reasoning)
            {
                html.Write($"<p class=\"soft\">Reasoning{(d.Verified ? ", which predicted the choice" : "")}</p>");
                Quote(reasoning, "other");
            }

            html.Markup("</li>\n");
        }

        html.Markup("</ol>");
        if (fit.Demonstrations.Length > _mostDemonstrations)
        {
            html.Write($"<p class=\"soft\">{Answers.Count(fit.Demonstrations.Length - _mostDemonstrations, "more is", "more are")} in <code>{BenchmarkRun.UsersFile}</code>.</p>");
        }

        html.Markup("</details>\n");
    }

    private void Scores(Person person)
    {
        RunMethod[] methods = [.. figures.Run.Run.Methods.Where(m => person.Results.Contains(m.Name))];
        if (methods.Length > 0)
        {
            html.Markup("<details><summary>How the methods did on the test pairs</summary><table class=\"plain\"><thead><tr><th scope=\"col\">Method</th><th scope=\"col\" class=\"num\">Right</th><th scope=\"col\" class=\"num\">Of</th></tr></thead><tbody>\n");
            foreach (RunMethod method in methods)
            {
                html.Write($"""<tr><th scope="row">{method.Name}</th><td class="num">{person.Results[method.Name].Sum(r => r.Score):0.##}</td><td class="num">{person.Results[method.Name].Count()}</td></tr>{"\n"}""");
            }

            html.Markup("</tbody></table></details>\n");
        }

        foreach ((string method, string reason) in person.Record.NotAvailable)
        {
            html.Write($"<p class=\"soft\">No figure for {method}: <bdi>{reason}</bdi></p>\n");
        }
    }

    private void Quote(string text, string kind)
    {
        bool cut = text.Length > _longestText;
        _cut += cut ? 1 : 0;
        html.Write($"""<div class="quote {kind}" dir="auto">""");
        html.Text(cut ? text.AsSpan(0, char.IsHighSurrogate(text[_longestText - 1]) ? _longestText - 1 : _longestText) : text);
        if (cut)
        {
            html.Write($"<small> … {text.Length - _longestText:N0} characters cut</small>");
        }

        html.Markup("</div>\n");
    }
}
