namespace SynthesizeMe.Optimizers.Tests;

public class CategoricalSurrogateTests
{
    private static readonly (int, int)[] Space = [(6, 6), (6, 6)];

    [Fact]
    public void Before_anything_is_observed_every_choice_comes_up()
    {
        var surrogate = new CategoricalSurrogate(Space);

        Combination[] draws = [.. Enumerable.Range(0, 300).Select(i => surrogate.Draw([], new SeededRandom(i, "draw")))];

        for (int p = 0; p < 2; p++)
        {
            Assert.Equal(Enumerable.Range(0, 6), draws.Select(d => d.Choices[p].Instructions).Distinct().Order());
            Assert.Equal(Enumerable.Range(0, 6), draws.Select(d => d.Choices[p].Demos).Distinct().Order());
        }
    }

    [Fact]
    public void The_same_stream_gives_the_same_draw()
    {
        Observed[] observed = [new(At(1, 2, 3, 4), .8, 10), new(At(0, 2, 1, 4), .2, 10)];

        Assert.Equal(
            new CategoricalSurrogate(Space).Draw(observed, new SeededRandom(1, "draw")),
            new CategoricalSurrogate(Space).Draw(observed, new SeededRandom(1, "draw")));
    }

    [Fact]
    public void What_was_observed_to_be_good_is_drawn_more_often_the_more_examples_say_so()
    {
        int[] hits = [.. new[] { 1, 30, 1000 }.Select(examples => Enumerable.Range(0, 300).Count(i => new CategoricalSurrogate([(6, 1)]).Draw(
            [new(new([(0, 0)]), .2, examples), new(new([(3, 0)]), .9, examples)], new SeededRandom(i, "draw")).Choices[0].Instructions == 3))];

        Assert.True(hits[0] < hits[1] && hits[1] < hits[2], string.Join(' ', hits));
    }

    [Fact]
    public void The_effect_of_a_choice_carries_over_to_combinations_that_were_not_tried()
    {
        Observed[] observed = [new(At(1, 0, 0, 0), .9, 200), new(At(0, 0, 0, 0), .5, 200), new(At(0, 0, 2, 0), .9, 200), new(At(3, 0, 3, 0), .5, 200)];

        int both = Enumerable.Range(0, 300).Count(i => new CategoricalSurrogate([(4, 1), (4, 1)]).Draw(observed, new SeededRandom(i, "draw"))
            is { } c && c.Choices[0].Instructions == 1 && c.Choices[1].Instructions == 2);

        Assert.True(both > 60, $"{both} of 300, where chance has 19");
    }

    [Fact]
    public void A_search_finds_the_best_of_a_large_space_in_few_trials_more_often_than_chance()
    {
        int byModel = 0;
        int byChance = 0;
        for (int seed = 0; seed < 40; seed++)
        {
            byModel += SearchBest(seed, guided: true) ? 1 : 0;
            byChance += SearchBest(seed, guided: false) ? 1 : 0;
        }

        Assert.True(byModel >= 25 && byModel > byChance + 10, $"{byModel} by the model, {byChance} by chance");
    }

    /// <summary>1,296 combinations, 40 trials of 20 examples each; whether one of the best 1 % was tried.</summary>
    private static bool SearchBest(int seed, bool guided)
    {
        var observed = new List<Observed>();
        var surrogate = new CategoricalSurrogate(Space);
        for (int t = 0; t < 40; t++)
        {
            var random = new SeededRandom(seed, $"trial {t}");
            Combination c = surrogate.Draw(guided ? observed : [], random);
            double right = Enumerable.Range(0, 20).Count(_ => random.Next(1000) < 1000 * Quality(c)) / 20.0;
            observed.Add(new(c, right, 20));
        }

        return observed.Any(o => Quality(o.Combination) > .835);
    }

    private static double Quality(Combination c) =>
        .2 + (c.Choices[0].Instructions * .05) + (c.Choices[0].Demos * .03) + (c.Choices[1].Instructions * .04) + (c.Choices[1].Demos * .02);

    private static Combination At(int i0, int d0, int i1, int d1) => new([(i0, d0), (i1, d1)]);
}
