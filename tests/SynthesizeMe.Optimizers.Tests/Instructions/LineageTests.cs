using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class LineageTests
{
    private static readonly Example<Drill>[] Validation = Drills.Examples(4, 0);

    [Fact]
    public void Parents_are_drawn_as_often_as_they_are_best_and_never_when_dominated()
    {
        var lineage = Of((1, 0, 0, 0), (0, 1, 1, 0), (0, 0, 1, 1), (0, 0, .5, .5));

        int[] draws = [.. Enumerable.Range(0, 900).Select(i => lineage.DrawParent(new SeededRandom(i, "parent")).Index)];

        // The last is never best; the others are at the front of one, two and two examples.
        Assert.InRange(draws.Count(d => d == 0), 150, 210);
        Assert.InRange(draws.Count(d => d == 1), 310, 410);
        Assert.InRange(draws.Count(d => d == 2), 310, 410);
        Assert.DoesNotContain(3, draws);
    }

    [Fact]
    public void Who_is_at_a_front_only_beside_better_ones_is_dominated()
    {
        var lineage = Of((1, 0, 0, 0), (1, 1, 0, 0), (0, 0, 1, 1));

        int[] draws = [.. Enumerable.Range(0, 200).Select(i => lineage.DrawParent(new SeededRandom(i, "parent")).Index)];

        Assert.Equal([1, 2], draws.Distinct().Order());
    }

    [Fact]
    public void Of_equals_one_is_left()
    {
        var lineage = Of((1, 1, 1, 1), (1, 1, 1, 1), (1, 1, 1, 1));

        Assert.Single(Enumerable.Range(0, 100).Select(i => lineage.DrawParent(new SeededRandom(i, "parent")).Index).Distinct());
    }

    /// <summary>Candidates with these scores on the four examples, all children of the first.</summary>
    private static Lineage<Drill> Of(params (double, double, double, double)[] scores)
    {
        IPromptProgram<Drill> program = Drills.Program(Drills.Model());
        Trial<Drill>[] trials = [.. scores.Select((s, i) =>
        {
            ProgramState state = ProgramState.Empty.With("self", new($"way {i}", []));
            var trial = new Trial<Drill>($"{i}", state, program.With(state));
            double[] values = [s.Item1, s.Item2, s.Item3, s.Item4];
            for (int v = 0; v < 4; v++)
            {
                trial.Add(new ExampleResult<Drill>(Validation[v], null, new Score(values[v]), null));
            }

            return trial;
        })];
        var lineage = new Lineage<Drill>(trials[0], program.Predictors, Validation);
        foreach (Trial<Drill> trial in trials)
        {
            lineage.Add(trial);
        }

        return lineage;
    }
}
