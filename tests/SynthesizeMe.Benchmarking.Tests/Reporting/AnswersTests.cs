using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Benchmarking.Tests.Reporting;

public class AnswersTests
{
    private static readonly double[] Right = [1, 1, 1, 1];
    private static readonly double[] Half = [1, 0, 1, 0];

    [Fact]
    public void A_gain_whose_interval_leaves_out_zero_helps()
    {
        Answer answer = Answers.Helps(Of([.. HandMade.Alike(10, 5, Half, Right), .. HandMade.Alike(5, 5, Half, Half)]));

        Assert.Equal("Yes.", answer.Verdict);
        Assert.StartsWith(
            "The judge that each person's fit chose was right about 83.3 % of the choices it had not seen, the generic judge about 50.0 %. On the same 60 pairs of 15 people that is a gain of 33.3 points, ",
            answer.Paragraphs[0],
            StringComparison.Ordinal);
        Assert.EndsWith("The interval leaves out zero.", answer.Paragraphs[0], StringComparison.Ordinal);
    }

    [Fact]
    public void A_loss_whose_interval_leaves_out_zero_harms()
    {
        Answer answer = Answers.Helps(Of([.. HandMade.Alike(10, 5, Right, Half), .. HandMade.Alike(5, 5, Half, Half)]));

        Assert.Equal("No, it does harm here.", answer.Verdict);
        Assert.Contains("that is a loss of 33.3 points", answer.Paragraphs[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_interval_with_zero_in_it_decides_nothing_and_says_what_it_allows()
    {
        Answer answer = Answers.Helps(Of([.. HandMade.Alike(4, 5, Half, Right), .. HandMade.Alike(3, 5, Right, Half)]));

        Assert.Equal("That cannot be told from this run.", answer.Verdict);
        Assert.Matches(@"Zero lies within: the run is compatible with a loss of \d+\.\d points and with a gain of \d+\.\d\. More people would narrow it\.$", answer.Paragraphs[0]);
    }

    [Fact]
    public void A_narrow_interval_around_zero_hardly_helps()
    {
        double[] many = [.. Enumerable.Repeat(1d, 200)];
        double[] less = [.. many[1..], 0];

        Assert.Equal("Hardly, if at all.", Answers.Helps(Of([.. HandMade.Alike(5, 5, less, many), .. HandMade.Alike(5, 5, many, less)])).Verdict);
    }

    [Fact]
    public void No_difference_at_all_is_said_to_be_none()
    {
        ReportFigures figures = Of(HandMade.Alike(5, 5, Half, Half));

        Assert.Equal("It made no difference here.", Answers.Helps(figures).Verdict);
        Assert.Equal("For nobody.", Answers.ForWhom(figures).Verdict);
        Assert.Contains("Nobody differs from the generic judge.", Answers.ForWhom(figures).Paragraphs[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Few_people_decide_nothing_for_others(int people)
    {
        Answer answer = Answers.Helps(Of(HandMade.Alike(people, 5, Half, Right)));

        Assert.Equal("That cannot be told from so few people.", answer.Verdict);
        Assert.EndsWith("that is a gain of 50.0 points. Fewer than 6 people say nothing of others, and their intervals are too narrow.", answer.Paragraphs[0], StringComparison.Ordinal);
    }

    [Fact]
    public void An_interval_without_zero_decides_nothing_where_chance_gives_as_much()
    {
        // However six people are drawn again of whom one loses a little, their mean is seldom below zero; but of all signs, 4 of 64 give as much.
        Answer answer = Answers.Helps(Of([.. HandMade.Alike(5, 5, Half, Right), .. HandMade.Alike(1, 5, Right, [1, 1, 1, 0])]));

        Assert.Equal("That cannot be told from this run.", answer.Verdict);
        Assert.EndsWith(
            "The interval leaves out zero, but with so few people chance alone gives so much in 6.3 of 100 cases (sign-flip test). More people would tell.",
            answer.Paragraphs[0],
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(20)]
    public void Judges_that_toss_coins_seldom_differ(int people)
    {
        var random = new SeededRandom(1, "coins");
        int told = Enumerable.Range(0, 200).Count(_ =>
        {
            string verdict = Answers.Helps(Of([.. Enumerable.Range(0, people).Select(_ => (5, Tosses(), Tosses()))])).Verdict;
            return verdict.StartsWith("Yes", StringComparison.Ordinal) || verdict.StartsWith("No", StringComparison.Ordinal);
        });

        // One in twenty, give or take two standard deviations.
        Assert.InRange(told, 0, 16);

        double[] Tosses() => [.. Enumerable.Range(0, 6).Select(_ => (double)random.Next(2))];
    }

    [Theory]
    [InlineData(6, 0, "For more people than not.", "Of 8 people 6 gain, 0 lose and 2 come out the same. So uneven a division would come by chance in 3.1 of 100 cases (sign test).")]
    [InlineData(5, 1, "No pattern that stands out.", "Of 8 people 5 gain, 1 lose and 2 come out the same. Chance alone gives so uneven a division in 21.9 of 100 cases (sign test), so it is no evidence of who gains.")]
    [InlineData(0, 8, "It harms more people than it helps.", "Of 10 people 0 gain, 8 lose and 2 come out the same. So uneven a division would come by chance in 0.8 of 100 cases (sign test).")]
    public void Who_gains_is_told_with_what_chance_would_give(int gain, int lose, string verdict, string begin)
    {
        Answer answer = Answers.ForWhom(Of([.. HandMade.Alike(gain, 5, Half, Right), .. HandMade.Alike(lose, 5, Right, Half), .. HandMade.Alike(2, 5, Half, Half)]));

        Assert.Equal(verdict, answer.Verdict);
        Assert.StartsWith(begin, answer.Paragraphs[0], StringComparison.Ordinal);
        Assert.EndsWith("One person's figure rests on about 4 test pairs: read it as a hint, not as a finding.", answer.Paragraphs[0], StringComparison.Ordinal);
    }

    [Fact]
    public void More_to_learn_from_is_compared_with_less()
    {
        Answer more = Answers.ForWhom(Of([.. HandMade.Alike(6, 5, Half, Half), .. HandMade.Alike(6, 15, Half, Right)]));
        Answer same = Answers.ForWhom(Of([.. HandMade.Alike(6, 5, Half, Half), .. HandMade.Alike(6, 15, Half, Half)]));

        Assert.Equal("More pairs to learn from go with a larger gain: people with 5 pairs gain 0.0 points (0.0 to 0.0), those with 15 pairs +50.0 (+50.0 to +50.0).", more.Paragraphs[1]);
        Assert.StartsWith("Whether more pairs to learn from bring more cannot be told: ", same.Paragraphs[1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_cost_is_of_a_fit_and_of_a_comparison()
    {
        Answer answer = Answers.Cost(Of(HandMade.Alike(3, 5, Half, Right)));

        Assert.Equal("3.0 times the tokens of each comparison, and a fit for each person.", answer.Verdict);
        Assert.Equal(
            "Learning a person, once: 12 calls and 3,456 tokens on average. A comparison, asked in both orders: 2.0 calls and 500 tokens with the generic judge. "
            + "The judge that each person's fit chose: 2.0 calls and 1,500 tokens, 3.0 times the tokens. No price of the model is known, so there is no figure in money.",
            Assert.Single(answer.Paragraphs));
    }

    [Fact]
    public void Others_that_gain_are_named_apart_by_whether_they_know_the_person()
    {
        BenchmarkRun run = HandMade.Of(HandMade.Alike(6, 5, Half, Right));
        ResultRecord[] chosen = [.. run.Results.Where(r => r.Method == "chosen")];
        run = run with
        {
            Run = run.Run with { Methods = [.. run.Run.Methods, run.Run.Methods[0] with { Name = "style" }, run.Run.Methods[0] with { Name = "style+user" }] },
            Results = [.. run.Results, .. chosen.Select(r => r with { Method = "style" }), .. chosen.Select(r => r with { Method = "style+user" })],
        };

        Assert.Equal(
            "Of the other methods that know something of the person, by more than chance gives in one run of twenty, gain: style+user (+50.0). Where many methods are compared, "
            + "one in twenty does so by chance. Some gain that know nothing of the person: style (+50.0). That much of a gain needs no personalising.",
            Answers.Helps(new(run)).Paragraphs[1]);
    }

    [Fact]
    public void What_was_not_measured_is_not_answered()
    {
        ReportFigures empty = Of();
        BenchmarkRun generic = HandMade.Of(HandMade.Alike(3, 5, Half, Right));
        ReportFigures alone = new(generic with { Results = [.. generic.Results.Where(r => r.Method == "generic")] });

        Assert.All((Answer[])[Answers.Helps(empty), Answers.ForWhom(empty), Answers.Cost(empty), Answers.Helps(alone), Answers.ForWhom(alone)], a => Assert.Equal("This run cannot say.", a.Verdict));
        Assert.Equal("No personas in this run.", Answers.Why(empty).Verdict);
        Assert.Contains("--methods generic,chosen", Answers.Helps(alone).Paragraphs[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Why_tells_what_was_chosen_for_how_many()
    {
        Assert.StartsWith("Chosen for 3 people: demos 3.", Answers.Why(Of(HandMade.Alike(3, 5, Half, Right))).Paragraphs[1], StringComparison.Ordinal);
    }

    private static ReportFigures Of(params (int Training, double[] Generic, double[] Chosen)[] people) => new(HandMade.Of(people));
}
