using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>What all declarations of a compilation depend on, without its files.</summary>
/// <param name="compilation">The compilation, which is not held.</param>
/// <param name="types">How many files declare a type of a name.</param>
/// <param name="namespaces">The namespaces that are declared.</param>
/// <param name="shared">What reaches into every file without being mentioned there.</param>
/// <param name="sharedMentions">The names in it.</param>
internal sealed class Surroundings(
    Compilation compilation, Dictionary<string, int> types, HashSet<string> namespaces, List<string> shared, HashSet<string> sharedMentions)
{
    private readonly ImmutableArray<MetadataReference> _references = compilation.ExternalReferences;
    private readonly CompilationOptions _options = compilation.Options;
    private readonly string? _assembly = compilation.AssemblyName;
    private readonly Dictionary<string, int> _types = types;
    private readonly HashSet<string> _namespaces = namespaces;
    private readonly List<string> _shared = shared;
    private readonly ConditionalWeakTable<Surroundings, Change> _changes = new();

    /// <summary>What is different from earlier surroundings.</summary>
    public Change Since(Surroundings earlier) => earlier == this ? Change.None : _changes.GetValue(earlier, Compare);

    private Change Compare(Surroundings earlier)
    {
        bool same = _assembly == earlier._assembly
            && (_references == earlier._references || _references.SequenceEqual(earlier._references, ReferenceEquality.Instance))
            && (ReferenceEquals(_options, earlier._options)
                || (_options.Equals(earlier._options) && ReferenceEquals(_options.SyntaxTreeOptionsProvider, earlier._options.SyntaxTreeOptionsProvider)))
            && _namespaces.SetEquals(earlier._namespaces)
            && _shared.SequenceEqual(earlier._shared);
        if (!same)
        {
            return Change.Everything;
        }

        HashSet<string> names =
        [
            .. _types.Where(t => !earlier._types.TryGetValue(t.Key, out int before) || before != t.Value).Select(t => t.Key),
            .. earlier._types.Keys.Where(t => !_types.ContainsKey(t)),
        ];
        return names.Overlaps(sharedMentions) ? Change.Everything : new(names);
    }

    /// <summary>A difference between two compilations.</summary>
    /// <param name="Names">The names of which more or fewer files declare a type; null when every declaration may be different.</param>
    internal sealed record Change(HashSet<string>? Names)
    {
        public static Change None { get; } = new([]);

        public static Change Everything { get; } = new((HashSet<string>?)null);

        /// <summary>Whether it may be one for a file, unless the file itself is another.</summary>
        public bool Concerns(TreeNames file) =>
            Names is null || (Names.Count < file.Mentioned.Count ? file.Mentioned.Overlaps(Names) : Names.Overlaps(file.Mentioned));
    }

    private sealed class ReferenceEquality : IEqualityComparer<MetadataReference>
    {
        public static ReferenceEquality Instance { get; } = new();

        public bool Equals(MetadataReference x, MetadataReference y) => ReferenceEquals(x, y);

        public int GetHashCode(MetadataReference reference) => RuntimeHelpers.GetHashCode(reference);
    }
}
