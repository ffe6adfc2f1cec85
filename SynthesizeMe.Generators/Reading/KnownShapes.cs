using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>The framework's types that a field can have: scalars, lists, sets and dictionaries.</summary>
internal static class KnownShapes
{
    public static ScalarModel? ScalarOf(ITypeSymbol type) => !type.ContainingNamespace.Is("System") ? null : type.ToDisplayString() switch
    {
        "System.DateOnly" => new("Date", "date as YYYY-MM-DD", "\"format\":\"date\""),
        "System.TimeOnly" => new("Time", "time of day as hh:mm:ss", @"""pattern"":""^\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,7})?)?$"""),
        "System.DateTime" => new(
            "DateTime", "date and time as YYYY-MM-DDThh:mm:ss", @"""pattern"":""^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2}(\\.\\d{1,7})?)?(Z|[+-]\\d{2}:\\d{2})?$"""),
        "System.DateTimeOffset" => new("Instant", "date and time with offset as YYYY-MM-DDThh:mm:ss+hh:mm", "\"format\":\"date-time\""),
        "System.TimeSpan" => new("Duration", "ISO 8601 duration in days, hours, minutes and seconds, such as P1DT2H30M", "\"format\":\"duration\""),
        "System.Guid" => new("Uuid", "UUID", "\"format\":\"uuid\""),
        "System.Uri" => new("Uri", "URI", "\"format\":\"uri-reference\""),
        _ => null,
    };

    /// <summary>The method that reads an image, audio or a file.</summary>
    public static string? ContentOf(ITypeSymbol type) =>
        type.Is(KnownTypes.DataContent) ? "Data" : type.Is(KnownTypes.UriContent) ? "Link" : null;

    public static ListShape ListOf(INamedTypeSymbol type) => type.Arity != 1 ? ListShape.None : type.OriginalDefinition.ToDisplayString() switch
    {
        "System.Collections.Generic.IReadOnlyList<T>" or "System.Collections.Generic.IReadOnlyCollection<T>"
            or "System.Collections.Generic.IEnumerable<T>" => ListShape.Array,
        "System.Collections.Generic.List<T>" or "System.Collections.Generic.IList<T>" or "System.Collections.Generic.ICollection<T>" => ListShape.List,
        "System.Collections.Immutable.ImmutableArray<T>" => ListShape.ImmutableArray,
        "System.Collections.Immutable.ImmutableList<T>" or "System.Collections.Immutable.IImmutableList<T>" => ListShape.ImmutableList,
        "System.Collections.Generic.HashSet<T>" or "System.Collections.Generic.ISet<T>" or "System.Collections.Generic.IReadOnlySet<T>" => ListShape.Set,
        "System.Collections.Immutable.ImmutableHashSet<T>" or "System.Collections.Immutable.IImmutableSet<T>" => ListShape.ImmutableSet,
        _ => ListShape.None,
    };

    public static MapShape MapOf(INamedTypeSymbol type) => type.Arity != 2 ? MapShape.None : type.OriginalDefinition.ToDisplayString() switch
    {
        "System.Collections.Generic.Dictionary<TKey, TValue>" or "System.Collections.Generic.IDictionary<TKey, TValue>"
            or "System.Collections.Generic.IReadOnlyDictionary<TKey, TValue>" => MapShape.Dictionary,
        "System.Collections.Immutable.ImmutableDictionary<TKey, TValue>"
            or "System.Collections.Immutable.IImmutableDictionary<TKey, TValue>" => MapShape.Immutable,
        "System.Collections.Immutable.ImmutableSortedDictionary<TKey, TValue>" => MapShape.ImmutableSorted,
        _ => MapShape.None,
    };
}
