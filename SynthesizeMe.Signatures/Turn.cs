using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>One message of a conversation or of a prompt: who speaks, and what is said.</summary>
public readonly record struct Turn
{
    /// <summary>A text, or an array of parts: one field, so that turns of text are no larger for what they do not have.</summary>
    private readonly object? _said;

    /// <summary>Creates a turn of text.</summary>
    /// <param name="role">Who speaks; letters, digits, <c>-</c> and <c>_</c> only.</param>
    /// <param name="text">What is said, verbatim.</param>
    /// <exception cref="ArgumentException">The role's name has a character that could be mistaken for text.</exception>
    public Turn(ChatRole role, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!IsName(role.Value))
        {
            throw new ArgumentException($"'{role.Value}' is not a role: use letters, digits, '-' and '_' only.", nameof(role));
        }

        Role = role;
        _said = text;
    }

    /// <summary>Creates a turn of text and images, audio or files.</summary>
    /// <param name="role">Who speaks; letters, digits, <c>-</c> and <c>_</c> only.</param>
    /// <param name="contents"><see cref="TextContent"/>, <see cref="DataContent"/> and <see cref="UriContent"/>, in order.</param>
    /// <exception cref="ArgumentException">The role's name has a character that could be mistaken for text, or a content is of another type.</exception>
    public Turn(ChatRole role, params IEnumerable<AIContent> contents)
        : this(role, [.. contents.Select(TurnPart.Of)])
    {
    }

    internal Turn(ChatRole role, ImmutableArray<TurnPart> parts)
        : this(role, string.Concat(parts.Where(p => p.Content is null).Select(p => p.Text)))
    {
        if (parts.Any(p => p.Content is not null))
        {
            _said = parts.ToArray();
        }
    }

    /// <summary>Who speaks.</summary>
    public ChatRole Role { get; }

    /// <summary>What is said, verbatim; each image, audio or file stands in it as its media type, size and hash in brackets.</summary>
    public string Text => _said as string ?? string.Concat(PartsOrNone.Select(p => p.ToString()));

    /// <summary>The parts of a message that is more than text, in order; empty when it is text alone.</summary>
    public ImmutableArray<TurnPart> Parts => ImmutableCollectionsMarshal.AsImmutableArray(PartsOrNone);

    internal bool HasContents => _said is TurnPart[];

    private TurnPart[] PartsOrNone => _said as TurnPart[] ?? [];

    /// <inheritdoc/>
    public bool Equals(Turn other) =>
        Role == other.Role && (HasContents || other.HasContents ? PartsOrNone.AsSpan().SequenceEqual(other.PartsOrNone) : Text == other.Text);

    /// <inheritdoc/>
    public override int GetHashCode() => _said is TurnPart[] parts ? HashCode.Combine(Role, parts.Length, parts[0]) : HashCode.Combine(Role, Text);

    internal static bool IsName(ReadOnlySpan<char> role)
    {
        foreach (char c in role)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
            {
                return false;
            }
        }

        return !role.IsEmpty;
    }

    /// <summary>A message for a chat client; images, audio and files are shared with this turn.</summary>
    internal ChatMessage ToMessage() => _said is TurnPart[] parts
        ? new ChatMessage(Role, [.. parts.Select(p => p.Content ?? new TextContent(p.Text))])
        : new ChatMessage(Role, Text);

    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Role = ").Append(Role).Append(", Text = ").Append(Text);
        return true;
    }
}
