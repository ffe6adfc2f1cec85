using System.Globalization;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Population;

/// <summary>A person with a taste of their own, and the choices they make by it.</summary>
/// <param name="Id">Who it is.</param>
/// <param name="Learned">The choices that a fit may see.</param>
/// <param name="Held">Later choices in other conversations.</param>
internal sealed record Person(string Id, PreferencePair[] Learned, PreferencePair[] Held)
{
    private const double Lapses = 0.05;

    /// <summary>Draws a person: the general taste, and on some traits a strong taste of their own.</summary>
    /// <param name="seed">The seed of the population.</param>
    /// <param name="index">The place in it.</param>
    /// <param name="learned">How many choices may be learned from.</param>
    /// <param name="held">How many are held back.</param>
    /// <param name="peculiarity">The spread of a strong taste; 0 for people who are all alike.</param>
    public static Person Draw(int seed, int index, int learned, int held, double peculiarity)
    {
        string id = string.Create(CultureInfo.InvariantCulture, $"person {index}");
        var draw = new Draw(seed, id);
        double[] taste = [.. GeneralTaste(seed).Select(general => general + (draw.Normal() * (draw.Uniform() < 0.35 ? peculiarity : 0.1)))];
        PreferencePair[] pairs = [.. Enumerable.Range(0, learned + held).Select(i => Choose(id, i, taste, draw))];
        return new(id, pairs[..learned], pairs[learned..]);
    }

    /// <summary>What people of this population like in general.</summary>
    public static double[] GeneralTaste(int seed)
    {
        var draw = new Draw(seed, "general taste");
        return [.. Traits.Names.Select(_ => 0.3 * draw.Normal())];
    }

    private static PreferencePair Choose(string id, int number, double[] taste, Draw draw)
    {
        string one = Text(draw);
        string other = Text(draw);
        while (other == one)
        {
            other = Text(draw);
        }

        double pull = Traits.Difference(one, other).Zip(taste, (d, w) => d * w).Sum();
        bool prefersOne = draw.Uniform() < Lapses ? draw.Uniform() < 0.5 : draw.Uniform() < 1 / (1 + Math.Exp(-pull));
        string question = string.Create(CultureInfo.InvariantCulture, $"Question {number}, please?");
        return new PreferencePair(Conversation.FromUser(question), prefersOne ? one : other, prefersOne ? other : one)
        {
            UserId = id,
            ConversationId = string.Create(CultureInfo.InvariantCulture, $"{id}, conversation {number}"),
        };
    }

    private static string Text(Draw draw) => Traits.Write([.. Traits.Names.Select(_ => draw.Next(3))]);
}

/// <summary>Numbers that depend on a seed and a name only.</summary>
internal sealed class Draw(int seed, string stream)
{
    private readonly SeededRandom _random = new(seed, stream);

    /// <summary>A whole number below the bound.</summary>
    public int Next(int bound) => _random.Next(bound);

    /// <summary>From 0 to 1.</summary>
    public double Uniform() => (_random.Next(1 << 30) + 0.5) / (1 << 30);

    /// <summary>Mean 0, variance 1 (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(Uniform())) * Math.Cos(2 * Math.PI * Uniform());
}
