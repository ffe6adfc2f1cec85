namespace SynthesizeMe.Population;

/// <summary>What texts of the simulated world can have more or less of. A text shows a trait by saying its sentence.</summary>
internal static class Traits
{
    public static readonly string[] Names =
        ["warmth", "lists", "humour", "caution", "examples", "numbers", "formality", "questions", "praise", "history", "steps", "opinions"];

    private static readonly string[] Sentences =
    [
        "I am glad you asked.", "- One point.", "As the joke goes, nobody knows.", "This may well be wrong.", "For instance, take a cat.",
        "It is 42 percent.", "One shall proceed accordingly.", "What do you think?", "You are doing great.", "It began long ago.",
        "Then take the next step.", "I find it lovely.",
    ];

    /// <summary>How many traits there are.</summary>
    public static int Count => Names.Length;

    /// <summary>A text with so many sentences of each trait.</summary>
    public static string Write(int[] amounts) =>
        string.Join(' ', amounts.SelectMany((amount, trait) => Enumerable.Repeat(Sentences[trait], amount)).Prepend("Here is an answer."));

    /// <summary>How much of each trait the first text has more than the second.</summary>
    public static double[] Difference(string first, string second) =>
        [.. Sentences.Select(s => (double)(Times(first, s) - Times(second, s)))];

    private static int Times(string text, string sentence) => text.AsSpan().Count(sentence);
}
