using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <content>What is written: no null, where a type says that there is none, for it could not be read again.</content>
public static partial class JsonShape
{
    /// <summary>Writes a text.</summary>
    /// <exception cref="JsonShapeException">It is null.</exception>
    public static void WriteText(Utf8JsonWriter writer, string value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value ?? throw Null(""));
    }

    /// <summary>Writes a property that is a text.</summary>
    /// <exception cref="JsonShapeException">It is null.</exception>
    public static void WriteText(Utf8JsonWriter writer, string name, string value)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteString(name, value ?? throw Null(name));
    }

    /// <summary>Writes a property that is a list, a dictionary or a record.</summary>
    /// <exception cref="JsonShapeException">It is null, or a text in it is.</exception>
    public static void WriteField<T>(Utf8JsonWriter writer, string name, T value, Action<Utf8JsonWriter, T> write)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(write);
        if (value is null)
        {
            throw Null(name);
        }

        writer.WritePropertyName(name);
        try
        {
            write(writer, value);
        }
        catch (JsonShapeException e)
        {
            throw Within(name, e);
        }
    }

    internal static JsonShapeException Null(string path) => new(path, "it is null, and its type is not nullable");

    /// <summary>The same problem, seen from the field in which it is.</summary>
    internal static JsonShapeException Within(string field, JsonShapeException problem) =>
        new(problem.Path.Length == 0 ? field : $"{field}.{problem.Path}", problem.Problem);

    /// <summary>Says that a value of a signature can neither be sent nor kept.</summary>
    internal static ArgumentException Unwritable(string signature, JsonShapeException problem) => new($"{signature} cannot be written: {problem.Message}.", problem);
}
