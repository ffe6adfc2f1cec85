using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// The content address of a request: the SHA-256 hash of a canonical JSON of all that decides the answer. Equal requests have equal addresses
/// in every process and on every machine.
/// </summary>
/// <remarks>
/// In it are the endpoint (provider's name, scheme, host, port and path), the model, every option, the messages (roles, names and contents) and the
/// rollout. Not in it are keys, what the endpoint's address holds of credentials and query, ids, timestamps, and raw representations.
/// </remarks>
public readonly record struct ReplyKey
{
    /// <summary>Its length.</summary>
    internal const int Bytes = SHA256.HashSizeInBytes;

    private readonly UInt128 _high;
    private readonly UInt128 _low;

    internal ReplyKey(ReadOnlySpan<byte> hash)
    {
        _high = BinaryPrimitives.ReadUInt128BigEndian(hash);
        _low = BinaryPrimitives.ReadUInt128BigEndian(hash[16..]);
    }

    /// <summary>A place on a line that is long enough for keys to have one each.</summary>
    internal long Place => (long)(ulong)(_high >> 66);

    /// <summary>The address of a request.</summary>
    /// <param name="endpoint">Whom the request goes to; <see langword="null"/> where the client does not say.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="options">The options.</param>
    /// <returns>
    /// <see langword="null"/> where what decides the answer cannot be known: a conversation that the server keeps, a background response, an option
    /// or a content that only a provider's client understands.
    /// </returns>
    public static ReplyKey? Of(ChatClientMetadata? endpoint, IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        using var json = new PooledBuffer();
        if (!CanonicalRequest.TryWrite(json, endpoint, messages, options))
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[Bytes];
        SHA256.HashData(json.Written, hash);
        return new ReplyKey(hash);
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    /// <returns>False when the text is no address.</returns>
    public static bool TryParse(string? text, out ReplyKey key)
    {
        key = default;
        Span<byte> hash = stackalloc byte[Bytes];
        if (text?.Length != 2 * Bytes || Convert.FromHexString(text, hash, out _, out int written) != System.Buffers.OperationStatus.Done || written != Bytes)
        {
            return false;
        }

        key = new ReplyKey(hash);
        return true;
    }

    /// <summary>64 hexadecimal digits in lower case.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToArray());

    internal byte[] ToArray()
    {
        byte[] hash = new byte[Bytes];
        Write(hash);
        return hash;
    }

    internal void Write(Span<byte> hash)
    {
        BinaryPrimitives.WriteUInt128BigEndian(hash, _high);
        BinaryPrimitives.WriteUInt128BigEndian(hash[16..], _low);
    }
}
