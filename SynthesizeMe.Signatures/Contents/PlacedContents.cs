using System.Collections.Immutable;
using System.Text;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>Images, audio and files with their places in a text that is being written.</summary>
internal sealed class PlacedContents
{
    private readonly List<(int Place, AIContent Content)> _all = [];

    /// <summary>The contents in their order.</summary>
    public IReadOnlyList<(int Place, AIContent Content)> All => _all;

    /// <summary>The place of the first content.</summary>
    public int First => _all[0].Place;

    /// <summary>The place of the last content.</summary>
    public int Last => _all[^1].Place;

    /// <summary>The contents among some parts, and the text of the others as one, so that nothing dangerous can be put together over a content.</summary>
    public static PlacedContents Of(ImmutableArray<TurnPart> parts, out string text)
    {
        var contents = new PlacedContents();
        var all = new StringBuilder();
        foreach (TurnPart part in parts)
        {
            if (part.Content is { } content)
            {
                contents.Add(all.Length, content);
            }

            all.Append(part.Text);
        }

        text = all.ToString();
        return contents;
    }

    /// <summary>Adds a content; the places never go back.</summary>
    public void Add(int place, AIContent content) => _all.Add((place, content));

    /// <summary>
    /// The message of a text with the contents in it. Blanks that stand alone before a content go to the text behind it: some providers refuse parts
    /// of blanks, and without them what stands around could become a marker.
    /// </summary>
    public Turn ToTurn(ChatRole role, ReadOnlySpan<char> text)
    {
        var parts = ImmutableArray.CreateBuilder<TurnPart>();
        int from = 0;
        foreach ((int place, AIContent content) in _all)
        {
            if (!text[from..place].IsWhiteSpace())
            {
                parts.Add(new(text[from..place].ToString()));
                from = place;
            }

            parts.Add(new(content));
        }

        if (!text[from..].IsWhiteSpace())
        {
            parts.Add(new(text[from..].ToString()));
        }

        return new(role, parts.ToImmutable());
    }

    /// <summary>The same contents in a text that was cut at its start, and into which backslashes were put.</summary>
    /// <param name="text">The text as it was written.</param>
    /// <param name="start">Where it was cut.</param>
    /// <param name="changed">What became of the rest.</param>
    public PlacedContents MovedTo(ReadOnlySpan<char> text, int start, ReadOnlySpan<char> changed)
    {
        var moved = new PlacedContents();
        int at = start;
        int to = 0;
        foreach ((int place, AIContent content) in _all)
        {
            for (; at < place; to++)
            {
                at += text[at] == changed[to] ? 1 : 0;
            }

            moved.Add(to, content);
        }

        return moved;
    }
}
