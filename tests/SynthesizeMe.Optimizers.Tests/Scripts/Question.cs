using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>What a scripted model is asked, read from the prompt and nothing else.</summary>
internal sealed partial class Question
{
    private readonly IReadOnlyList<ChatMessage> _messages;
    private readonly ChatMessage _live;

    public Question(IReadOnlyList<ChatMessage> messages, ChatOptions? options = null)
    {
        _messages = messages;
        _live = messages.Last(m => m.Role == ChatRole.User && m.Text.Contains("[[ ## question ## ]]", StringComparison.Ordinal));
        Options = options;
    }

    public ChatOptions? Options { get; }

    /// <summary>The pair in question.</summary>
    public int Item => Items(_live.Text).First();

    /// <summary>The completion that the person prefers.</summary>
    public Side Good => _live.Text.Contains("[[ ## first ## ]]\ngood", StringComparison.Ordinal) ? Side.First : Side.Second;

    public Side Bad => Good == Side.First ? Side.Second : Side.First;

    /// <summary>Whether the task is to criticize, not to choose.</summary>
    public bool IsCritique => _messages[0].Text.Contains("merits", StringComparison.Ordinal);

    /// <summary>Whether the first reply could not be read.</summary>
    public bool IsSecondAsk => _messages[^1] != _live;

    /// <summary>The pairs in the demonstrations.</summary>
    public int[] Shown => [.. _messages.TakeWhile(m => m != _live).Where(m => m.Role == ChatRole.User).Select(m => Items(m.Text).First())];

    /// <summary>All that the model sees.</summary>
    public string Text => string.Join('\n', _messages.Select(m => m.Text));

    /// <summary>A number from 0 up to, not including, 1 that depends on every character of the prompt.</summary>
    public double Luck(int salt) => new SeededRandom(salt, Text).Next(1 << 20) / (double)(1 << 20);

    private static IEnumerable<int> Items(string text) =>
        ItemPattern().Matches(text).Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"question (\d+)")]
    private static partial Regex ItemPattern();
}
