using System.Numerics;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <content>Dictionaries and sets. They are written in the order of their text, so that equal ones are written alike.</content>
public static partial class JsonShape
{
    /// <summary>A dictionary: an object. A key may stand twice only in a reply, and only with the same value.</summary>
    /// <param name="json">The object.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="key">Reads a key.</param>
    /// <param name="read">Reads a value.</param>
    public static Dictionary<TKey, TValue> Map<TKey, TValue>(
        JsonElement json, JsonPlace place, Func<string, JsonPlace, TKey> key, Func<JsonElement, JsonPlace, TValue> read)
        where TKey : notnull
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(read);
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw Problem(place, $"an object was expected, but it is {Kind(json)}");
        }

        var entries = new Dictionary<TKey, TValue>();
        var given = new Dictionary<TKey, JsonElement>();
        foreach (JsonProperty property in json.EnumerateObject())
        {
            string name = NameOf(property, place);
            JsonPlace at = place.Entry(name);
            TKey found = key(name, at);
            if (given.TryAdd(found, property.Value))
            {
                entries.Add(found, read(property.Value, at));
            }
            else if (place.Repairs && JsonElement.DeepEquals(given[found], property.Value))
            {
                at.Note(RepairKind.RepeatedItem);
            }
            else
            {
                throw Problem(place, $"the key '{name}' stands twice");
            }
        }

        return entries;
    }

    /// <summary>A key that is a label of an enum.</summary>
    public static TEnum Key<TEnum>(string key, JsonPlace place, Labels<TEnum> labels)
        where TEnum : struct, Enum
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(place);
        if (!labels.TryRead(key, out TEnum value, out RepairKind? repair, out string? problem))
        {
            throw Problem(place, problem!);
        }

        if (repair is { } kind)
        {
            place.Note(kind);
        }

        return value;
    }

    /// <summary>A set: a list in which an item may stand twice only in a reply, which is repaired.</summary>
    public static HashSet<T> Set<T>(JsonElement json, JsonPlace place, Func<JsonElement, JsonPlace, T> read)
    {
        ArgumentNullException.ThrowIfNull(place);
        T[] items = List(json, place, read);
        var set = new HashSet<T>(items.Length);
        for (int i = 0; i < items.Length; i++)
        {
            if (set.Add(items[i]))
            {
                continue;
            }

            if (!place.Repairs)
            {
                throw Problem(place.Item(i), "the item stands twice");
            }

            place.Item(i).Note(RepairKind.RepeatedItem);
        }

        return set;
    }

    /// <summary>The entries of a dictionary with their keys as text, in ordinal order.</summary>
    public static IEnumerable<KeyValuePair<string, TValue>> Entries<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> map, Func<TKey, string> key) =>
        map.Select(e => KeyValuePair.Create(key(e.Key), e.Value)).OrderBy(e => e.Key, StringComparer.Ordinal);

    /// <summary>The items of a set in the ordinal order of their text.</summary>
    public static IEnumerable<T> Sorted<T>(IEnumerable<T> items, Func<T, string> text) => items.OrderBy(text, StringComparer.Ordinal);

    /// <summary>The numbers of a set, smallest first.</summary>
    public static IEnumerable<T> Sorted<T>(IEnumerable<T> items)
        where T : struct, INumber<T> => items.Order();

    private static string NameOf(JsonProperty property, JsonPlace place)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw Problem(place, "half of a surrogate pair stands alone in a key");
        }
    }
}
