using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>How much of some prompts repeats the beginning of others.</summary>
/// <param name="Characters">The characters of all prompts.</param>
/// <param name="Shared">Those in leading messages that another prompt began with, too: what a provider with a prompt cache bills less.</param>
public readonly record struct PromptSharing(long Characters, long Shared)
{
    /// <summary>The share that is repeated, from 0 to 1; 0 without prompts.</summary>
    public double Share => Characters == 0 ? 0 : (double)Shared / Characters;
}

/// <summary>
/// Measures how many leading messages prompts have in common: every distinct beginning is counted once, whatever the order in which the prompts
/// are sent. It holds one hash a message. It may be shared by any number of clients and threads.
/// </summary>
public sealed class PrefixMeter
{
    private readonly Lock _lock = new();
    private readonly HashSet<UInt128> _beginnings = [];
    private long _characters;
    private long _distinct;

    /// <summary>What has been measured so far.</summary>
    public PromptSharing Read()
    {
        lock (_lock)
        {
            return new(_characters, _characters - _distinct);
        }
    }

    internal void Count(IEnumerable<ChatMessage> messages)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        foreach (ChatMessage message in messages)
        {
            string text = message.Text;
            hash.AppendData(Encoding.UTF8.GetBytes($"{message.Role.Value}\n{text.Length}\n{text}"));
            hash.GetCurrentHash(digest);
            var beginning = new UInt128(BitConverter.ToUInt64(digest), BitConverter.ToUInt64(digest[8..]));
            lock (_lock)
            {
                _characters += text.Length;
                _distinct += _beginnings.Add(beginning) ? text.Length : 0;
            }
        }
    }
}

/// <summary>Has every prompt measured by a <see cref="PrefixMeter"/>.</summary>
/// <param name="innerClient">The model.</param>
/// <param name="meter">The meter.</param>
public sealed class PrefixMeterChatClient(IChatClient innerClient, PrefixMeter meter) : DelegatingChatClient(innerClient)
{
    /// <inheritdoc/>
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> prompt = Measured(messages);
        return base.GetResponseAsync(prompt, options, cancellationToken);
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(Measured(messages), options, cancellationToken).ConfigureAwait(false))
        {
            yield return update;
        }
    }

    private IReadOnlyList<ChatMessage> Measured(IEnumerable<ChatMessage> messages)
    {
        IReadOnlyList<ChatMessage> prompt = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        meter.Count(prompt);
        return prompt;
    }
}
