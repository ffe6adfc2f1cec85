namespace SynthesizeMe.Signatures;

/// <content>Dates and the like, constraints, and defaults.</content>
public ref partial struct FieldReader
{
    /// <summary>A date, a time, an identifier or an address; in another form only where it can mean one value alone.</summary>
    public T Scalar<T>(int field, ScalarFormat<T> format)
    {
        ArgumentNullException.ThrowIfNull(format);
        RefuseCut(field);
        ReadOnlySpan<char> text = Raw(field).Trim();
        if (format.TryRead(text, out T value))
        {
            return value;
        }

        if (format.TryReadAlike(text, out value))
        {
            Note(RepairKind.ValueForm, field);
            return value;
        }

        throw Failure(field, $"'{Excerpt(text)}' is not {format.What}");
    }

    /// <summary>A value that satisfies its constraints.</summary>
    /// <param name="field">The output field.</param>
    /// <param name="value">What was read.</param>
    /// <param name="check">What is wrong with it; <see langword="null"/> when nothing is.</param>
    /// <exception cref="PromptParseException">It does not satisfy them.</exception>
    public readonly T Checked<T>(int field, T value, Func<T, string?> check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return check(value) is { } problem ? throw Failure(field, problem) : value;
    }

    /// <summary>The default of a field that is left out, which is listed as taken.</summary>
    public T Default<T>(int field, T value)
    {
        (_repairs ??= []).Add(new Repair(RepairKind.DefaultTaken, _fields[field + _skip].Name, 0));
        return value;
    }
}
