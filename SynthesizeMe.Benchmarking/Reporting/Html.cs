using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace SynthesizeMe.Benchmarking;

/// <summary>Writes HTML. What stands in the source goes out as it is; every value that is put into it is escaped, so that no text can become markup.</summary>
/// <param name="writer">Where it goes.</param>
internal sealed class Html(TextWriter writer)
{
    /// <summary>Writes markup with values in it; the piece has written itself by the time it is handed in.</summary>
    public Html Write([InterpolatedStringHandlerArgument("")] ref Piece piece) => this;

    /// <summary>Writes markup of our own.</summary>
    public void Markup(string markup) => writer.Write(markup);

    /// <summary>Writes text that may say anything: markup, control characters and those that turn the direction of writing become visible.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            switch (c)
            {
                case '&': writer.Write("&amp;"); break;
                case '<': writer.Write("&lt;"); break;
                case '>': writer.Write("&gt;"); break;
                case '"': writer.Write("&quot;"); break;
                case '\'': writer.Write("&#39;"); break;
                case '\r' when i + 1 < text.Length && text[i + 1] == '\n': break;
                case '\n' or '\t': writer.Write(c); break;
                case (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069'):
                case var _ when char.IsControl(c):
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
                    break;
                case var _ when char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]):
                    writer.Write(c);
                    writer.Write(text[++i]);
                    break;
                case var _ when char.IsSurrogate(c): writer.Write(Rune.ReplacementChar.ToString()); break;
                default: writer.Write(c); break;
            }
        }
    }

    /// <summary>Markup with values in it.</summary>
    [InterpolatedStringHandler]
    public ref struct Piece
    {
        private readonly Html _html;

        /// <summary>Begins.</summary>
        /// <param name="literalLength">Not used.</param>
        /// <param name="formattedCount">Not used.</param>
        /// <param name="html">Where it goes.</param>
        public Piece(int literalLength, int formattedCount, Html html)
        {
            _ = literalLength + formattedCount;
            _html = html;
        }

        /// <summary>Writes markup.</summary>
        public readonly void AppendLiteral(string markup) => _html.Markup(markup);

        /// <summary>Writes text.</summary>
        public readonly void AppendFormatted(string? text) => _html.Text(text);

        /// <summary>Writes a value.</summary>
        public readonly void AppendFormatted<T>(T value, string? format = null)
            where T : IFormattable => _html.Text(value.ToString(format, CultureInfo.InvariantCulture));
    }
}
