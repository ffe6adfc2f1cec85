using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators;

/// <summary>
/// The names that a file declares and mentions. What is read of a declaration can depend on another file only by a name that is declared there
/// and mentioned here, or by what reaches into every file.
/// </summary>
internal sealed class TreeNames
{
    private const string Suffix = "Attribute";

    private readonly Lazy<HashSet<string>> _mentioned;

    public TreeNames(SyntaxTree tree, CancellationToken cancellationToken)
    {
        Tree = tree;
        _mentioned = new(() => [.. Identifiers(tree.GetRoot()), .. Calls(tree.GetRoot())]);
        if (tree.GetRoot(cancellationToken) is not CompilationUnitSyntax unit)
        {
            return;
        }

        var declared = new Declared();
        declared.Read(unit.Usings);
        declared.Read(unit.Members, "");
        SyntaxNode[] reaching = [.. unit.Usings.Where(IsGlobal).Concat<SyntaxNode>(unit.AttributeLists)];
        Types = [.. declared.Types];
        Namespaces = [.. declared.Namespaces];
        Aliases = declared.Aliases;
        SharedAliases = [.. declared.SharedAliases];
        Shared = [.. reaching.Select(r => r.ToString()), .. declared.Framework];
        SharedMentions = [.. reaching.SelectMany(Identifiers).Distinct()];
    }

    public SyntaxTree Tree { get; }

    /// <summary>The types that are declared here, by their simple names; an attribute by both of its names.</summary>
    public string[] Types { get; } = [];

    /// <summary>The namespaces that are declared here, by their full names.</summary>
    public string[] Namespaces { get; } = [];

    /// <summary>The other names that this file gives to types and namespaces, for itself.</summary>
    public HashSet<string> Aliases { get; } = [];

    /// <summary>The other names that this file gives to types and namespaces, for all files.</summary>
    public string[] SharedAliases { get; } = [];

    /// <summary>What reaches into every file without being mentioned there: global usings, attributes of the assembly, types of the framework.</summary>
    public string[] Shared { get; } = [];

    /// <summary>The names in <see cref="Shared"/>.</summary>
    public string[] SharedMentions { get; } = [];

    /// <summary>
    /// The identifiers outside of bodies, for nothing in a body is a part of a declaration that can be seen outside it; and the classes of the calls of
    /// what may be a signature, which nothing else can be called like.
    /// </summary>
    public HashSet<string> Mentioned => _mentioned.Value;

    private static bool IsGlobal(UsingDirectiveSyntax directive) => !directive.GlobalKeyword.IsKind(SyntaxKind.None);

    private static IEnumerable<string> Identifiers(SyntaxNode node) => node
        .DescendantTokens(inner => inner is not (BlockSyntax or ArrowExpressionClauseSyntax or GlobalStatementSyntax))
        .Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.ValueText);

    private static IEnumerable<string> Calls(SyntaxNode root) => root
        .DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax)
        .OfType<RecordDeclarationSyntax>().Where(record => record.AttributeLists.Count > 0)
        .Select(record => Names.ToCalls(record.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().Reverse().Select(type => type.Identifier.ValueText)));

    private sealed class Declared
    {
        public HashSet<string> Types { get; } = [];

        public HashSet<string> Namespaces { get; } = [];

        public HashSet<string> Aliases { get; } = [];

        public HashSet<string> SharedAliases { get; } = [];

        /// <summary>Types in the namespaces of the framework, for which the compiler may look by itself.</summary>
        public HashSet<string> Framework { get; } = [];

        public void Read(SyntaxList<UsingDirectiveSyntax> usings)
        {
            foreach (UsingDirectiveSyntax directive in usings)
            {
                if (directive.Alias is { } alias)
                {
                    AddWithShort(IsGlobal(directive) ? SharedAliases : Aliases, alias.Name.Identifier.ValueText);
                }
            }
        }

        public void Read(SyntaxList<MemberDeclarationSyntax> members, string space)
        {
            foreach (MemberDeclarationSyntax member in members)
            {
                switch (member)
                {
                    case BaseNamespaceDeclarationSyntax inner:
                        ReadNamespace(inner, space);
                        break;
                    case TypeDeclarationSyntax type:
                        Add(type.Identifier, space);
                        Read(type.Members, space);
                        break;
                    case EnumDeclarationSyntax type:
                        Add(type.Identifier, space);
                        break;
                    case DelegateDeclarationSyntax type:
                        Add(type.Identifier, space);
                        break;
                    case GlobalStatementSyntax:
                        Types.Add("Program");
                        break;
                }
            }
        }

        private void ReadNamespace(BaseNamespaceDeclarationSyntax declaration, string space)
        {
            string own = string.Join(".", Identifiers(declaration.Name));
            string name = space.Length == 0 ? own : $"{space}.{own}";
            Namespaces.Add(name);
            Read(declaration.Usings);
            Read(declaration.Members, name);
        }

        private void Add(SyntaxToken identifier, string space)
        {
            string type = identifier.ValueText;
            AddWithShort(Types, type);
            if (space == "System" || space.StartsWith("System.", StringComparison.Ordinal))
            {
                Framework.Add($"{space}.{type}");
            }
        }

        /// <summary>Adds a name, and what an attribute of that name can be called.</summary>
        private static void AddWithShort(HashSet<string> names, string name)
        {
            names.Add(name);
            if (name.EndsWith(Suffix, StringComparison.Ordinal))
            {
                names.Add(name.Substring(0, name.Length - Suffix.Length));
            }
        }
    }
}
