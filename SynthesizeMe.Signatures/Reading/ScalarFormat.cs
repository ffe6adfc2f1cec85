namespace SynthesizeMe.Signatures;

/// <summary>How a value such as a date is written as text, and read from it.</summary>
/// <typeparam name="T">The value's type.</typeparam>
public sealed class ScalarFormat<T>
{
    private readonly Func<T, string> _write;
    private readonly ScalarReader<T> _read;
    private readonly ScalarReader<T> _readAlike;

    /// <param name="what">What is wanted, in words.</param>
    /// <param name="write">The value's text, the same in every culture.</param>
    /// <param name="read">Reads what is written.</param>
    /// <param name="readAlike">Reads what only a reply may write, where it can mean one value alone.</param>
    internal ScalarFormat(string what, Func<T, string> write, ScalarReader<T> read, ScalarReader<T> readAlike)
    {
        What = what;
        _write = write;
        _read = read;
        _readAlike = readAlike;
    }

    /// <summary>What is wanted, in words, such as <c>a date such as 2026-03-31</c>.</summary>
    internal string What { get; }

    /// <summary>The value's text, the same in every culture.</summary>
    public string Write(T value) => _write(value);

    /// <summary>Reads what <see cref="Write"/> writes.</summary>
    internal bool TryRead(ReadOnlySpan<char> text, out T value) => _read(text, out value);

    /// <summary>Reads what a model may write instead; nothing that could mean two values.</summary>
    internal bool TryReadAlike(ReadOnlySpan<char> text, out T value)
    {
        ReadOnlySpan<char> bare = Words.TrimWrapping(text);
        return _read(bare, out value) || _readAlike(bare, out value);
    }
}

/// <summary>Reads a value of a text; false when it is none.</summary>
internal delegate bool ScalarReader<T>(ReadOnlySpan<char> text, out T value);
