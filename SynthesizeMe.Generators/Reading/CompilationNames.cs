using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>Where the types of a compilation are declared, by name.</summary>
internal sealed class CompilationNames
{
    private readonly Dictionary<SyntaxTree, int> _places;
    private readonly TreeNames[] _files;
    private readonly HashSet<string> _sharedMentions = [];
    private readonly HashSet<string> _aliases = [];
    private readonly Lazy<Dictionary<string, List<TreeNames>>> _declaring;

    public CompilationNames(Compilation compilation, Func<SyntaxTree, TreeNames> read)
    {
        _files = [.. compilation.SyntaxTrees.Select(read)];
        _places = new(_files.Length);
        _declaring = new(Declaring);
        var types = new Dictionary<string, int>(_files.Length);
        var namespaces = new HashSet<string>();
        var shared = new List<string>();
        foreach (TreeNames file in _files)
        {
            _places.Add(file.Tree, _places.Count);
            foreach (string type in file.Types)
            {
                types.TryGetValue(type, out int count);
                types[type] = count + 1;
            }

            namespaces.UnionWith(file.Namespaces);
            shared.AddRange(file.Shared);
            _sharedMentions.UnionWith(file.SharedMentions);
            _aliases.UnionWith(file.SharedAliases);
        }

        Surroundings = new(compilation, types, namespaces, shared, _sharedMentions);
    }

    /// <summary>What every declaration depends on.</summary>
    public Surroundings Surroundings { get; }

    /// <summary>Whether a name is another for a type or a namespace, in all files.</summary>
    public bool IsAlias(string name) => _aliases.Contains(name);

    /// <summary>The place of a file among those of the compilation, which is the order of the parts of a type; -1 when it is not one of them.</summary>
    public int PlaceOf(SyntaxTree tree) => _places.TryGetValue(tree, out int place) ? place : -1;

    /// <summary>
    /// A file and all those, in their order, that declare a type of a name that is mentioned in one of them: a declaration in the file is not
    /// made of anything outside them but of what is in the references.
    /// </summary>
    public TreeNames[] FilesBehind(TreeNames file)
    {
        var found = new HashSet<TreeNames> { file };
        var open = new Queue<IEnumerable<string>>([file.Mentioned, _sharedMentions]);
        while (open.Count > 0)
        {
            foreach (string name in open.Dequeue())
            {
                if (_declaring.Value.TryGetValue(name, out List<TreeNames> files))
                {
                    foreach (TreeNames other in files.Where(found.Add))
                    {
                        open.Enqueue(other.Mentioned);
                    }
                }
            }
        }

        return [.. found.OrderBy(f => _places[f.Tree])];
    }

    private Dictionary<string, List<TreeNames>> Declaring()
    {
        var declaring = new Dictionary<string, List<TreeNames>>(_files.Length);
        foreach (TreeNames file in _files)
        {
            foreach (string type in file.Types)
            {
                if (!declaring.TryGetValue(type, out List<TreeNames> files))
                {
                    declaring.Add(type, files = []);
                }

                files.Add(file);
            }
        }

        return declaring;
    }
}
