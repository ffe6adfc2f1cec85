using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>
/// An immutable exchange of messages, used as the value of a signature's field. Two conversations are equal when their turns are.
/// </summary>
/// <remarks>
/// Its text form names each speaker at the start of a line and indents what is said, so no message can pass itself off as another turn:
/// <code>
/// user:
///   How do I boil an egg?
/// assistant:
///   Eight minutes.
/// </code>
/// <see cref="Parse"/> reads that form back exactly.
/// </remarks>
public sealed class Conversation : IEquatable<Conversation>
{
    private const string Indent = "  ";

    /// <summary>Creates a conversation from its turns, first to last.</summary>
    public Conversation(params IEnumerable<Turn> turns)
    {
        Turns = [.. turns];
        HasContents = Turns.Any(t => t.HasContents);
    }

    /// <summary>A conversation without turns.</summary>
    public static Conversation Empty { get; } = new();

    /// <summary>The turns, first to last.</summary>
    public ImmutableArray<Turn> Turns { get; }

    /// <summary>Whether anything was said that is more than text.</summary>
    internal bool HasContents { get; }

    /// <summary>A conversation that consists of one message of the user.</summary>
    public static Conversation FromUser(string text) => new(new Turn(ChatRole.User, text));

    /// <summary>Reads the text form that <see cref="ToString"/> writes.</summary>
    /// <exception cref="FormatException">A line is neither a speaker nor indented text.</exception>
    public static Conversation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length == 0)
        {
            return Empty;
        }

        var turns = ImmutableArray.CreateBuilder<Turn>();
        ChatRole? role = null;
        StringBuilder? said = null;
        foreach (string line in text.Split('\n'))
        {
            if (role is not null && line.StartsWith(Indent, StringComparison.Ordinal))
            {
                said = said is null ? new StringBuilder() : said.Append('\n');
                said.Append(line, Indent.Length, line.Length - Indent.Length);
                continue;
            }

            if (!line.EndsWith(':') || !Turn.IsName(line.AsSpan(0, line.Length - 1)))
            {
                throw new FormatException($"A conversation's line is a speaker such as 'user:' or text indented by two spaces, but found '{line}'.");
            }

            Close();
            role = new ChatRole(line[..^1]);
        }

        Close();
        return new Conversation(turns);

        void Close()
        {
            if (role is { } speaker)
            {
                turns.Add(new Turn(speaker, said?.ToString() ?? ""));
                said = null;
            }
        }
    }

    /// <inheritdoc/>
    public bool Equals(Conversation? other) => other is not null && Turns.AsSpan().SequenceEqual(other.Turns.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Conversation);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (Turn turn in Turns)
        {
            hash.Add(turn);
        }

        return hash.ToHashCode();
    }

    /// <summary>The text form described above; <c>\n</c> line ends. An image, audio or a file is its media type, size and hash.</summary>
    public override string ToString()
    {
        if (HasContents)
        {
            return string.Concat(ToParts().Select(p => p.ToString()));
        }

        var text = new TextBuffer(1024);
        WriteTo(ref text);
        string written = text.Text.ToString();
        text.Return();
        return written;
    }

    /// <summary>Writes the text form.</summary>
    internal void WriteTo(ref TextBuffer text)
    {
        for (int i = 0; i < Turns.Length; i++)
        {
            if (i > 0)
            {
                text.Append('\n');
            }

            text.Append(Turns[i].Role.Value);
            text.Append(':');
            ReadOnlySpan<char> rest = Turns[i].Text;
            for (int end = 0; end >= 0; rest = rest[(end + 1)..])
            {
                end = rest.IndexOf('\n');
                text.Append("\n" + Indent);
                text.Append(end < 0 ? rest : rest[..end]);
            }
        }
    }

    /// <summary>The text form with images, audio and files in their places.</summary>
    internal ImmutableArray<TurnPart> ToParts()
    {
        var parts = ImmutableArray.CreateBuilder<TurnPart>();
        var text = new StringBuilder();
        foreach (Turn turn in Turns)
        {
            text.Append(text.Length + parts.Count > 0 ? "\n" : "").Append(turn.Role.Value).Append(":\n").Append(Indent);
            foreach (TurnPart part in turn.HasContents ? turn.Parts : [new(turn.Text)])
            {
                if (part.Content is null)
                {
                    text.Append(part.Text!.Replace("\n", "\n" + Indent, StringComparison.Ordinal));
                    continue;
                }

                parts.Add(new(text.ToString()));
                parts.Add(part);
                text.Clear();
            }
        }

        if (text.Length > 0)
        {
            parts.Add(new(text.ToString()));
        }

        return parts.ToImmutable();
    }
}
