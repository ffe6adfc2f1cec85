using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>One message of a conversation or of a prompt: who speaks, and what is said.</summary>
public readonly record struct Turn
{
    /// <summary>Creates a turn.</summary>
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

    /// <summary>Who speaks.</summary>
    public ChatRole Role { get; }

    /// <summary>What is said, verbatim.</summary>
    [AllowNull]
    public string Text { get => field ?? ""; }

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
}
