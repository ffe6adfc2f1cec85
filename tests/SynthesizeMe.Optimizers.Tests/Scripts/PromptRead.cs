using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>A prompt as a model sees it: its instructions, its demonstrations and the live inputs, read from the messages and nothing else.</summary>
internal sealed partial class PromptRead
{
    private readonly IReadOnlyList<ChatMessage> _messages;
    private readonly int _live;

    public PromptRead(IReadOnlyList<ChatMessage> messages, ChatOptions? options = null)
    {
        _messages = messages;
        _live = messages.ToList().FindLastIndex(m => m.Role == ChatRole.User && !SecondAsk().IsMatch(m.Text));
        Options = options;
        Inputs = SectionsOf(messages[_live].Text);
    }

    public ChatOptions? Options { get; }

    public string Instructions => _messages[0].Text.Split("\n\nYou are given these sections:")[0];

    public IReadOnlyDictionary<string, string> Inputs { get; }

    /// <summary>The inputs of the demonstrations, in order.</summary>
    public IReadOnlyDictionary<string, string>[] Shown => [.. _messages.Take(_live).Where(m => m.Role == ChatRole.User).Select(m => SectionsOf(m.Text))];

    public string Text => string.Join('\n', _messages.Select(m => m.Text));

    /// <summary>Whether the reply is to have this section.</summary>
    public bool Asks(string output) => _messages[_live].Text.Contains($"`{output}`", StringComparison.Ordinal);

    public double Luck(int salt) => new SeededRandom(salt, Text + SynthesizeMe.Signatures.Rollout.Of(Options)).Next(1 << 20) / (double)(1 << 20);

    public static string Reply(params (string Name, string Value)[] sections) =>
        string.Concat(sections.Select(s => $"[[ ## {s.Name} ## ]]\n{s.Value}\n\n")) + "[[ ## completed ## ]]";

    [GeneratedRegex(@"\A(Your reply|The field `\w+` of your reply) could not be read:")]
    private static partial Regex SecondAsk();

    private static Dictionary<string, string> SectionsOf(string text) =>
        SectionPattern().Matches(text).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value.Trim());

    [GeneratedRegex(@"\[\[ ## (\w+) ## \]\]\n(.*?)(?=\n\n\[\[ ## |\z)", RegexOptions.Singleline)]
    private static partial Regex SectionPattern();
}
