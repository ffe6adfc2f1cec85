using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>Preference pairs: of <c>good 3</c> and <c>bad 3</c> the person prefers the good one.</summary>
internal static class Pairs
{
    public static readonly Metric<Choice> Right = Metrics.ExactMatch<Choice>(x => x.Preferred);

    /// <summary>One pair in one order.</summary>
    public static Example<Choice> One(int item, Side good) => new(
        good == Side.First
            ? new Choice($"question {item}", $"good {item}", $"bad {item}", Side.First)
            : new Choice($"question {item}", $"bad {item}", $"good {item}", Side.Second),
        $"pair {item}",
        $"conversation {item / 2}");

    /// <summary>So many pairs in one order each, the first of them with the good completion first, the next with it second, and so on.</summary>
    public static Example<Choice>[] Of(int count, int from = 0) =>
        [.. Enumerable.Range(from, count).Select(i => One(i, (i - from) % 2 == 0 ? Side.First : Side.Second))];

    /// <summary>So many pairs in both orders.</summary>
    public static Example<Choice>[] BothOrders(int count, int from = 0) =>
        [.. Enumerable.Range(from, count).SelectMany(i => new[] { One(i, Side.First), One(i, Side.Second) })];

    /// <summary>The item that a demonstration or an example is about.</summary>
    public static int ItemOf(Choice value) => int.Parse(value.Question.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The demonstrations of a program's predictor.</summary>
    public static Demo<Choice>[] DemosOf(ProgramState state, string predictor = "self") => [.. state[predictor].Demos.Cast<Demo<Choice>>()];
}
