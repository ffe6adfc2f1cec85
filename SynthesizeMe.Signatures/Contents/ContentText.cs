using System.Globalization;
using System.Security.Cryptography;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>Images, audio and files as a person reads of them, and when they are the same.</summary>
internal static class ContentText
{
    private const int HashBytes = 6;

    /// <summary>What stands for a content in text: its media type and its address, or its size and the start of its SHA-256; never its bytes.</summary>
    public static string Describe(AIContent content)
    {
        if (content is UriContent link)
        {
            return $"[{link.MediaType}, {link.Uri.OriginalString}]";
        }

        var data = (DataContent)content;
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data.Data.Span, hash);
        return string.Create(CultureInfo.InvariantCulture, $"[{data.MediaType}, {data.Data.Length} bytes, sha256 {Convert.ToHexStringLower(hash[..HashBytes])}]");
    }

    public static bool Same(AIContent? left, AIContent? right) => (left, right) switch
    {
        (DataContent l, DataContent r) => ReferenceEquals(l, r) || (l.MediaType == r.MediaType && l.Data.Span.SequenceEqual(r.Data.Span)),
        (UriContent l, UriContent r) => l.MediaType == r.MediaType && l.Uri == r.Uri,
        _ => left is null && right is null,
    };
}
