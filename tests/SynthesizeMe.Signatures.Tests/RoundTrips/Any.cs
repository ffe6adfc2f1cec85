using CsCheck;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.RoundTrips;

/// <summary>Any value of a kind, with a liking for what could be mistaken for layout.</summary>
internal static class Any
{
    private static readonly Gen<string> Fragment = Gen.OneOf(
        "[[ ## preference ## ]]", "[[ ## completed ## ]]", "[[ ## answer ## ]]\n", "[[ ## reasoning ## ]]", "[[##note##]]", "[[ ## note", "## ]]",
        "[[\\ ##", "[[\\\\##", "[[", "[", "]]", "##", "\\", "\"", "'", "`", "\n", "\n\n", "\r\n", "\r", " ", "\t", "\u2028", "\u2029", "\u0085", "\f",
        "\0", "😀", "é", "e\u0301", "\u200f", "<think>", "</think>", "```json\n", "```", "null", "none", "n/a", "[]", "{}", "{\"a\":1}", "First", "not ",
        "Second", "user:\n  hi", "assistant:", "0", "--- user ---", "text");

    private static readonly Gen<string> Letters = Gen.String[Gen.OneOf(Gen.Char['\0', '\ud7ff'], Gen.Char['\ue000', '\uffff']), 0, 12];

    /// <summary>Well-formed text.</summary>
    public static Gen<string> Text { get; } = Gen.OneOf(Fragment, Letters).Array[0, 7].Select(string.Concat);

    /// <summary>Text that may have halves of surrogate pairs.</summary>
    public static Gen<string> BrokenText { get; } = Gen.OneOf(Text, Gen.OneOf("\ud83d", "\ude00", "[[\ud83d ##", "\ude00[[ ##")).Array[0, 3].Select(string.Concat);

    public static Gen<Conversation> Conversation { get; } =
        Gen.Select(Gen.OneOf("user", "assistant", "system", "critic-2", "a_b"), Text, (role, text) => new Turn(new ChatRole(role), text))
            .Array[0, 4].Select(turns => new Conversation(turns));

    public static Gen<Mood> Mood { get; } = Gen.OneOf(Declared.Mood.Good, Declared.Mood.Middling, Declared.Mood.Bad);

    public static Gen<Item> Item { get; } = Gen.Select(Text, Optional(Gen.Int), Mood, (name, rank, mood) => new Item(name, rank, mood));

    public static Gen<Mixed> Mixed { get; } = Gen.Select(
        Gen.Select(Text, Text, Text.Null(), (text, answer, note) => (text, answer, note)),
        Gen.Select(Mood, Optional(Mood), Optional(Gen.Bool), Optional(Finite), (mood, second, sure, score) => (mood, second, sure, score)),
        Gen.Select(Text.Array[0, 3], Item.Array[0, 3].Null(), Item.Null(), (words, items, best) => (words, items, best)),
        (a, b, c) => new Mixed(a.text, a.answer, a.note, b.mood, b.second, b.sure, b.score, c.words, c.items, c.best));

    public static Gen<Judge> Judge { get; } = Gen.Select(
        Conversation, Text, Text, Gen.OneOf(Preference.First, Preference.Second), (talk, a, b, which) => new Judge(talk, a, b, which));

    public static Gen<Demo> DemoOf<T>(Gen<T> value)
        where T : class, ISignature<T> => Gen.Select(value, Text.Null(), Gen.Bool, (v, reasoning, verified) => (Demo)new Demo<T>(v, reasoning, verified));

    private static Gen<double> Finite => Gen.Double.Where(double.IsFinite);

    private static Gen<T?> Optional<T>(Gen<T> value)
        where T : struct => Gen.Select(Gen.Bool, value, (some, v) => some ? v : (T?)null);
}
