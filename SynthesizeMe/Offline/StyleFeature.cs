namespace SynthesizeMe.Offline;

/// <summary>The sides of a text the offline model looks at; the values index a <see cref="StyleVector"/>.</summary>
internal enum StyleFeature
{
    /// <summary>Log of the number of words, up to 80: whether there is enough of it.</summary>
    Length,
    /// <summary>How far the text runs past 80 words, on a log scale; zero below.</summary>
    LongWinded,
    /// <summary>Log of the number of words, counted only when the last user turn asks for brevity.</summary>
    LengthAgainstRequest,
    /// <summary>Log of the number of lines that hold text.</summary>
    Lines,
    /// <summary>Log of the number of list items.</summary>
    ListItems,
    /// <summary>Log of the number of code fences.</summary>
    CodeFences,
    /// <summary>Bold spans and headings, on a log scale.</summary>
    Emphasis,
    /// <summary>Digits among the characters.</summary>
    Digits,
    /// <summary>Log of the number of question marks.</summary>
    Questions,
    /// <summary>Log of the number of exclamation marks.</summary>
    Exclamations,
    /// <summary>Words that hedge (perhaps, might, seems) per hundred words, on a log scale.</summary>
    Hedging,
    /// <summary>Words that insist (never, must, all) per hundred words, on a log scale.</summary>
    Certainty,
    /// <summary>First-person words per hundred words, on a log scale.</summary>
    FirstPerson,
    /// <summary>Second-person words per hundred words, on a log scale.</summary>
    SecondPerson,
    /// <summary>Words that give reasons (because, therefore) per hundred words, on a log scale.</summary>
    Reasons,
    /// <summary>Words that introduce examples, on a log scale.</summary>
    Examples,
    /// <summary>Friendly words (glad, thanks, enjoy) per hundred words, on a log scale.</summary>
    Warmth,
    /// <summary>Contractions (don't, it's) per hundred words, on a log scale.</summary>
    Contractions,
    /// <summary>Mean number of characters of a word.</summary>
    WordLength,
    /// <summary>Log of the mean number of words of a sentence.</summary>
    SentenceLength,
    /// <summary>Commas, semicolons and brackets per word.</summary>
    Punctuation,
    /// <summary>Distinct words among the words.</summary>
    Variety,
    /// <summary>Word triples that the text has already used.</summary>
    Repetition,
    /// <summary>Word triples copied from the last user turn.</summary>
    Echo,
    /// <summary>The last user turn's content words that the text takes up.</summary>
    Relevance,
    /// <summary>One when the text stops in the middle of a sentence.</summary>
    Unfinished,
    /// <summary>Careless spelling: small letters after a full stop, "i", "dont", "u".</summary>
    Carelessness,
    /// <summary>Words in capital letters among the words.</summary>
    Shouting,
    /// <summary>Log of the number of lines that look like someone else's turn ("Q:", "User:", a tag).</summary>
    StrayTurns,
    /// <summary>One when the text begins by refusing or by talking about being a machine.</summary>
    Refusal,
    /// <summary>Log of the number of emoji and pictograms.</summary>
    Emoji,
}
