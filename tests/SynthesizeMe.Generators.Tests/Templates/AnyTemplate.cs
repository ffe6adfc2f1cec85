using CsCheck;

namespace SynthesizeMe.Generators.Tests.Templates;

/// <summary>Random templates of the supported grammar, over the fields of <see cref="Source"/>.</summary>
internal static class AnyTemplate
{
    /// <summary>The signature of the template of that number.</summary>
    public static string Source(int number) => $$"""
        [Signature(Template = "t{{number}}.prompt.scriban")]
        public partial record T{{number}}(
            [Input] string Text,
            [Input] string? Hint,
            [Input] int Count,
            [Input] int? Rank,
            [Input] double Ratio,
            [Input] decimal? Price,
            [Input] bool Sure,
            [Input] bool? Maybe,
            [Input] Mood Mood,
            [Input] Mood? Other,
            [Input] IReadOnlyList<string> Tags,
            [Input] List<int>? Numbers,
            [Output] string Answer,
            [Output] int? Score);
        """;

    private static readonly Gen<string> Plain = Gen.OneOf(
        "a", "B c", " ", "  ", "\n", "\n\n", "\t", "x: ", "é", "😀", "\"", "'", "}", "{ }", "\\", "#", "[", "// x", "\r\n", "z\n  ", "<b>", ".", "`");

    private static readonly Gen<string> Quoted = Gen.OneOf("'a'", "\"b c\"", "''", "'é\"'", "\"\\n\\t\"", "'Good'", "`raw`");

    /// <summary>A template whose every message stands between angle quotes, so that blanks around them do not count.</summary>
    public static Gen<string> Whole { get; } = Gen.Select(
        Body(Names.None, 3), Body(Names.None, 2), Demos(), Gen.Bool,
        (first, last, demos, split) => $"{{{{ role \"system\" }}}}«{first}»{Around(demos)}{(split ? "{{ role 'assistant' }}" : "{{role(\"user\")}}")}\n«{last}{{{{ format }}}}»\n");

    private static string Around(string demos) => demos.Length == 0 ? "" : $"\n{demos}\n  ";

    /// <summary>Messages for each demonstration.</summary>
    private static Gen<string> Demos() => Gen.Select(Body(Names.None.InDemos("d"), 2), Body(Names.None.InDemos("d"), 2), Gen.Bool, (ask, reply, any) => any
        ? $"{{{{ for d in demos }}}}{{{{ role \"user\" }}}}«{ask}»{{{{~ role \"assistant\" ~}}}}\n«{reply}»{{{{ end }}}}"
        : "");

    private static Gen<string> Body(Names names, int depth)
    {
        Gen<string> part = depth == 0
            ? Gen.Frequency((12, Raw), (6, Value(names)))
            : Gen.Frequency((4, Raw), (6, Value(names)), (3, If(names, depth - 1)), (3, For(names, depth - 1)));
        return part.Array[0, 5].Select(string.Concat);
    }

    private static Gen<string> Raw => Gen.OneOf(Plain.Array[1, 3].Select(string.Concat), Gen.Const("{{ # note }}"), Gen.Const("{%{ {{ x }} }%}"));

    private static Gen<string> Value(Names names) => Tag(Gen.OneOf(Text(names, 2), Number(names, 2), Truth(names, 1), Optional(names)));

    private static Gen<string> If(Names names, int depth) => Gen.Select(
        Tag(Truth(names, 2).Select(c => $"if {c}")), Body(names, depth),
        Gen.Select(Tag(Truth(names, 1).Select(c => $"else if {c}")), Body(names, depth), (c, b) => c + b).Array[0, 2].Select(string.Concat),
        Gen.Select(Tag(Gen.Const("else")), Body(names, depth), Gen.Bool, (e, b, any) => any ? e + b : ""), Tag(Gen.Const("end")),
        (open, then, more, other, end) => open + then + more + other + end);

    private static Gen<string> For(Names names, int depth)
    {
        string name = $"v{names.Loops}";
        return Gen.OneOf(
            Loop("inputs.tags", names with { Texts = [.. names.Texts, name] }),
            Loop("inputs.numbers", names with { Numbers = [.. names.Numbers, name] }),
            Loop("demos", names.InDemos(name)));

        Gen<string> Loop(string list, Names inside) => Gen.Select(
            Tag(Gen.Const($"for {name} in {list}")), Body(inside with { Loops = names.Loops + 1 }, depth), Tag(Gen.Const("end")),
            (open, body, end) => open + body + end);
    }

    /// <summary>With whitespace control of any sort.</summary>
    private static Gen<string> Tag(Gen<string> inside) => Gen.Select(
        Gen.Frequency((6, Gen.Const("{{ ")), (1, Gen.Const("{{- ")), (1, Gen.Const("{{~ ")), (1, Gen.Const("{{"))),
        inside,
        Gen.Frequency((6, Gen.Const(" }}")), (1, Gen.Const(" -}}")), (1, Gen.Const(" ~}}"))),
        (open, code, close) => open == "{{" && code.StartsWith('-') ? "{{ " + code + close : open + code + close);

    private static Gen<string> Text(Names names, int depth)
    {
        Gen<string> simple = Gen.OneOf(
            Gen.OneOf("inputs.text", "inputs.mood", "instructions", "format"), Quoted,
            Among(["inputs.text", .. names.Texts]),
            names.Demo is { } d ? Gen.OneOf($"{d}.inputs.text", $"{d}.outputs.answer", $"{d}.reply", $"{d}.inputs.mood") : Gen.Const("inputs.text"));
        if (depth == 0)
        {
            return simple;
        }

        Gen<string> inner = Gen.OneOf(Text(names, depth - 1), Gen.OneOf("inputs.hint", "inputs.other"));
        Gen<string> piped = Gen.Select(inner.Select(Nested), Function(names, depth - 1).Array[1, 2], (text, functions) => string.Concat(functions.Prepend(text)));
        Gen<string> called = Gen.Select(inner.Select(Nested), Gen.OneOf("upcase", "strip", "capitalize"), Gen.Bool, (text, f, plain) => plain ? $"(string.{f} {text})" : $"string.{f}({text})");
        return Gen.OneOf(
            simple, piped, called,
            Gen.Select(inner.Select(Nested), Gen.OneOf(Text(names, depth - 1), Number(names, 0), Truth(names, 0)).Select(Nested), (a, b) => $"'' + {a} + {b}"),
            Gen.Select(Optional(names), inner, (a, b) => $"{a} ?? {Nested(b)}"),
            Gen.Select(Gen.OneOf("inputs.tags", "inputs.numbers"), Quoted, (list, s) => $"{list} | array.join {s}"));
    }

    private static Gen<string> Function(Names names, int depth) => Gen.OneOf(
        Gen.OneOf(" | string.upcase", " | string.downcase", " | string.capitalize", " | string.strip", " | string.lstrip", " | string.rstrip", " | string.strip_newlines"),
        Gen.Select(Gen.OneOf("'a'", "\"\\n\"", "'é'"), Quoted, (a, b) => $" | string.replace {a} {b}"),
        Gen.Select(Gen.Int[0, 9], Gen.OneOf("", " '-'", " ''", " 'long ellipsis'"), (n, e) => $" | string.truncate {n}{e}"),
        Gen.Select(Gen.OneOf("append", "prepend"), Text(names, depth), (f, t) => $" | string.{f} {Nested(t)}"));

    private static Gen<string> Optional(Names names) => names.Demo is { } d
        ? Gen.OneOf("inputs.hint", "inputs.rank", "inputs.price", "inputs.maybe", "inputs.other", $"{d}.reasoning", $"{d}.outputs.score", $"{d}.inputs.hint")
        : Gen.OneOf("inputs.hint", "inputs.rank", "inputs.price", "inputs.maybe", "inputs.other", "(inputs.hint | string.strip)");

    private static Gen<string> Number(Names names, int depth)
    {
        Gen<string> small = names.Loops > 0
            ? Among(["inputs.count", "for.index", "for.length", "demos.size", "3", "-2", "inputs.tags.size", "inputs.text.size", .. names.Numbers])
            : Gen.OneOf("inputs.count", "0", "12", "demos.size", "(inputs.text | string.size)", "(inputs.numbers | array.size)", "(demos | array.size)");
        return depth == 0
            ? Gen.OneOf(small, Gen.OneOf("inputs.ratio", "1.5", "2.0"))
            : Gen.OneOf(small, Gen.Select(small, Gen.OneOf("+", "-"), small, (a, op, b) => $"{Nested(a)} {op} {Nested(b)}"));
    }

    private static Gen<string> Truth(Names names, int depth)
    {
        Gen<string> simple = Gen.OneOf(
            Gen.OneOf("inputs.sure", "reasoning", "true", "false"),
            names.Loops > 0 ? Gen.OneOf("for.first", "for.last", "for.even", "for.odd") : Gen.Const("inputs.sure"),
            names.Demo is { } d ? Gen.Const($"{d}.verified") : Gen.Const("reasoning"));
        if (depth == 0)
        {
            return simple;
        }

        Gen<string> comparison = Gen.OneOf("==", "!=", "<", "<=", ">", ">=");
        Gen<string> condition = Gen.OneOf(Truth(names, depth - 1), Optional(names));
        return Gen.OneOf(
            simple,
            condition.Select(c => $"!{Nested(c)}"),
            Gen.Select(condition, Gen.OneOf("&&", "||"), condition, (a, op, b) => $"{Nested(a)} {op} {Nested(b)}"),
            Gen.Select(Number(names, depth - 1), comparison, Gen.OneOf(Number(names, 0), Gen.OneOf("inputs.rank")), (a, op, b) => $"{Nested(a)} {op} {Nested(b)}"),
            Gen.Select(Gen.OneOf("inputs.price", "inputs.rank"), comparison, Gen.OneOf("1", "2.5", "inputs.count"), (a, op, b) => $"{a} {op} {b}"),
            Gen.Select(Gen.OneOf("inputs.text", "inputs.hint"), Gen.OneOf("==", "!="), Gen.OneOf(Quoted, Gen.OneOf("inputs.text", "inputs.hint")), (a, op, b) => $"{a} {op} {b}"),
            Gen.Select(Gen.OneOf("inputs.mood", "inputs.other"), Gen.OneOf("==", "!="), Gen.OneOf("'Good'", "'so so'"), (a, op, b) => $"{a} {op} {b}"),
            Gen.Select(Optional(names), Gen.OneOf("==", "!="), (a, op) => $"{a} {op} null"),
            Gen.Select(Gen.OneOf("inputs.sure", "inputs.maybe"), Gen.OneOf("==", "!="), simple, (a, op, b) => $"{a} {op} {b}"),
            Gen.Select(Gen.OneOf("contains", "starts_with", "ends_with"), Quoted, (f, s) => $"(inputs.text | string.{f} {s})"));
    }

    private static string Nested(string code) => code.Contains(' ', StringComparison.Ordinal) || code.StartsWith('-') || code.StartsWith('!') ? $"({code})" : code;

    private static Gen<string> Among(string[] names) => Gen.Int[0, names.Length - 1].Select(i => names[i]);

    /// <summary>What the loops around name: a demonstration, texts and numbers.</summary>
    private sealed record Names(int Loops, string? Demo, string[] Texts, string[] Numbers)
    {
        public static Names None { get; } = new(0, null, [], []);

        public Names InDemos(string name) => this with { Loops = Loops + 1, Demo = name };
    }
}
