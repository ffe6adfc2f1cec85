using System.Buffers;
using System.Text;

namespace SynthesizeMe.Signatures;

/// <summary>Addresses, absolute or relative.</summary>
internal static class UriText
{
    private static readonly SearchValues<char> Foreign = SearchValues.Create(" \"<>`{}|\\^\t\r\n");

    /// <summary>The address as it was given, without what would end or hide it in prose.</summary>
    public static string Write(Uri value)
    {
        // On Unix a path such as /a can be an absolute file URI; its text alone would be read as relative.
        string text = value.IsAbsoluteUri && value.OriginalString.StartsWith('/') ? value.AbsoluteUri : value.OriginalString;
        if (!IsForeign(text))
        {
            return text;
        }

        var clean = new StringBuilder(text.Length + 16);
        foreach (Rune rune in text.EnumerateRunes())
        {
            bool foreign = Rune.IsControl(rune) || Rune.IsWhiteSpace(rune) || (rune.IsBmp && Foreign.Contains((char)rune.Value));
            clean.Append(foreign ? Uri.EscapeDataString(rune.ToString()) : rune.ToString());
        }

        return clean.ToString();
    }

    public static bool TryRead(ReadOnlySpan<char> text, out Uri value)
    {
        string address = text.ToString();
        bool relative = text is ['/', not '/', ..] or "/";
        bool read = Uri.TryCreate(address, relative ? UriKind.Relative : UriKind.RelativeOrAbsolute, out Uri? created) && !text.IsEmpty && !IsForeign(address);
        value = created!;
        return read;
    }

    private static bool IsForeign(string text) => text.AsSpan().ContainsAny(Foreign) || text.Any(c => char.IsControl(c) || char.IsWhiteSpace(c));
}
