using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>A part of a message: text, or else an image, audio or a file. Two parts are equal when their text or their bytes are.</summary>
public readonly record struct TurnPart
{
    internal TurnPart(string text) => Text = text;

    internal TurnPart(AIContent content) => Content = content;

    /// <summary>The text; <see langword="null"/> when the part is none.</summary>
    public string? Text { get; }

    /// <summary>The <see cref="DataContent"/> or <see cref="UriContent"/>; <see langword="null"/> when the part is text.</summary>
    public AIContent? Content { get; }

    /// <inheritdoc/>
    public bool Equals(TurnPart other) => Text == other.Text && ContentText.Same(Content, other.Content);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Text, (Content as DataContent)?.Data.Length, (Content as UriContent)?.Uri);

    /// <summary>The text, or what stands for the content: its media type, size and hash.</summary>
    public override string ToString() => Content is null ? Text ?? "" : ContentText.Describe(Content);

    /// <exception cref="ArgumentException">Neither text nor data nor the address of such.</exception>
    internal static TurnPart Of(AIContent content) => content switch
    {
        TextContent text => new(text.Text),
        DataContent or UriContent => new(content),
        _ => throw new ArgumentException($"A message has TextContent, DataContent and UriContent, but no {content?.GetType().Name ?? "null"}.", nameof(content)),
    };
}
