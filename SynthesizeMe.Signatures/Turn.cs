using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>One message of a conversation or of a prompt: who speaks, and what is said.</summary>
public readonly record struct Turn
{
    private readonly ImmutableArray<TurnPart> _parts;

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
        Text = text;
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
        : this(role, "")
    {
        if (parts.All(p => p.Content is null))
        {
            Text = string.Concat(parts.Select(p => p.Text));
        }
        else
        {
            _parts = parts;
        }
    }

    /// <summary>Who speaks.</summary>
    public ChatRole Role { get; }

    /// <summary>What is said, verbatim; each image, audio or file stands in it as its media type, size and hash in brackets.</summary>
    [AllowNull]
    public string Text { get => HasContents ? string.Concat(_parts.Select(p => p.ToString())) : field ?? ""; }

    /// <summary>The parts of a message that is more than text, in order; empty when it is text alone.</summary>
    public ImmutableArray<TurnPart> Parts => HasContents ? _parts : [];

    internal bool HasContents => !_parts.IsDefault;

    /// <inheritdoc/>
    public bool Equals(Turn other) =>
        Role == other.Role && HasContents == other.HasContents && (HasContents ? _parts.AsSpan().SequenceEqual(other._parts.AsSpan()) : Text == other.Text);

    /// <inheritdoc/>
    public override int GetHashCode() => HasContents ? HashCode.Combine(Role, _parts.Length, _parts[0]) : HashCode.Combine(Role, Text);

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
    internal ChatMessage ToMessage() => HasContents
        ? new ChatMessage(Role, [.. _parts.Select(p => p.Content ?? new TextContent(p.Text))])
        : new ChatMessage(Role, Text);

    private bool PrintMembers(StringBuilder text)
    {
        text.Append("Role = ").Append(Role).Append(", Text = ").Append(Text);
        return true;
    }
}
