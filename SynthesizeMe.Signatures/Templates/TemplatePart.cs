using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>
/// A stretch of a template that does not depend on the inputs, as it was written once: the end of the message in which it starts,
/// the messages that stand wholly in it, and the start of the message in which it ends.
/// </summary>
/// <param name="Before">What belongs to the message in which the stretch starts.</param>
/// <param name="Messages">The messages between.</param>
/// <param name="Role">Whose message the stretch ends in; <see langword="null"/> when it is the one in which it starts.</param>
/// <param name="After">What belongs to that message.</param>
internal sealed record TemplatePart(TemplatePiece Before, ImmutableArray<Turn> Messages, ChatRole? Role, TemplatePiece After)
{
    /// <summary>How many messages the stretch opens.</summary>
    public int Count => Role is null ? 0 : Messages.Length + 1;
}

/// <summary>Text of one message, with those of its characters that come from fields, and with the images, audio and files in it.</summary>
internal sealed record TemplatePiece(string Text, ImmutableArray<FieldSpan> Fields, PlacedContents? Contents)
{
    public static TemplatePiece Empty { get; } = new("", [], null);
}

/// <summary>Collects the parts of a template while they are written for the first time.</summary>
internal sealed class TemplateRecorder
{
    private readonly ImmutableArray<TemplatePart>.Builder _parts = ImmutableArray.CreateBuilder<TemplatePart>();
    private readonly ImmutableArray<Turn>.Builder _messages = ImmutableArray.CreateBuilder<Turn>();
    private TemplatePiece? _before;

    /// <summary>Whether the part at hand has opened no message yet.</summary>
    public bool IsBeforeMessages => _before is null;

    /// <summary>The first message opens; that is what the part has written before.</summary>
    public void Open(TemplatePiece before) => _before = before;

    /// <summary>A message is complete.</summary>
    public void Add(Turn message) => _messages.Add(message);

    /// <summary>The part ends, with that in a message of that role.</summary>
    public void End(TemplatePiece last, ChatRole role)
    {
        _parts.Add(_before is null ? new(last, [], null, TemplatePiece.Empty) : new(_before, _messages.ToImmutable(), role, last));
        _messages.Clear();
        _before = null;
    }

    public ImmutableArray<TemplatePart> ToParts() => _parts.ToImmutable();
}
