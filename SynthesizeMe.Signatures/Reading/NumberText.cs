using System.Globalization;
using System.Numerics;

namespace SynthesizeMe.Signatures;

/// <summary>Reads numbers in invariant notation.</summary>
internal static class NumberText
{
    private const NumberStyles Style = NumberStyles.Float;

    /// <summary>Reads a finite number; a whole number may be written with a decimal part of zeros.</summary>
    public static bool TryRead<T>(ReadOnlySpan<char> text, out T value)
        where T : struct, INumber<T>
    {
        if (T.TryParse(text, Style, CultureInfo.InvariantCulture, out value))
        {
            return T.IsFinite(value);
        }

        return false;
    }

    /// <summary>What kind of number is wanted, in words.</summary>
    public static string Describe<T>()
        where T : struct, INumber<T> =>
        IsWhole<T>()
            ? string.Create(CultureInfo.InvariantCulture, $"a whole number that fits {typeof(T).Name}")
            : "a number";

    private static bool IsWhole<T>()
        where T : struct, INumber<T> => T.One / (T.One + T.One) == T.Zero;
}
