namespace SynthesizeMe.Offline;

/// <summary>Walks the words of a persona and keeps track of whether they speak of likes or dislikes, and how strong ones.</summary>
internal sealed class PersonaReader
{
    private double _verb = 1;
    private double _degree = 1;
    private bool _not;

    /// <summary>What was found: the signed strength for each feature.</summary>
    public double[] Strengths { get; } = new double[StyleVector.Count];

    /// <summary>Takes what begins at word <paramref name="at"/> and gives the number of words taken.</summary>
    public int Take(List<string> words, int at)
    {
        string word = words[at];
        if (word is ".")
        {
            (_verb, _degree, _not) = (1, 1, false);
            return 1;
        }
        if (word is ",")
        {
            _not = false;
            return 1;
        }
        PersonaCue? found = Longest(words, at);
        if (found is not { } cue)
        {
            // "prefers short answers to long ones": what is preferred ends where the alternative begins.
            if (word == "to" && at + 1 < words.Count && Longest(words, at + 1) is { Kind: CueKind.Quality })
                _not = true;
            return 1;
        }
        Apply(cue);
        return cue.Words.Length;
    }

    private void Apply(PersonaCue cue)
    {
        switch (cue.Kind)
        {
            case CueKind.Like or CueKind.Dislike:
                bool likes = cue.Kind == CueKind.Like != _not;
                _verb = (likes ? 1 : -1) * cue.Factor * _degree;
                (_degree, _not) = (1, false);
                break;
            case CueKind.Not:
                _not = true;
                break;
            case CueKind.With:
                _not = false;
                break;
            case CueKind.Degree:
                _degree = cue.Factor;
                break;
            case CueKind.Quality:
                foreach ((StyleFeature feature, double sign) in cue.Effects)
                    Add(feature, sign * _verb * _degree * (_not ? -1 : 1));
                _degree = 1;
                break;
        }
    }

    /// <summary>The same said twice is said once, as strongly as the stronger; contradictions cancel.</summary>
    private void Add(StyleFeature feature, double strength)
    {
        double before = Strengths[(int)feature];
        Strengths[(int)feature] = before * strength > 0
            ? Math.CopySign(Math.Max(Math.Abs(before), Math.Abs(strength)), strength)
            : before + strength;
    }

    private static PersonaCue? Longest(List<string> words, int at)
    {
        PersonaCue? longest = null;
        (int Words, int Letters) length = default;
        foreach (ref readonly PersonaCue cue in PersonaCues.Beginning(words[at][0]))
        {
            (int, int) candidate = (cue.Words.Length, cue.Words[^1].Length);
            if (candidate.CompareTo(length) > 0 && Matches(cue.Words, words, at))
                (longest, length) = (cue, candidate);
        }
        return longest;
    }

    private static bool Matches(string[] cue, List<string> words, int at)
    {
        if (at + cue.Length > words.Count)
            return false;
        for (int i = 0; i < cue.Length; i++)
        {
            ReadOnlySpan<char> expected = cue[i];
            ReadOnlySpan<char> word = words[at + i];
            if (expected[^1] == '*' ? !word.StartsWith(expected[..^1]) : !word.SequenceEqual(expected))
                return false;
        }
        return true;
    }
}
