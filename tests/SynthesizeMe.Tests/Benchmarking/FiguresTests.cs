using SynthesizeMe.Benchmarking;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Tests.Benchmarking;

/// <summary>
/// Two people with four pairs each, the later two of which are tested on: ann's 2 and 3, bob's 12 and 13. Told nothing of the person, the
/// model is right about 2 and 13, wrong about 12, and says "First" of 3 in either order. Told anything, it is right. It is right about all
/// pairs that it is fitted on, so nothing beats the generic judge.
/// </summary>
public class FiguresTests
{
    private static readonly PreferencePair[] Choices = [.. Pairs.OfUser("ann", 4), .. Pairs.OfUser("bob", 4, from: 10)];

    private static Model Scripted() => new(a => a.Persona is not null || a.Shown.Length > 0 ? a.Good : a.Item switch
    {
        3 => Preference.First,
        12 => a.Bad,
        _ => a.Good,
    });

    [Fact]
    public async Task Every_method_and_the_chosen_one_have_figures()
    {
        HeldOutReport report = await Scripted().MeasureAsync(Choices);

        Assert.Equal(["generic", "history", "persona", "demos", "persona+demos", "chosen"], report.Methods.Select(m => m.Name));
        Assert.Equal(2, report.Measured.Count());
        Assert.Null(report.Interruption);
    }

    [Fact]
    public async Task A_pair_counts_one_half_when_its_orders_disagree()
    {
        MethodFigures generic = (await Scripted().MeasureAsync(Choices)).Methods.Of("generic");

        Assert.Equal((1 + 0.5 + 0 + 1) / 4, generic.Accuracy.Mean);
        Assert.Equal(4, generic.Pairs);
        Assert.Equal(1, generic.Inconsistent);
        Assert.Equal(0, generic.Failures);
    }

    [Fact]
    public async Task Position_bias_is_first_answers_less_second_ones()
    {
        MethodFigures generic = (await Scripted().MeasureAsync(Choices)).Methods.Of("generic");

        Assert.Equal((5.0 - 3) / 8, generic.PositionBias);
    }

    [Fact]
    public async Task The_interval_draws_whole_people()
    {
        MethodFigures generic = (await Scripted().MeasureAsync(Choices)).Methods.Of("generic");

        Assert.Equal(new Interval(0.625, 0.5, 0.75), generic.Accuracy);
    }

    [Fact]
    public async Task A_persons_interval_draws_whole_conversations()
    {
        HeldOutReport report = await Scripted().MeasureAsync(Choices);

        Assert.Equal(new Interval(0.75, 0.5, 1), report.Of(report.Users[0]).Of("generic").Accuracy);
        Assert.Equal(new Interval(0.5, 0, 1), report.Of(report.Users[1]).Of("generic").Accuracy);
    }

    [Fact]
    public async Task Each_pair_costs_a_call_for_each_order()
    {
        var model = Scripted();

        HeldOutReport report = await model.MeasureAsync(Choices);

        Assert.All(report.Methods, m => Assert.Equal(8, m.Usage.Calls));
        Assert.Equal(model.Calls, report.FitUsage.Calls + report.Methods.Where(m => m.Name != "chosen").Sum(m => m.Usage.Calls));
    }

    [Fact]
    public async Task The_chosen_method_is_what_each_persons_fit_chose()
    {
        HeldOutReport report = await Scripted().MeasureAsync(Choices);

        Assert.All(report.Users, u => Assert.Equal(JudgeMethod.Generic, u.Fit!.Judge.Method));
        Assert.Equal(report.Methods.Of("generic") with { Name = "chosen" }, report.Methods.Of("chosen"));
        Assert.Equal(new Interval(1, 1, 1), report.Methods.Of("history").Accuracy);
        Assert.Equal(0, report.Methods.Of("history").PositionBias);
    }

    [Fact]
    public async Task A_judge_that_always_says_first_scores_one_half_and_is_called_biased()
    {
        HeldOutReport report = await Model.AlwaysFirst().MeasureAsync(Choices);

        Assert.All(report.Methods, m => Assert.Equal((0.5, 1.0, m.Pairs), (m.Accuracy.Mean, m.PositionBias, m.Inconsistent)));
    }

    [Fact]
    public async Task An_order_without_a_readable_answer_is_a_failure_and_scores_nothing()
    {
        var model = new Model(a => a.WantsPersona ? Model.Tell(Model.Persona)
            : a.Item == 2 && a.Good == Preference.First ? Model.Nonsense
            : Model.Judge(a.Good, "so"));

        MethodFigures generic = (await model.MeasureAsync(Choices)).Methods.Of("generic");

        Assert.Equal((0.5 + 1 + 1 + 1) / 4, generic.Accuracy.Mean);
        Assert.Equal(1, generic.Failures);
        Assert.Equal(0, generic.Inconsistent);
        Assert.Equal(8, generic.Usage.Calls);
        Assert.Equal((3.0 - 4) / 7, generic.PositionBias, 12);
    }

    [Fact]
    public async Task A_report_of_nobody_has_no_figures()
    {
        HeldOutReport report = await Model.Perfect().MeasureAsync([]);

        Assert.Empty(report.Methods);
        Assert.Equal(0, report.Wanted);
        Assert.Equal(default, report.FitUsage);
    }
}
