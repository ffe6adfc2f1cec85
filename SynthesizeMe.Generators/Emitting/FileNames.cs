using System.Collections.Immutable;

namespace SynthesizeMe.Generators;

/// <summary>Names the generated files, which have to differ in more than their case.</summary>
internal static class FileNames
{
    /// <summary>Those names that differ from another one in their case only.</summary>
    public static EquatableArray<string> Alike(ImmutableArray<string> names) => new(names
        .GroupBy(n => n, StringComparer.OrdinalIgnoreCase).Where(g => g.Skip(1).Any()).SelectMany(g => g).OrderBy(n => n, StringComparer.Ordinal));

    /// <summary>A file's name; where another differs in its case only, it says which letters are capital, so that it stays the same whatever else comes.</summary>
    public static string Of(string name, string kind, EquatableArray<string> alike) =>
        $"{name}{(alike.Contains(name) ? "-" + string.Concat(name.Select(c => char.IsUpper(c) ? '1' : '0')) : "")}.{kind}.g.cs";
}
