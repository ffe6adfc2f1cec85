using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>One choice of one person between two completions of a conversation.</summary>
/// <param name="Context">The conversation that leads up to the completions.</param>
/// <param name="Chosen">The completion that the person preferred.</param>
/// <param name="Rejected">The other one.</param>
public sealed record PreferencePair(Conversation Context, string Chosen, string Rejected)
{
    /// <summary>Whose choice it is; empty when the data have only one person.</summary>
    public string UserId { get; init; } = "";

    /// <summary>The conversation it belongs to. Where none was given, the pairs whose conversations open with the same message belong together.</summary>
    public string ConversationId
    {
        get => field ?? $"opening-{Hash(Context.Turns.IsEmpty ? "" : Context.Turns[0].Text)}";
        init;
    }

    /// <summary>The part of the data it is meant for; <see langword="null"/> when the data do not say.</summary>
    public DataSplit? Split { get; init; }

    /// <summary>When the choice was made.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Every other key of the line it was read from, as JSON.</summary>
    public ImmutableSortedDictionary<string, JsonElement> Extra { get; init; } = ImmutableSortedDictionary<string, JsonElement>.Empty;

    /// <summary>A name made of conversation and content: equal choices have equal ids.</summary>
    public string Id => Hash($"{ConversationId.Length}\n{ConversationId}\n{Context}\n{Chosen.Length}\n{Chosen}\n{Rejected}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}

/// <summary>The parts of a data set.</summary>
public enum DataSplit
{
    /// <summary>To learn from.</summary>
    Train,

    /// <summary>To choose by.</summary>
    Validation,

    /// <summary>To be measured on; never seen in fitting.</summary>
    Test,
}
