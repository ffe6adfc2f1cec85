using System.Text.RegularExpressions;

namespace SynthesizeMe.Signatures.Tests.RoundTrips;

/// <summary>Finds section markers by a rule of its own, so that the tests do not trust the library's.</summary>
internal static partial class Markers
{
    /// <summary>The names of the sections that a text opens, in order.</summary>
    public static string[] In(string text) => [.. Marker().Matches(text).Select(m => m.Groups[1].Value.Trim())];

    [GeneratedRegex(@"\[\[[ \t]*##(.*?)##[ \t]*\]\]", RegexOptions.CultureInvariant)]
    private static partial Regex Marker();
}
