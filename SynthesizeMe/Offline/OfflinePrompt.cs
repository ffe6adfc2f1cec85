using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Offline;

internal enum OfflineTask
{
    Unknown,
    Judge,
    Persona,
    Rubric,
    Score,
}

/// <summary>A prompt as the offline model reads it: what is asked for, the demonstrations, and the live question.</summary>
internal sealed partial class OfflinePrompt
{
    public const string ConversationName = "conversation";
    public const string FirstCompletion = "first_completion";
    public const string SecondCompletion = "second_completion";
    public const string Preference = "preference";
    public const string Persona = "persona";
    public const string Judgements = "judgements";
    public const string Rubric = "rubric";
    public const string Scores = "scores";
    public const string First = "First";
    public const string Second = "Second";

    private OfflinePrompt(string instructions, MessageSections live, List<(MessageSections Question, MessageSections Answer)> demos, long characters)
    {
        MostPreferences = AtMost().Match(instructions) is { Success: true } asked && int.TryParse(asked.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int most)
            ? most
            : PersonaLanguage.MostStatements;
        Live = live;
        Demos = demos;
        Characters = characters;
        Request = live[SectionMarker.Respond] ?? "nothing in particular";
        string[] names = [.. Quoted(Request)];
        WantsReasoning = names.Contains(SectionMarker.Reasoning);
        string[] outputs = [.. names.Where(a => a != SectionMarker.Reasoning)];
        Task = outputs switch
        {
            [Preference] when live[FirstCompletion] is not null && live[SecondCompletion] is not null => OfflineTask.Judge,
            [Persona] when live[Judgements] is not null => OfflineTask.Persona,
            [Rubric] when live[Judgements] is not null => OfflineTask.Rubric,
            [Scores] when live[Rubric] is not null && live[FirstCompletion] is not null && live[SecondCompletion] is not null => OfflineTask.Score,
            _ => OfflineTask.Unknown,
        };
    }

    public OfflineTask Task { get; }

    /// <summary>What is asked for, in the prompt's words.</summary>
    public string Request { get; }

    public bool WantsReasoning { get; }

    /// <summary>How many preferences the instructions allow a persona to name.</summary>
    public int MostPreferences { get; }

    public MessageSections Live { get; }

    public List<(MessageSections Question, MessageSections Answer)> Demos { get; }

    /// <summary>The length of the prompt.</summary>
    public long Characters { get; }

    /// <summary>The live question is the user's last message with material in it; a request to answer again has none.</summary>
    public static OfflinePrompt Read(IEnumerable<ChatMessage> messages)
    {
        ChatMessage[] all = [.. messages];
        MessageSections[] sections = [.. all.Select(m => m.Role == ChatRole.System ? MessageSections.Read("") : MessageSections.Read(m.Text))];
        int live = Array.FindLastIndex(all, m => m.Role == ChatRole.User);
        while (live > 0 && (all[live].Role != ChatRole.User || sections[live].Names.All(n => n == SectionMarker.Respond)))
        {
            live--;
        }

        var demos = new List<(MessageSections, MessageSections)>();
        for (int i = 1; i < live; i++)
        {
            if (all[i].Role == ChatRole.Assistant && all[i - 1].Role == ChatRole.User)
            {
                demos.Add((sections[i - 1], sections[i]));
            }
        }

        string instructions = string.Join('\n', all.Where(m => m.Role == ChatRole.System).Select(m => m.Text));
        return new(instructions, live < 0 ? MessageSections.Read("") : sections[live], demos, all.Sum(m => (long)m.Text.Length));
    }

    /// <summary>The names in backticks.</summary>
    private static IEnumerable<string> Quoted(string request) => request.Split('`').Where((_, i) => i % 2 == 1);

    [GeneratedRegex(@"\bat most (\d+) preferences?\b", RegexOptions.IgnoreCase)]
    private static partial Regex AtMost();
}
