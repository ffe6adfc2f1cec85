using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <content>What may be left out, what has to be satisfied, and how deep it may go.</content>
public static partial class JsonShape
{
    /// <summary>How many values may be around a part of a recursive record. What a reply holds then also fits a saved state.</summary>
    internal const int DeepestPlace = 40;

    /// <summary>Whether an object has a property, and it is not <c>null</c>.</summary>
    public static bool TryProperty(JsonElement json, string name, JsonPlace place, out JsonElement value)
    {
        value = Property(json, name, place, optional: true);
        return !IsNull(value);
    }

    /// <summary>Whether an object has a property, which may be <c>null</c>.</summary>
    public static bool HasProperty(JsonElement json, string name, JsonPlace place, out JsonElement value)
    {
        value = Property(json, name, place, optional: true);
        return value.ValueKind != JsonValueKind.Undefined;
    }

    /// <summary>The default of a value that is left out; in a reply it is listed as taken.</summary>
    public static T Default<T>(JsonPlace place, T value)
    {
        ArgumentNullException.ThrowIfNull(place);
        place.Note(RepairKind.DefaultTaken);
        return value;
    }

    /// <summary>A value that satisfies its constraints. Only a reply is checked: what was saved stays readable when a constraint is tightened.</summary>
    /// <param name="value">The value.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="check">What is wrong with it; <see langword="null"/> when nothing is.</param>
    /// <exception cref="JsonShapeException">A reply's value does not satisfy them.</exception>
    public static T Checked<T>(T value, JsonPlace place, Func<T, string?> check)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(check);
        return place.Repairs && check(value) is { } problem ? throw Problem(place, problem) : value;
    }

    /// <summary>Refuses what is nested too deeply.</summary>
    /// <exception cref="JsonShapeException">More than 40 values are around it.</exception>
    public static void RequireDepth(JsonPlace place)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (place.Depth > DeepestPlace)
        {
            throw Problem(JsonPlace.Of(""), "it is nested too deeply");
        }
    }
}
