using System.Globalization;
using SynthesizeMe.Offline;

namespace PriorFit;

/// <summary>How much a few choices of a person help to predict their others.</summary>
internal static class Validation
{
    private const int Folds = 5, Repeats = 12;
    private static readonly int[] Sizes = [3, 5, 8, 12];

    /// <summary>
    /// Fits on the earlier halves of four fifths of the people; within the earlier halves of the others, random choices predict the
    /// rest.
    /// </summary>
    public static void Run(IReadOnlyList<Person> people, IReadOnlyList<string> sources, TextWriter output)
    {
        Tally tally = new(sources, Sizes.Length + 1);
        for (int fold = 0; fold < Folds; fold++)
        {
            Estimate estimate = PriorEstimator.Estimate([.. people.Where((_, i) => i % Folds != fold)]);
            for (int i = fold; i < people.Count; i += Folds)
            {
                for (int size = 0; size < Sizes.Length; size++)
                {
                    for (int repeat = 0; repeat < Repeats; repeat++)
                        Predict(people[i], estimate, Sizes[size], new Random(i * 100 + repeat), tally, size);
                }
            }
        }
        for (int size = 0; size < Sizes.Length; size++)
            tally.Write($"{Sizes[size]} choices", size, output);
    }

    /// <summary>Fits on all earlier halves and tests on all later ones: for the final figures, never for tuning.</summary>
    public static void Test(IReadOnlyList<Person> people, IReadOnlyList<string> sources, TextWriter output)
    {
        Tally tally = new(sources, 1);
        Estimate estimate = PriorEstimator.Estimate(people);
        foreach (Person person in people)
            Score(person, estimate, person.Earlier, person.Later, tally, 0);
        tally.Write("all earlier choices", 0, output);
    }

    private static void Predict(Person person, Estimate estimate, int size, Random random, Tally tally, int row)
    {
        string[] conversations = [.. person.Earlier.Select(c => c.Conversation).Distinct()];
        random.Shuffle(conversations);
        HashSet<string> shown = [];
        List<Choice> choices = [];
        foreach (string conversation in conversations.SkipLast(1).TakeWhile(_ => choices.Count < size))
        {
            shown.Add(conversation);
            choices.AddRange(person.Earlier.Where(c => c.Conversation == conversation).Take(size - choices.Count));
        }
        Score(person, estimate, choices, person.Earlier.Where(c => !shown.Contains(c.Conversation)), tally, row);
    }

    private static void Score(Person person, Estimate estimate, List<Choice> shown, IEnumerable<Choice> others, Tally tally, int row)
    {
        StylePrior prior = estimate.ToPrior();
        StyleVector[] choices = [.. shown.Select(c => estimate.Scale(c.Raw))];
        PreferenceModel general = InContextLearner.Fit(prior, []);
        PreferenceModel personal = InContextLearner.Fit(prior, choices);
        foreach (Choice choice in others)
        {
            StyleVector difference = estimate.Scale(choice.Raw);
            tally.Add(person.Source, row, general.ProbabilityOfFirst(difference), personal.ProbabilityOfFirst(difference));
        }
    }

    /// <summary>Accuracy and log loss, by source.</summary>
    private sealed class Tally(IReadOnlyList<string> sources, int rows)
    {
        private readonly double[,,] _sums = new double[rows, sources.Count, 5];

        public void Add(string source, int row, double general, double personal)
        {
            int s = sources.ToList().IndexOf(source);
            _sums[row, s, 0]++;
            _sums[row, s, 1] += Right(general);
            _sums[row, s, 2] += Right(personal);
            _sums[row, s, 3] -= Math.Log(general);
            _sums[row, s, 4] -= Math.Log(personal);
        }

        public void Write(string title, int row, TextWriter output)
        {
            for (int s = 0; s < sources.Count; s++)
            {
                double n = _sums[row, s, 0];
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{title,-20} {Path.GetFileNameWithoutExtension(sources[s]),-12} general {100 * _sums[row, s, 1] / n:F1} % "
                    + $"personal {100 * _sums[row, s, 2] / n:F1} % log loss {_sums[row, s, 3] / n:F4} {_sums[row, s, 4] / n:F4}"));
            }
        }

        private static double Right(double probability) => probability > 0.5 ? 1 : probability < 0.5 ? 0 : 0.5;
    }
}
