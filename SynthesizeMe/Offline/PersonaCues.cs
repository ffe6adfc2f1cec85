using System.Collections.Frozen;
using static SynthesizeMe.Offline.StyleFeature;

namespace SynthesizeMe.Offline;

/// <summary>What a word of a persona does to the words after it.</summary>
internal enum CueKind
{
    /// <summary>It names a quality of texts.</summary>
    Quality,
    /// <summary>It says that the person likes what follows.</summary>
    Like,
    /// <summary>It says that the person dislikes what follows.</summary>
    Dislike,
    /// <summary>It turns the sense of what follows.</summary>
    Not,
    /// <summary>It ends the reach of a "not".</summary>
    With,
    /// <summary>It strengthens or weakens what follows.</summary>
    Degree,
    /// <summary>It means nothing, though its parts might.</summary>
    Nothing,
}

/// <summary>One entry of the table: its words (a star stands for any ending) and what they mean.</summary>
internal readonly record struct PersonaCue(string[] Words, CueKind Kind, double Factor, (StyleFeature Feature, double Sign)[] Effects);

/// <summary>The vocabulary in which personas are understood: our own phrases first, then what people write.</summary>
internal static class PersonaCues
{
    private static readonly FrozenDictionary<char, PersonaCue[]> ByInitial = OwnPhrases().Concat(Grammar()).Concat(Qualities())
        .GroupBy(cue => cue.Words[0][0])
        .ToFrozenDictionary(group => group.Key, group => group.ToArray());

    /// <summary>The entries whose first word begins with this letter.</summary>
    public static ReadOnlySpan<PersonaCue> Beginning(char initial) => ByInitial.TryGetValue(initial, out PersonaCue[]? cues) ? cues : [];

    private static IEnumerable<PersonaCue> OwnPhrases()
    {
        for (int i = 0; i < StyleVector.Count; i++)
        {
            StyleFeature feature = (StyleFeature)i;
            yield return Quality(StylePhrases.Preference(feature, more: true), (feature, 1));
            yield return Quality(StylePhrases.Preference(feature, more: false), (feature, -1));
        }
    }

    private static IEnumerable<PersonaCue> Grammar() =>
    [
        .. Entries(CueKind.Like, 1, "like* prefer* enjoy* want* value* appreciat* favor* favour* choose* chose pick* need* "
            + "expect* reward* admire* trust* seek* tolerate* stand care*_about look*_for asks_for drawn_to"),
        .. Entries(CueKind.Like, 2, "love* insist* adore* demand*"),
        .. Entries(CueKind.Dislike, 1, "dislike* avoid* reject* distrust* skip* annoyed bored tired_of put_off turned_off "
            + "impatient irritated against patience_for patience_with patience"),
        .. Entries(CueKind.Dislike, 2, "hate* detest* loathe* despise*"),
        .. Entries(CueKind.Not, 1, "no not never without less fewer nor neither cannot hardly rarely seldom lack* free_of "
            + "rather_than instead_of over than don't doesn't can't won't isn't aren't didn't wouldn't shouldn't"),
        .. Entries(CueKind.With, 1, "with but"),
        .. Entries(CueKind.Like, 0, "mind"),
        .. Entries(CueKind.Degree, PersonaLanguage.Slight, "slightly somewhat mildly a_bit a_little"),
        .. Entries(CueKind.Degree, 2, "strongly really greatly very much clearly especially always highly deeply particularly extremely"),
        .. Entries(CueKind.Degree, 4, "very_strongly above_all overwhelmingly very_much"),
        .. Entries(CueKind.Nothing, 1, "the_question* their_question* a_question most_people the_long_run as_long_as no_matter "
            + "not_only such_as likely has_no have_no would_like"),
        .. Entries(CueKind.Dislike, 1, "has_no_patience have_no_patience no_patience little_patience no_time"),
    ];

    private static IEnumerable<PersonaCue> Qualities()
    {
        (string Words, (StyleFeature, double)[] Effects)[] table =
        [
            ("concise* brief* brevity succinct* terse* short* to_the_point compact* pithy crisp* one_liner* minimal*",
                [(Length, -1), (LongWinded, -1)]),
            ("detail* thorough* long longer lengthy in_depth depth comprehensive* elaborate* extensive* exhaustive* expansive "
                + "informative full fuller",
                [(Length, 1), (LongWinded, 1)]),
            ("wordy wordiness verbos* rambl* padding fluff long_winded filler waffl*", [(Length, 0.5), (LongWinded, 1)]),
            ("bullet* bullet_point* list lists listed numbered_list* numbered enumerat*", [(ListItems, 1)]),
            ("step_by_step steps", [(ListItems, 0.7), (Lines, 0.5), (Reasons, 0.5)]),
            ("structure* organized organised format* sections line_breaks", [(Lines, 0.7), (ListItems, 0.7), (Emphasis, 0.5)]),
            ("prose paragraph* narrative flowing", [(ListItems, -1), (Lines, -0.5)]),
            ("heading* headline* bold* markdown header*", [(Emphasis, 1)]),
            ("code code_block* snippet* code_snippet* code_example*", [(CodeFences, 1)]),
            ("number numbers figures statistic* data quantitative digit* quantified", [(Digits, 1)]),
            ("question questions rhetorical_question*", [(Questions, 1)]),
            ("exclamation* exclamation_mark* exclamation_point* excite* enthusias* energetic lively upbeat",
                [(Exclamations, 1), (Warmth, 0.3)]),
            ("hedg* cautio* nuance* balanced tentative uncertain*", [(Hedging, 1)]),
            ("confiden* assertive decisive categorical* firm absolute*", [(Certainty, 1), (Hedging, -0.7)]),
            ("personal anecdote* first_person opinion* own_experience personal_experience*", [(FirstPerson, 1)]),
            ("impersonal* objective* neutral* detached", [(FirstPerson, -1), (Warmth, -0.5)]),
            ("second_person addressed direct_address conversational*", [(SecondPerson, 1)]),
            ("reason* explain* explanation* logic* argument* justif* why because evidence", [(Reasons, 1)]),
            ("example* illustrat* concrete* analog* for_instance", [(Examples, 1)]),
            ("warm* friendl* kind kindness polite* encourag* empath* cheerful*", [(Warmth, 1)]),
            ("cold blunt* matter_of_fact dry", [(Warmth, -1)]),
            ("casual* informal* relaxed chatty slang colloquial* contractions", [(Contractions, 1)]),
            ("playful* humor* humour* funny fun joke* witty wit", [(Exclamations, 0.7), (Contractions, 0.7), (Warmth, 0.5)]),
            ("formal* professional* businesslike serious*", [(Contractions, -1), (Exclamations, -0.5)]),
            ("jargon technical* sophisticated academic* scholarly big_words long_word*", [(WordLength, 1)]),
            ("simple simpler simplicity simple_words simple_language plain_language plain_words short_word* easy_to_read everyday_words",
                [(WordLength, -1), (SentenceLength, -0.5)]),
            ("long_sentence*", [(SentenceLength, 1)]),
            ("short_sentence*", [(SentenceLength, -1)]),
            ("rich_vocabulary vocabulary", [(Variety, 1)]),
            ("repetit* repeat* redundan*", [(Repetition, 1)]),
            ("restat* echo*", [(Echo, 1)]),
            ("relevan* on_topic focus* stick_to_the_question", [(Relevance, 1)]),
            ("off_topic tangent* digress*", [(Relevance, -1)]),
            ("cut_off truncated unfinished incomplete*", [(Unfinished, 1)]),
            ("complete_sentence* finished", [(Unfinished, -1)]),
            ("typo* sloppy careless* misspel*", [(Carelessness, 1)]),
            ("spelling grammar* well_written proofread*", [(Carelessness, -1)]),
            ("caps all_caps capital* capital_letters shouting uppercase", [(Shouting, 1)]),
            ("emoji* emoticon* smiley*", [(Emoji, 1)]),
            ("refus* disclaimer* apolog*", [(Refusal, 1)]),
        ];
        return table.SelectMany(row => Entries(CueKind.Quality, 1, row.Words, row.Effects));
    }

    private static PersonaCue Quality(string phrase, params (StyleFeature, double)[] effects) =>
        new([.. PersonaLanguage.Words(phrase)], CueKind.Quality, 1, effects);

    private static IEnumerable<PersonaCue> Entries(CueKind kind, double factor, string words, params (StyleFeature, double)[] effects) =>
        words.Split(' ').Select(entry => new PersonaCue(entry.Split('_'), kind, factor, effects));
}
