using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace SynthesizeMe.Cli;

/// <summary>Names the file of a person's judge. An id is data: it never becomes a path.</summary>
/// <remarks>
/// An id of lower-case ASCII letters, digits, <c>.</c>, <c>_</c> and <c>-</c> is its own name. Every other one is made harmless and gets a hash
/// of the id, and so does an id that looks as if it had one; distinct ids have distinct names, also where a file system ignores case.
/// </remarks>
internal static class ArtefactNames
{
    /// <summary>What every such file's name ends with.</summary>
    public const string Extension = ".judge.json";

    private const int LongestId = 80;
    private const int LongestStem = 40;
    private const int HashLength = 16;

    private static readonly SearchValues<char> Harmless = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");
    private static readonly SearchValues<char> Hexadecimal = SearchValues.Create("0123456789abcdef");

    /// <summary>The file name for a person's judge, without a directory.</summary>
    public static string Of(string userId) => (IsItsOwnName(userId) ? userId : $"{Stem(userId)}-{Hash(userId)}") + Extension;

    private static bool IsItsOwnName(string id) =>
        id.Length is > 0 and <= LongestId
        && !id.AsSpan().ContainsAnyExcept(Harmless)
        && id[0] is not ('.' or '-')
        && !IsDevice(id)
        && !EndsLikeHash(id);

    private static string Stem(string id)
    {
        Span<char> stem = stackalloc char[Math.Min(id.Length, LongestStem)];
        for (int i = 0; i < stem.Length; i++)
        {
            stem[i] = char.IsAsciiLetterOrDigit(id[i]) || id[i] is '_' or '-' ? id[i] : '_';
        }

        string text = stem.TrimStart("-_").ToString();
        return text.Length == 0 ? "user" : IsDevice(text) ? $"user-{text}" : text;
    }

    /// <summary>The names that Windows keeps for devices, with any extension.</summary>
    private static bool IsDevice(string name)
    {
        string stem = name.Split('.')[0].ToUpperInvariant();
        return stem is "CON" or "PRN" or "AUX" or "NUL"
            || (stem.Length == 4 && stem[..3] is "COM" or "LPT" && char.IsAsciiDigit(stem[3]));
    }

    private static bool EndsLikeHash(string id) =>
        id.Length > HashLength && id[^(HashLength + 1)] == '-' && !id.AsSpan(id.Length - HashLength).ContainsAnyExcept(Hexadecimal);

    private static string Hash(string id) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(id.AsSpan()))).Substring(0, HashLength);
}
