using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests;

/// <summary>What a scripted model is asked, read from the prompt and nothing else.</summary>
internal sealed partial class Asked
{
    private readonly IReadOnlyList<ChatMessage> _messages;
    private readonly MessageSections _live;

    public Asked(IReadOnlyList<ChatMessage> messages)
    {
        _messages = messages;
        int live = Enumerable.Range(0, messages.Count).Last(i => messages[i].Role == ChatRole.User && !IsAskedAgain(messages[i]));
        _live = MessageSections.Read(messages[live].Text);
        Demos = [.. Enumerable.Range(1, Math.Max(0, live - 1))
            .Where(i => messages[i].Role == ChatRole.User)
            .Select(i => (MessageSections.Read(messages[i].Text), MessageSections.Read(messages[i + 1].Text)))];
    }

    /// <summary>Question and answer of every demonstration.</summary>
    public IReadOnlyList<(MessageSections Question, MessageSections Answer)> Demos { get; }

    /// <summary>Whether a persona is asked for.</summary>
    public bool WantsPersona => _live["judgements"] is not null;

    /// <summary>What the judge is told about the person.</summary>
    public string? Persona => _live["persona"];

    public string First => _live["first_completion"]!;

    public string Second => _live["second_completion"]!;

    /// <summary>The pair in question.</summary>
    public int Item => ItemOf(First);

    /// <summary>The completion that the person prefers.</summary>
    public Preference Good => First.StartsWith("good", StringComparison.Ordinal) ? Preference.First : Preference.Second;

    public Preference Bad => Good == Preference.First ? Preference.Second : Preference.First;

    /// <summary>The pairs in the demonstrations.</summary>
    public int[] Shown => [.. Demos.Select(d => ItemOf(d.Question["first_completion"]!))];

    /// <summary>The pairs in the demonstrations with reasoning.</summary>
    public int[] Reasoned => [.. Demos.Where(d => d.Answer["reasoning"] is not null).Select(d => ItemOf(d.Question["first_completion"]!))];

    /// <summary>The pairs that a persona is to be induced from, and whether each comes with reasoning.</summary>
    public (int Item, bool Reasoned)[] Judgements
    {
        get
        {
            using JsonDocument json = JsonDocument.Parse(_live["judgements"]!);
            return [.. json.RootElement.EnumerateArray().Select(j => (
                ItemOf(j.GetProperty("preferred").GetString()!),
                j.TryGetProperty("reasoning", out JsonElement reasoning) && reasoning.ValueKind == JsonValueKind.String))];
        }
    }

    /// <summary>All that the model sees.</summary>
    public string Text => string.Join('\n', _messages.Select(m => m.Text));

    private static bool IsAskedAgain(ChatMessage message) => MessageSections.Read(message.Text).Names.All(n => n == "respond");

    private static int ItemOf(string completion) => int.Parse(ItemPattern().Match(completion).Groups[1].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:good|bad) (\d+)")]
    private static partial Regex ItemPattern();
}
