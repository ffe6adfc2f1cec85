namespace SynthesizeMe.Offline;

/// <summary>What the last user turn asks for, as far as the features of a completion depend on it.</summary>
internal sealed class StyleRequest
{
    private const int Longest = 2000;

    private readonly HashTable _words;
    private readonly HashTable _triples;

    private StyleRequest(HashTable words, HashTable triples, int contentWords, bool asksForBrevity)
    {
        _words = words;
        _triples = triples;
        ContentWords = contentWords;
        AsksForBrevity = asksForBrevity;
    }

    /// <summary>A request that asks for nothing.</summary>
    public static StyleRequest None { get; } = Read("");

    /// <summary>The number of distinct words of four letters and more.</summary>
    public int ContentWords { get; }

    /// <summary>Whether the turn asks for a short answer ("only", "briefly", "in one sentence").</summary>
    public bool AsksForBrevity { get; }

    /// <summary>Whether the turn holds this content word.</summary>
    public bool HasWord(uint word) => ContentWords > 0 && _words.Contains(word);

    /// <summary>Whether the turn holds these three words in a row.</summary>
    public bool HasTriple(uint triple) => ContentWords > 0 && _triples.Contains(triple);

    /// <summary>Reads a turn; of a long one only the last two thousand characters count.</summary>
    public static StyleRequest Read(ReadOnlySpan<char> turn)
    {
        if (turn.Length > Longest)
            turn = turn[^Longest..];
        int size = HashTable.SizeFor(turn.Length);
        HashTable words = new(new uint[size]);
        HashTable triples = new(new uint[size]);
        int content = 0;
        bool brevity = false;
        uint before = 0, previous = 0;
        WordScanner scanner = new(turn);
        while (scanner.Next(out uint word, out int length))
        {
            brevity |= (StyleLexicon.Find(word) & WordClasses.Brevity) != 0;
            if (length >= 4 && words.Add(word))
                content++;
            if (before != 0)
                triples.Add(HashTable.Combine(before, previous, word));
            (before, previous) = (previous, word);
        }
        return new StyleRequest(words, triples, content, brevity);
    }
}
