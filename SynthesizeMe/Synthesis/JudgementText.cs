using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>
/// Takes apart the text in which the reference implementation tells of past judgements: blocks between lines of equal signs, each with the
/// conversation, both completions, the reasoning where there is one, and the preference. Its layout drifted, and the lines of some are
/// indented. What a person wrote is not escaped there, so a block in which a heading stands twice is refused.
/// </summary>
internal static partial class JudgementText
{
    private static readonly string[] Headings =
    [
        "**Conversation**:", "**Completion One (FIRST COMPLETION)**:", "**Completion Two (SECOND COMPLETION)**:", "**Reasoning**:", "**TRUE USER PREFERENCE**:",
    ];

    private const int Reasoning = 3;

    /// <summary>The judgements in order.</summary>
    /// <exception cref="FormatException">There is none, or a block is not as described.</exception>
    public static ImmutableArray<Judgement> Parse(string text)
    {
        string[] blocks = [.. Rule().Split(text.ReplaceLineEndings("\n")).Where(b => !string.IsNullOrWhiteSpace(b))];
        return blocks.Length == 0
            ? throw new FormatException("there is no judgement in it")
            : [.. blocks.Select((block, i) => Read(block, string.Create(CultureInfo.InvariantCulture, $"judgement {i + 1} of {blocks.Length}")))];
    }

    private static Judgement Read(string block, string which)
    {
        string?[] parts = Parts(block, which);
        string one = Quoted(parts[1]!);
        string two = Quoted(parts[2]!);
        string? reasoning = parts[Reasoning] is { } reasons ? Quoted(reasons) : null;
        Conversation conversation = ReadConversation(parts[0]!);
        return parts[^1]!.Trim() switch
        {
            "First" => new Judgement(conversation, one, two, reasoning),
            "Second" => new Judgement(conversation, two, one, reasoning),
            var other => throw new FormatException($"{which}: the preference is '{(other.Length <= 40 ? other : other[..40] + "…")}', and neither First nor Second"),
        };
    }

    /// <summary>The text under each heading; null for a reasoning that is not there.</summary>
    private static string?[] Parts(string block, string which)
    {
        var parts = new string?[Headings.Length];
        Match[] found = Heading().Matches(block).ToArray();
        int previous = -1;
        for (int i = 0; i < found.Length; i++)
        {
            string heading = found[i].Groups[1].Value;
            int part = Array.IndexOf(Headings, heading);
            if (part <= previous)
            {
                throw new FormatException($"{which}: '{heading}' stands twice or in another place than it should, so what is whose text cannot be told");
            }

            int start = found[i].Index + found[i].Length;
            parts[part] = Separator().Replace(block[start..(i + 1 < found.Length ? found[i + 1].Index : block.Length)], "");
            previous = part;
        }

        int lacking = Enumerable.Range(0, parts.Length).FirstOrDefault(i => parts[i] is null && i != Reasoning, -1);
        return lacking < 0 ? parts : throw new FormatException($"{which}: there is no '{Headings[lacking]}'");
    }

    private static string Quoted(string text)
    {
        string bare = text.Trim();
        return bare.StartsWith('«') && bare.EndsWith('»') && bare.Length > 1 ? bare[1..^1] : bare;
    }

    /// <summary>Lines that begin with <c>[role]:</c> open a message; text without such a line is one message of the user.</summary>
    private static Conversation ReadConversation(string text)
    {
        string bare = text.Trim();
        var turns = new List<(string Role, StringBuilder Text)>();
        foreach (string line in bare.Split('\n'))
        {
            Match speaker = Speaker().Match(line);
            if (speaker.Success)
            {
                string role = speaker.Groups[1].Value.ToLowerInvariant();
                turns.Add((role is "model" ? "assistant" : role, new StringBuilder(line[speaker.Length..])));
            }
            else if (turns.Count == 0)
            {
                turns.Add(("user", new StringBuilder(line)));
            }
            else
            {
                turns[^1].Text.Append('\n').Append(line);
            }
        }

        return bare.Length == 0 ? Conversation.Empty : new Conversation(turns.Select(t => new Turn(new ChatRole(t.Role), t.Text.ToString().Trim())));
    }

    [GeneratedRegex(@"^[ \t]*={40,}[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Rule();

    [GeneratedRegex(@"^[ \t]*(\*\*(?:Conversation|Completion One \(FIRST COMPLETION\)|Completion Two \(SECOND COMPLETION\)|Reasoning|TRUE USER PREFERENCE)\*\*:)", RegexOptions.Multiline)]
    private static partial Regex Heading();

    [GeneratedRegex(@"\n[ \t]*===[ \t]*\n?[ \t]*$")]
    private static partial Regex Separator();

    [GeneratedRegex(@"^[ \t]*\[(user|assistant|model|system)\]:[ \t]?", RegexOptions.IgnoreCase)]
    private static partial Regex Speaker();
}
