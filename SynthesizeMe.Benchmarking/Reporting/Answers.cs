using System.Collections.Immutable;
using System.Globalization;

namespace SynthesizeMe.Benchmarking;

/// <summary>The newcomer's questions answered in words, each from figures and no surer than those are.</summary>
internal static class Answers
{
    /// <summary>Gains below this are called small, in a share of the pairs.</summary>
    private const double Small = 0.02;

    /// <summary>What comes by chance less often than this is told as a finding.</summary>
    private const double Rare = 0.05;

    /// <summary>Does personalising help?</summary>
    public static Answer Helps(ReportFigures figures)
    {
        if (figures.Headline is not { } name || figures.Find(name) is not { Difference: { } gain } row || figures.Find(BenchmarkMethods.Generic) is not { } generic)
        {
            return new("This run cannot say.", [figures.Measured.IsEmpty
                ? "Nobody was measured."
                : "It has no personal method and generic judge that were asked about the same pairs. Measure both, for example with --methods generic,chosen."]);
        }

        int people = figures.Compared.Count();
        bool few = people < Statistics.FewestPeople;
        double chance = few ? 1 : figures.Chance(name);
        string verdict = gain switch
        {
            { Low: 0, High: 0, Mean: 0 } => "It made no difference here.",
            _ when few => "That cannot be told from so few people.",
            { Low: > 0, Mean: < Small } when chance < Rare => "Yes, a little.",
            { Low: > 0 } when chance < Rare => "Yes.",
            { High: < 0 } when chance < Rare => "No, it does harm here.",
            { Low: > -Small, High: < Small } => "Hardly, if at all.",
            _ => "That cannot be told from this run.",
        };
        string measured = Text($"{Subject(name)} was right about {Percent(row.Accuracy)} of the choices it had not seen, the generic judge about {Percent(generic.Accuracy)}. On the same {Count(gain.Pairs, "pair")} of {Count(people, "person", "people")} that is {Points(gain.Mean)}{(few ? "" : Text($", and the true figure probably lies between {Signed(gain.Low)} and {Signed(gain.High)} (95 % interval)"))}.");
        string meaning = gain switch
        {
            { Low: 0, High: 0, Mean: 0 } => "Both judges gave the same score on everyone's pairs.",
            _ when few => Text($"Fewer than {Statistics.FewestPeople} people say nothing of others, and their intervals are too narrow."),
            { Low: > 0 } or { High: < 0 } when chance < Rare => "The interval leaves out zero.",
            { Low: > 0 } or { High: < 0 } => Text($"The interval leaves out zero, but with so few people chance alone gives so much in {Odds(chance)} (sign-flip test). More people would tell."),
            { Low: > -Small, High: < Small } => Text($"A gain or loss of more than {Small * 100:0} points is unlikely."),
            _ => Text($"Zero lies within: the run is compatible with a loss of {Math.Max(0, -gain.Low * 100):0.0} points and with a gain of {Math.Max(0, gain.High * 100):0.0}. More people would narrow it."),
        };
        return new(verdict, [$"{measured} {meaning}", .. Others(figures)]);
    }

    /// <summary>For whom?</summary>
    public static Answer ForWhom(ReportFigures figures)
    {
        Person[] people = [.. figures.Compared];
        if (people.Length == 0)
        {
            return new("This run cannot say.", ["Nobody has both figures."]);
        }

        int gain = people.Count(p => p.Gain > 0), lose = people.Count(p => p.Gain < 0), pairs = (int)Math.Round(people.Average(p => p.Pairs));
        double chance = Statistics.SignTest(gain, lose);
        string spread = Text($"Of {Count(people.Length, "person", "people")} {gain} gain, {lose} lose and {people.Length - gain - lose} come out the same.");
        string sign = gain + lose == 0 ? "Nobody differs from the generic judge."
            : chance < Rare ? Text($"So uneven a division would come by chance in {Odds(chance)} (sign test).")
            : Text($"Chance alone gives so uneven a division in {Odds(chance)} (sign test), so it is no evidence of who gains.");
        int left = figures.Overall.Skipped.Length;
        string without = left == 0 ? "" : Text($" {Count(left, "person was", "people were")} left out, for the reasons under People.");
        string caution = Text($"One person's figure rests on about {Count(pairs, "test pair")}: read it as a hint, not as a finding.");
        string verdict = gain + lose == 0 ? "For nobody." : chance >= Rare ? "No pattern that stands out." : gain > lose ? "For more people than not." : "It harms more people than it helps.";
        return new(verdict, [$"{spread} {sign} {caution}{without}", .. ByPairs(figures), .. ByData(figures)]);
    }

    /// <summary>At what cost?</summary>
    public static Answer Cost(ReportFigures figures)
    {
        BenchmarkTable all = figures.Overall;
        int fits = all.Chosen.Values.Sum();
        var lines = new List<string>();
        if (fits > 0)
        {
            lines.Add(Text($"Learning a person, once: {(double)all.Fit.Calls / fits:N0} calls and {(all.Fit.InputTokens + all.Fit.OutputTokens) / (double)fits:N0} tokens on average{Money(all.Fit.Cost / fits)}."));
        }

        if (figures.Find(BenchmarkMethods.Generic) is { } generic)
        {
            double basis = Tokens(generic);
            lines.Add(Text($"A comparison, asked in both orders: {Each(generic)} with the generic judge."));
            if (figures.Find(figures.Headline) is { } headline)
            {
                string times = basis > 0 ? Text($", {Tokens(headline) / basis:0.0} times the tokens") : "";
                lines.Add(Text($"{Subject(headline.Name)}: {Each(headline)}{times}."));
            }
        }

        string verdict = figures.Find(figures.Headline) is { } row && figures.Find(BenchmarkMethods.Generic) is { } g && Tokens(g) > 0
            ? Text($"{Tokens(row) / Tokens(g):0.0} times the tokens of each comparison{(fits > 0 ? ", and a fit for each person" : "")}.")
            : "See below.";
        if (lines.Count == 0)
        {
            return new("This run cannot say.", ["It has neither fits nor comparisons by the generic judge."]);
        }

        lines.Add(figures.Run.Run.Price is null ? "No price of the model is known, so there is no figure in money."
            : all.LacksTokens ? "The model did not report the tokens of some calls, so there is no figure in money."
            : all.Fit.Cost is 0 && figures.Measured.All(m => m.Cost is null or 0) ? "The model of this run costs nothing in money." : "");
        return new(verdict, [string.Join(' ', lines).TrimEnd()]);
    }

    /// <summary>Why did this user get this persona?</summary>
    public static Answer Why(ReportFigures figures)
    {
        ImmutableSortedDictionary<string, int> chosen = figures.Overall.Chosen;
        int fits = chosen.Values.Sum();
        if (fits == 0)
        {
            return new("No personas in this run.", ["None of its methods needed one."]);
        }

        string tally = string.Join(", ", chosen.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => Text($"{c.Key} {c.Value}")));
        int kept = chosen.GetValueOrDefault(BenchmarkMethods.Generic);
        (string verdict, string way) = Way(figures.Run.Run.Settings.Effort);
        return new(
            verdict,
            [
                way,
                Text($"Chosen for {Count(fits, "person", "people")}: {tally}.") + (kept > fits / 2 ? " Mostly the generic judge was not beaten, and then the persona is shown but not used." : "")
                + " Everyone's persona, candidates and reason are under People.",
            ]);
    }

    /// <summary>How a fit comes to its persona and its choice.</summary>
    private static (string Verdict, string Way) Way(string? effort) => effort switch
    {
        nameof(FitEffort.Published) => (
            "It came from the person's own choices, and had to win on others of them.",
            "The model judged part of a person's choices without knowing the person; where its reasoning came to what the person chose, that reasoning was kept. The persona sums up "
            + "the kept reasoning that predicted best. Then the generic judge, the history, the persona, the demonstrations, and persona with demonstrations were compared on the rest of the training pairs, and the best was taken; "
            + "the generic one stays unless another beats it."),
        nameof(FitEffort.Quick) => (
            "It came from the person's own choices; whether it helps was not tried.",
            "The model judged a person's choices without knowing the person; where its reasoning came to what the person chose, that reasoning was kept. The persona sums it up. "
            + "The generic judge, the history and the demonstrations were compared on the same choices, each on a choice without anything of its conversation being shown. What was expected to gain most, by that and by what is known of "
            + "judges of its kind, was taken. A quick fit compares no persona."),
        _ => (
            "It came from the person's own choices, and was tried on choices that it did not know.",
            "The model judged a person's choices without knowing the person; where its reasoning came to what the person chose, that reasoning was kept. The persona sums it up. "
            + "Then the judges were compared on the same choices, each on a choice without anything of its conversation being shown, and personas on choices that they had not been written from. What was expected to gain most, by that and "
            + "by what is known of judges of its kind, was taken: so few choices decide little by themselves, and a winner may have done no better on them than the generic judge."),
    };

    /// <summary>A method as the subject of a sentence.</summary>
    public static string Subject(string method) => method == "chosen" ? "The judge that each person's fit chose" : $"The method {method}";

    private static IEnumerable<string> Others(ReportFigures figures)
    {
        MethodRow[] others = [.. figures.Measured.Where(m => ReportFigures.IsPersonal(m.Name) && m.Name != figures.Headline && m.Difference is not null)];
        if (others.Length == 0)
        {
            return [];
        }

        string better = List(others.Where(m => m.Difference!.Low > 0 && IsRare(m))), worse = List(others.Where(m => m.Difference!.High < 0 && IsRare(m)));
        string found = (better, worse) switch
        {
            ("", "") => "differs from the generic judge by more than chance may give",
            (_, "") => $"gain: {better}",
            ("", _) => $"lose: {worse}",
            _ => $"gain: {better}; lose: {worse}",
        };
        return [Text($"Of the other methods that know something of the person, {(better.Length + worse.Length == 0 ? "none " : "by more than chance gives in one run of twenty, ")}{found}. Where many methods are compared, one in twenty does so by chance.{Impersonal(figures)}")];

        bool IsRare(MethodRow method) => figures.Chance(method.Name) < Rare;
    }

    /// <summary>Those who gain without knowing the person: as much of the others' gain is not personal.</summary>
    private static string Impersonal(ReportFigures figures)
    {
        string gain = List(figures.Measured.Where(m => !ReportFigures.IsPersonal(m.Name) && m.Difference is { Low: > 0 } && figures.Chance(m.Name) < Rare));
        return gain.Length == 0 ? "" : Text($" Some gain that know nothing of the person: {gain}. That much of a gain needs no personalising.");
    }

    private static IEnumerable<string> ByPairs(ReportFigures figures)
    {
        ImmutableArray<Group> groups = figures.ByTrainingPairs();
        if (groups.Length < 2)
        {
            return [];
        }

        Group few = groups[0], many = groups[^1];
        string trend = few.Gain.High < many.Gain.Low ? "More pairs to learn from go with a larger gain"
            : many.Gain.High < few.Gain.Low ? "More pairs to learn from go with a smaller gain"
            : "Whether more pairs to learn from bring more cannot be told";
        return [Text($"{trend}: people with {Range(few)} gain {Signed(few.Gain.Mean)} points ({Signed(few.Gain.Low)} to {Signed(few.Gain.High)}), those with {Range(many)} {Signed(many.Gain.Mean)} ({Signed(many.Gain.Low)} to {Signed(many.Gain.High)}).")];
    }

    private static IEnumerable<string> ByData(ReportFigures figures) => figures.Tables.Length < 2 || figures.Headline is null ? []
        : [$"By data set: {string.Join("; ", figures.Tables.SkipLast(1).Select(t => (t.Data, Row: t.Methods.FirstOrDefault(m => m.Name == figures.Headline))).Select(t => t.Row?.Difference is { } d ? Text($"{t.Data} {Signed(d.Mean)} points ({Signed(d.Low)} to {Signed(d.High)})") : $"{t.Data} no figure"))}."];

    /// <summary>A range of training pairs.</summary>
    public static string Range(Group group) => group.From == group.To ? Count(group.From, "pair") : Text($"{group.From} to {group.To} pairs");

    /// <summary>A share in percent.</summary>
    public static string Percent(double? share) => share is { } value && double.IsFinite(value) ? Text($"{value * 100:0.0} %") : "no figure";

    /// <summary>A difference in points, with its sign.</summary>
    public static string Signed(double difference) => Text($"{difference * 100:+0.0;\u22120.0;0.0}");

    /// <summary>A count with its noun.</summary>
    public static string Count(long count, string noun, string? plural = null) => Text($"{count:N0} {(count == 1 ? noun : plural ?? $"{noun}s")}");

    /// <summary>Text of ours, the same in every country.</summary>
    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>The tokens of one comparison in both orders.</summary>
    public static double Tokens(MethodRow row) => row.Pairs == 0 ? 0 : (row.InputTokens + row.OutputTokens) / (double)row.Pairs;

    private static string Each(MethodRow row) => Text($"{(double)row.Calls / row.Pairs:0.0} calls and {Tokens(row):N0} tokens{Money(row.Cost / row.Pairs)}");

    /// <summary>Money in a cell of a table.</summary>
    public static string MoneyCell(decimal? cost) => cost is { } known ? Text($"{known:0.00####}") : "not known";

    private static string Money(decimal? cost) => cost is > 0 and var amount ? Text($" ({amount:0.00####} in money)") : "";

    private static string Points(double gain) => gain == 0 ? "no difference" : Text($"a {(gain > 0 ? "gain" : "loss")} of {Math.Abs(gain) * 100:0.0} points");

    private static string Odds(double chance) => chance < 0.001 ? "less than 1 of 1,000 cases" : Text($"{chance * 100:0.#} of 100 cases");

    private static string List(IEnumerable<MethodRow> rows) => string.Join(", ", rows.Select(r => Text($"{r.Name} ({Signed(r.Difference!.Mean)})")));
}

/// <summary>An answer.</summary>
/// <param name="Verdict">In a few words.</param>
/// <param name="Paragraphs">In full.</param>
internal sealed record Answer(string Verdict, ImmutableArray<string> Paragraphs);
