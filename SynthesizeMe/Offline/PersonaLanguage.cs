using System.Text;

namespace SynthesizeMe.Offline;

/// <summary>Puts a person's taste into words, and finds a taste in words, its own or anybody's.</summary>
internal static class PersonaLanguage
{
    /// <summary>The strength of "slightly"; plain is 1, "strongly" 2 and "very strongly" 4.</summary>
    internal const double Slight = 0.4;

    /// <summary>How many preferences a persona names if nothing else is asked for.</summary>
    internal const int MostStatements = 8;

    /// <summary>A shift below this many steps is not worth a word.</summary>
    private const double LeastStrength = 0.2;

    private const double Strongest = 4;

    private static readonly (double Strength, string Verb)[] Levels =
        [(4, "very strongly prefers"), (2, "strongly prefers"), (1, "prefers"), (Slight, "slightly prefers")];

    /// <summary>
    /// A persona: in what the person differs from most people, strongest first. It says so plainly when nothing stands out.
    /// </summary>
    /// <param name="model">The person's taste.</param>
    /// <param name="most">The most preferences that are named.</param>
    public static string Write(PreferenceModel model, int most = MostStatements)
    {
        List<PersonaStatement> statements = Choose(model, most);
        if (statements.Count == 0)
            return "Nothing in this person's choices stands out: they want what most people want from an answer.";
        StringBuilder text = new();
        foreach ((double strength, string verb) in Levels)
        {
            string[] phrases = [.. statements
                .Where(s => Math.Abs(s.Strength) == strength)
                .Select(s => StylePhrases.Preference(s.Feature, s.Strength > 0))];
            if (phrases.Length == 0)
                continue;
            text.Append(text.Length == 0 ? "Compared with most people, this person " : " This person ").Append(verb).Append(' ');
            for (int i = 0; i < phrases.Length; i++)
                text.Append(i == 0 ? "" : i < phrases.Length - 1 ? ", " : i == 1 ? " and " : ", and ").Append(phrases[i]);
            text.Append('.');
        }
        return text.Append(" In everything else they want what most people want.").ToString();
    }

    /// <summary>The preferences that a persona states; any text will do, and words about other things are passed over.</summary>
    public static PersonaShift Read(ReadOnlySpan<char> persona)
    {
        PersonaReader reader = new();
        List<string> words = Words(persona);
        for (int i = 0; i < words.Count;)
            i += reader.Take(words, i);
        bool relative = persona.Contains("most people", StringComparison.OrdinalIgnoreCase);
        List<PersonaStatement> statements = [];
        for (int i = 0; i < StyleVector.Count; i++)
        {
            double strength = Math.Clamp(reader.Strengths[i], -Strongest, Strongest);
            if (strength != 0)
                statements.Add(new PersonaStatement((StyleFeature)i, strength, relative));
        }
        return new PersonaShift(statements);
    }

    /// <summary>The words in lower case; a comma and the end of a clause count as words.</summary>
    internal static List<string> Words(ReadOnlySpan<char> text)
    {
        List<string> words = [];
        int start = -1;
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            if (char.IsLetterOrDigit(c) || c is '\'' or '\u2019' && start >= 0)
            {
                start = start < 0 ? i : start;
                continue;
            }
            if (start >= 0)
                words.Add(text[start..i].ToString().ToLowerInvariant().Replace('\u2019', '\''));
            start = -1;
            if (c == ',')
                words.Add(",");
            else if (c is '.' or ';' or '!' or '?' or ':' or '\n')
                words.Add(".");
        }
        while (words.Count > 0 && words[^1] == ".")
            words.RemoveAt(words.Count - 1);
        return words;
    }

    /// <summary>
    /// The statements that let a reader recover most of the shift: each next one is what the reader is furthest from knowing.
    /// </summary>
    private static List<PersonaStatement> Choose(PreferenceModel model, int most)
    {
        List<PersonaStatement> said = [];
        bool[] done = new bool[StyleVector.Count];
        while (said.Count < most)
        {
            StyleVector known = InContextLearner.Fit(model.Prior, [], new PersonaShift(said)).FromPersona;
            int next = -1;
            double widest = LeastStrength;
            for (int i = 0; i < StyleVector.Count; i++)
            {
                StyleFeature feature = (StyleFeature)i;
                double unit = PersonaStatement.Unit(model.Prior, feature);
                double shift = model.Shift(feature) / unit, missing = shift - known[i] / unit;
                if (!done[i] && Math.Abs(shift) > LeastStrength && Math.Abs(missing) > widest)
                    (next, widest) = (i, Math.Abs(missing));
            }
            if (next < 0)
                break;
            done[next] = true;
            double wanted = model.Shift((StyleFeature)next) / PersonaStatement.Unit(model.Prior, (StyleFeature)next);
            said.Add(new PersonaStatement((StyleFeature)next, Math.CopySign(Nearest(Math.Abs(wanted)), wanted), Relative: true));
        }
        return said;
    }

    private static double Nearest(double strength) => strength switch { > 2.8 => 4, > 1.4 => 2, > 0.65 => 1, _ => Slight };
}
