using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Benchmarking;

/// <summary>The methods that do not read what they compare.</summary>
internal static class LengthMethods
{
    public static PairMethod Random(int seed) => new(
        "random",
        "Draws one of the two completions.",
        BenchmarkNeeds.None,
        callsPerPair: 0,
        _ => PersonMethod.Ready((question, _) =>
            Task.FromResult(MethodAnswer.Of(new SeededRandom(seed, $"random {question.PairId}").Next(2) == 0 ? 1 : -1, 0.5))));

    public static PairMethod Longer() => new(
        "longer",
        "Takes the completion with more characters.",
        BenchmarkNeeds.None,
        callsPerPair: 0,
        person => Rule(person, longer: true));

    public static PairMethod Rule() => new(
        "length-rule",
        "Takes the longer completion for those who mostly chose the longer one in their training pairs, else the shorter.",
        BenchmarkNeeds.None,
        callsPerPair: 0,
        person => Rule(person, Lengths(person).Sum() >= 0));

    private static PersonMethod Rule(BenchmarkPerson person, bool longer)
    {
        int[] lengths = [.. Lengths(person).Where(l => l != 0)];
        int right = lengths.Count(l => l > 0 == longer);

        // How often the rule was right in training, with Laplace's correction; a rule that was mostly wrong is still the rule.
        double confidence = Math.Max(0.5, (right + 1.0) / (lengths.Length + 2));
        return PersonMethod.Ready((question, _) =>
        {
            int lead = Math.Sign(question.One.Length - question.Other.Length);
            return Task.FromResult(MethodAnswer.Of(longer ? lead : -lead, confidence));
        });
    }

    /// <summary>1 for each training pair whose chosen completion was longer, -1 where it was shorter.</summary>
    private static IEnumerable<int> Lengths(BenchmarkPerson person) => person.Pairs.Select(p => Math.Sign(p.Chosen.Length - p.Rejected.Length));
}
