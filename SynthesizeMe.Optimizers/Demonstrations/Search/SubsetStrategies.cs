using System.Globalization;

namespace SynthesizeMe.Optimizers;

/// <summary>The ways to choose which subsets are tried. Each decides at the end of batches, by scores and seed only.</summary>
internal static class SubsetStrategies
{
    /// <summary>How many demonstrations a greedy step looks at.</summary>
    private const int GreedyWidth = 4;

    /// <summary>In how many batches the worth of demonstrations is learned.</summary>
    private const int WorthBatches = 4;

    /// <summary>The standard deviation of what one demonstration adds to the mean score.</summary>
    private const double WorthDeviation = 0.05;

    /// <summary>How often a subset is drawn before what was drawn is enough.</summary>
    private const int MostDraws = 4;

    /// <summary>No race is decided on fewer examples.</summary>
    private const int FewestExamples = 4;

    public static Task RunAsync(
        DemoSearchStrategy strategy, ISubsetTrials trials, IReadOnlyList<Subset> fixedOnes, int seed, CancellationToken cancellationToken) => strategy switch
        {
            DemoSearchStrategy.Worth => WorthAsync(trials, fixedOnes, seed, cancellationToken),
            DemoSearchStrategy.Random => RandomAsync(trials, fixedOnes, seed, cancellationToken),
            DemoSearchStrategy.Greedy => GreedyAsync(trials, fixedOnes, seed, cancellationToken),
            DemoSearchStrategy.Halving => HalvingAsync(trials, fixedOnes, seed, cancellationToken),
            _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "There is no such strategy."),
        };

    private static async Task RandomAsync(ISubsetTrials trials, IReadOnlyList<Subset> fixedOnes, int seed, CancellationToken cancellationToken) =>
        await trials.TryAsync([.. fixedOnes, .. Draw(trials, fixedOnes, seed)], trials.Examples, cancellationToken).ConfigureAwait(false);

    private static async Task HalvingAsync(ISubsetTrials trials, IReadOnlyList<Subset> fixedOnes, int seed, CancellationToken cancellationToken)
    {
        List<Subset> field = [.. fixedOnes, .. Draw(trials, fixedOnes, seed)];
        int rounds = (int)Math.Ceiling(Math.Log2(field.Count));
        while (rounds > 0 && trials.Examples >> rounds < Math.Min(FewestExamples, trials.Examples / 2))
        {
            rounds--;
        }

        for (int round = rounds; round >= 0; round--)
        {
            int examples = (trials.Examples + (1 << round) - 1) >> round;
            if (!await trials.TryAsync(field, examples, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            Subset[] ranked = [.. field.OrderByDescending(s => trials.Total(s, examples)).ThenByDescending(s => s.Reasoned).ThenByDescending(s => s.Items.Length)];
            foreach (Subset loser in round == 0 ? [] : ranked[((ranked.Length + 1) / 2)..])
            {
                field.Remove(loser);
                trials.Leave(loser);
            }
        }
    }

    private static async Task GreedyAsync(ISubsetTrials trials, IReadOnlyList<Subset> fixedOnes, int seed, CancellationToken cancellationToken)
    {
        if (!await trials.TryAsync(fixedOnes, trials.Examples, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var random = new SeededRandom(seed, "greedy");
        var present = Subset.Of([]);
        double best = 0;
        while (trials.Left > 0 && present.Items.Length < trials.Items)
        {
            Subset[] steps = [.. random.Shuffle(Enumerable.Range(0, trials.Items).Except(present.Items))
                .Take(Math.Min(GreedyWidth, trials.Left))
                .Select(i => Subset.Of(present.Items.Add(i)))];
            if (!await trials.TryAsync(steps, trials.Examples, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            Subset step = steps.MaxBy(s => trials.Total(s, trials.Examples))!;
            double total = trials.Total(step, trials.Examples);
            if (total < best)
            {
                return;
            }

            (present, best) = (step, total);
        }
    }

    private static async Task WorthAsync(ISubsetTrials trials, IReadOnlyList<Subset> fixedOnes, int seed, CancellationToken cancellationToken)
    {
        if (!await trials.TryAsync(fixedOnes, trials.Examples, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        var belief = new CategoricalSurrogate([.. Enumerable.Repeat((Instructions: 1, Demos: 2), trials.Items)], WorthDeviation);
        List<Subset> tried = [.. fixedOnes.Where(s => s.Reasoned)];
        int size = (trials.Left + WorthBatches - 1) / WorthBatches;
        for (int batch = 0; trials.Left > 0; batch++)
        {
            Observed[] observed = [.. tried.Select(s => new Observed(Choices(s, trials.Items), trials.Total(s, trials.Examples) / trials.Examples, trials.Examples))];
            var next = new List<Subset>();
            for (int i = 0; i < Math.Min(size, trials.Left); i++)
            {
                var random = new SeededRandom(seed, string.Create(CultureInfo.InvariantCulture, $"worth {batch} {i}"));
                IReadOnlyList<(int, int Demos)> choices = belief.Draw(observed, random).Choices;
                var subset = Subset.Of(Enumerable.Range(0, trials.Items).Where(d => choices[d].Demos == 1));
                if (subset.Items.Length > 0 && !next.Contains(subset) && trials.IsNew(subset))
                {
                    next.Add(subset);
                }
            }

            // Where belief is so firm that it draws nothing new, more trials would tell nothing.
            if (next.Count == 0 || !await trials.TryAsync(next, trials.Examples, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            tried.AddRange(next);
        }
    }

    private static Combination Choices(Subset subset, int items) =>
        new([.. Enumerable.Range(0, items).Select(i => (0, subset.Items.Contains(i) ? 1 : 0))]);

    /// <summary>As many random subsets as may be begun, all different; fewer where there are not so many.</summary>
    private static List<Subset> Draw(ISubsetTrials trials, IReadOnlyList<Subset> besides, int seed)
    {
        var drawn = new List<Subset>();
        for (int c = 0; c < MostDraws * trials.Left && drawn.Count < trials.Left; c++)
        {
            var random = new SeededRandom(seed, string.Create(CultureInfo.InvariantCulture, $"subset {c}"));
            int[] order = random.Shuffle(Enumerable.Range(0, trials.Items));
            var subset = Subset.Of(order.Take(1 + random.Next(trials.Items)));
            if (!drawn.Contains(subset) && !besides.Contains(subset))
            {
                drawn.Add(subset);
            }
        }

        return drawn;
    }
}
