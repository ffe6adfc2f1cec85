using CsCheck;

namespace SynthesizeMe.Generators.Tests.Caching;

/// <summary>Random edits of a few files, which declare types of the same few names in nested namespaces and are made of one another.</summary>
internal static class AnyEdits
{
    private const int Files = 5;
    private const int Edits = 7;

    private static readonly Gen<string> Space = Gen.OneOf("", "namespace A;", "namespace A;", "namespace A.B;", "namespace A.B.C;", "namespace D;");

    private static readonly Gen<string> Globals = Rarely(Gen.OneOf(
        "global using A;", "global using A.B;", "global using D;", "global using static A.Limits;", "global using Mood = A.Item;",
        "global using Mark = SynthesizeMe.Signatures.SignatureAttribute;"));

    private static readonly Gen<string> Locals = Rarely(Gen.OneOf(
        "using A;", "using D;", "using static D.Limits;", "using Item = A.B.Mood;", "using A.B.C;"));

    private static readonly Gen<string> Constant = Gen.OneOf("1", "2", "3", "Limits.Max", "A.Limits.Max", "Limits.Max + 1", "Max");

    private static readonly Gen<string> Type = Gen.OneOf(
        "string", "int?", "Mood", "Mood?", "Mood", "Item", "Item", "List<Item>", "A.B.Mood", "Box.Inner", "Shape", "IReadOnlyDictionary<Mood, Item>", "System.DateOnly");

    private static readonly Gen<string> Mark = Gen.OneOf(
        "Signature", "Signature", "Signature", "SignatureAttribute", "SynthesizeMe.Signatures.Signature(\"Do.\")", "SynthesizeMe.Signatures.Signature", "Mark");

    private static readonly Gen<string> Enum = Gen.OneOf("Good", "Good, Bad", "Bad, Fair", "Good = 3, Bad = Limits.Max", "[Description(\"x\")] Good")
        .Select(labels => $"public enum Mood {{ {labels} }}");

    private static readonly Gen<string> Record = Gen.Select(
        Gen.OneOf("string", "Mood", "Item?", "Box.Inner"), Constant, Gen.OneOf("", "", " : Base", " : Shape"),
        (type, constant, parent) => $"public record Item({type} First, [Range(0, {constant})] int Second = {constant}){parent};");

    private static readonly Gen<string> Limits = Gen.OneOf("1", "2", "Base.Most", "Most")
        .Select(max => $"public partial class Limits : Base {{ public const int Max = {max}; }}");

    private static readonly Gen<string> Base = Gen.OneOf(
        "public record Base { [JsonPropertyName(\"other\")] public string First { get; init; } = \"\"; public const int Most = 6; }",
        "public class Base { public const int Most = 4; }",
        "public class Base { public const int Most = 5; }");

    private static readonly Gen<string> Shape = Gen.OneOf("[JsonDerivedType(typeof(Item), \"item\")] public abstract record Shape;", "public interface Shape;");

    private static readonly Gen<string> Box = Gen.OneOf(
        "public partial class Box { public enum Inner { One, Two } }", "public partial class Box { public record Inner(Mood Mood); }", "partial class Box;", "public partial class Box;");

    private static readonly Gen<string> Other = Gen.OneOf(
        "public class SignatureAttribute : Attribute;",
        "public class FineAttribute : ValidationAttribute;",
        "public class FineAttribute : Attribute;",
        "public class Unrelated { int M() { return 1; } }",
        "public class Unrelated { int M() { return 2; } }");

    private static readonly Gen<string> Signature = Gen.Select(
        Mark, Type, Type, Constant, Rarely(Gen.Const(", Fine")), Rarely(Gen.Const("Box")),
        (mark, from, to, constant, fine, box) =>
        {
            string signature = $"[{mark}] public partial record S#([Input] {from} In, [Output] {to} Out, [Output, Range(0, {constant}){fine}] int Score = {constant});";
            return box.Length == 0 ? signature : $"partial class Box {{ {signature} }}";
        });

    private static readonly Gen<string> AnyFile = Gen.Select(
        Globals, Locals, Space,
        Gen.Select(Often(Enum), Often(Record), Often(Limits), Often(Base), (e, r, l, b) => $"{e}\n{r}\n{l}\n{b}"),
        Gen.Select(Rarely(Shape), Often(Box), Rarely(Other), Rarely(Gen.OneOf("[assembly: CLSCompliant(false)]")), (s, b, o, a) => (Types: $"{s}\n{b}\n{o}", Assembly: a)),
        Often(Signature),
        (globals, locals, space, types, more, signature) => $"""
            {globals}
            using System; using System.Collections.Generic; using System.ComponentModel; using System.ComponentModel.DataAnnotations;
            using System.Text.Json.Serialization; using SynthesizeMe.Signatures; {locals}
            {more.Assembly}
            {space}
            {types}
            {more.Types}
            {signature}
            """);

    /// <summary>The files at the start and after each edit.</summary>
    public static Gen<(string Path, string Text)[][]> Sequence { get; } = Gen.Select(
        AnyFile.Array[Files], Gen.Select(Gen.Int[0, Files - 1], Gen.Int[0, 9], AnyFile).Array[1, Edits], Steps);

    private static Gen<string> Rarely(Gen<string> text) => Gen.Frequency((4, Gen.Const("")), (1, text));

    private static Gen<string> Often(Gen<string> text) => Gen.Frequency((1, Gen.Const("")), (1, text));

    /// <summary>
    /// An edit replaces a file, takes it away, or puts back what was there at the start. None moves a file: from then on the compiler's own
    /// driver can take one file for another, whatever the generator does.
    /// </summary>
    private static (string Path, string Text)[][] Steps(string[] start, (int File, int Kind, string Text)[] edits)
    {
        (string Path, string Text)[] files = [.. start.Select((text, i) => Named(i, text))];
        (string Path, string Text)[] first = files;
        var steps = new List<(string Path, string Text)[]> { files };
        foreach ((int file, int kind, string text) in edits)
        {
            (string Path, string Text) edited = kind == 1 ? first[file] : Named(file, text);
            (string Path, string Text)[] others = [.. files.Where(f => f.Path != edited.Path)];
            files = kind switch
            {
                0 => others,
                _ when others.Length == files.Length => [.. files, edited],
                _ => [.. files.Select(f => f.Path == edited.Path ? edited : f)],
            };
            steps.Add(files);
        }

        return [.. steps];

        static (string Path, string Text) Named(int file, string text) => ($"F{file}.cs", text.Replace("S#", $"S{file}", StringComparison.Ordinal));
    }
}
