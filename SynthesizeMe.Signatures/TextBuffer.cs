using System.Buffers;
using System.Globalization;
using System.Text;

namespace SynthesizeMe.Signatures;

/// <summary>A growing text in rented memory.</summary>
internal ref struct TextBuffer(int capacity)
{
    private char[] _buffer = ArrayPool<char>.Shared.Rent(Math.Max(capacity, 256));

    public int Length { get; private set; }

    public readonly ReadOnlySpan<char> Text => _buffer.AsSpan(0, Length);

    public readonly ReadOnlyMemory<char> Memory => _buffer.AsMemory(0, Length);

    public void Append(char c)
    {
        if (Length == _buffer.Length)
        {
            Grow(1);
        }

        _buffer[Length++] = c;
    }

    public void Append(scoped ReadOnlySpan<char> text)
    {
        if (Length + text.Length > _buffer.Length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_buffer.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>Writes a number in invariant notation.</summary>
    public void AppendNumber<T>(T value)
        where T : ISpanFormattable
    {
        const int usual = 32;
        int written;
        if (Length + usual > _buffer.Length)
        {
            Grow(usual);
        }

        while (!value.TryFormat(_buffer.AsSpan(Length), out written, default, CultureInfo.InvariantCulture))
        {
            Grow(_buffer.Length - Length + 1);
        }

        Length += written;
    }

    /// <summary>Writes text that is encoded as UTF-8.</summary>
    public void AppendUtf8(ReadOnlySpan<byte> text)
    {
        if (Length + text.Length > _buffer.Length)
        {
            Grow(text.Length);
        }

        Length += Encoding.UTF8.GetChars(text, _buffer.AsSpan(Length));
    }

    /// <summary>Forgets what was written after a position.</summary>
    public void Truncate(int length) => Length = length;

    public void Return()
    {
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    private void Grow(int more)
    {
        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + more));
        Text.CopyTo(larger);
        ArrayPool<char>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
