using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators;

/// <summary>
/// Keeps what was read of a declaration from one compilation to the next, because every edit asks for all of them and gives all of them new symbols,
/// which are dear to bind. It is used again only when nothing can have become different: the declaration is the same node; so is every file that
/// declares a type of a name that is mentioned there, or in one of those files; no other file has come to declare one of such a name; and the
/// references, options, namespaces and global usings are the same. All is held weakly, by the node.
/// </summary>
internal sealed class ReadingCache
{
    private readonly ConditionalWeakTable<Compilation, CompilationNames> _compilations = new();
    private readonly ConditionalWeakTable<SyntaxTree, TreeNames> _files = new();

    /// <summary>A reader that reads only what can have become different since it last read it; what is not marked reads as null.</summary>
    /// <param name="mark">The full name of the attribute.</param>
    /// <param name="read">Reads a declaration that carries it.</param>
    public Func<GeneratorSyntaxContext, CancellationToken, T?> Reusing<T>(string mark, Func<MarkedType, CancellationToken, T> read)
        where T : class
    {
        var all = new ConditionalWeakTable<SyntaxNode, Slot<T>>();
        return (context, cancellationToken) =>
        {
            CompilationNames now = NamesOf(context.SemanticModel.Compilation, cancellationToken);
            if (all.TryGetValue(context.Node, out Slot<T> slot) && slot.Kept is { } kept && kept.Holds(now))
            {
                return kept.Value;
            }

            var declaration = (TypeDeclarationSyntax)context.Node;
            TreeNames file = FileOf(declaration.SyntaxTree, cancellationToken);
            if (!MarkedType.MayBe(declaration, mark, name => file.Aliases.Contains(name) || now.IsAlias(name)))
            {
                return null;
            }

            MarkedType? marked = MarkedType.Find(declaration, mark, context.SemanticModel, cancellationToken);
            T? value = marked is null ? null : read(marked, cancellationToken);
            all.GetValue(declaration, static _ => new()).Kept = new(value, now.FilesBehind(file), now.Surroundings);
            return value;
        };
    }

    private CompilationNames NamesOf(Compilation compilation, CancellationToken cancellationToken) =>
        _compilations.TryGetValue(compilation, out CompilationNames names)
            ? names
            : _compilations.GetValue(compilation, c => new(c, tree => FileOf(tree, cancellationToken)));

    private TreeNames FileOf(SyntaxTree tree, CancellationToken cancellationToken) =>
        _files.TryGetValue(tree, out TreeNames names) ? names : _files.GetValue(tree, t => new(t, cancellationToken));

    private sealed class Slot<T>
        where T : class
    {
        private volatile Kept<T>? _kept;

        public Kept<T>? Kept
        {
            get => _kept;
            set => _kept = value;
        }
    }

    /// <summary>A value with the files that it was made of and what surrounded them when it was last known to hold.</summary>
    private sealed class Kept<T>(T? value, TreeNames[] files, Surroundings surroundings)
        where T : class
    {
        private volatile Surroundings _surroundings = surroundings;

        public T? Value => value;

        public bool Holds(CompilationNames now)
        {
            Surroundings.Change change = now.Surroundings.Since(_surroundings);
            int place = -1;
            foreach (TreeNames file in files)
            {
                int next = now.PlaceOf(file.Tree);
                if (next <= place || change.Concerns(file))
                {
                    return false;
                }

                place = next;
            }

            _surroundings = now.Surroundings;
            return true;
        }
    }
}
