namespace SynthesizeMe.Signatures;

/// <summary>Reads truth values.</summary>
internal static class TruthText
{
    public static bool TryRead(ReadOnlySpan<char> text, out bool value)
    {
        value = Is(text, "true") || Is(text, "yes");
        return value || Is(text, "false") || Is(text, "no");
    }

    private static bool Is(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);
}
