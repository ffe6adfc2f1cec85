namespace SynthesizeMe.Signatures.Tests.Streaming;

/// <summary>Ways to cut a reply.</summary>
internal static class Pieces
{
    /// <summary>Pieces of so many characters.</summary>
    public static Func<string, IEnumerable<string>> Of(int length) => text => text.Chunk(length).Select(c => new string(c));

    /// <summary>Pieces of these lengths, again and again.</summary>
    public static Func<string, IEnumerable<string>> Of(int[] lengths) => text => Cut(text, lengths);

    private static IEnumerable<string> Cut(string text, int[] lengths)
    {
        int at = 0;
        for (int i = 0; at < text.Length; i++)
        {
            int length = Math.Min(lengths[i % lengths.Length], text.Length - at);
            yield return text.Substring(at, length);
            at += length;
        }
    }
}
