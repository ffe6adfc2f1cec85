namespace SynthesizeMe.Signatures.Tests;

/// <summary>Replies as a model writes them.</summary>
internal static class Reply
{
    public static string Of(params IEnumerable<(string Field, string Text)> sections) =>
        string.Concat(sections.Select(s => $"[[ ## {s.Field} ## ]]\n{s.Text}\n\n")) + "[[ ## completed ## ]]";

    public static string Preferring(string preference) => Of(("preference", preference));

    public static string Answering(string answer) => Of(("answer", answer));
}
