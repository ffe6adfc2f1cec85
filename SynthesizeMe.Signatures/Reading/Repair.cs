namespace SynthesizeMe.Signatures;

/// <summary>Something in a reply that was not as asked for and was read all the same.</summary>
/// <param name="Kind">What was repaired.</param>
/// <param name="Field">The output field concerned; empty when it concerns the whole reply.</param>
/// <param name="Position">Where in the reply, in characters from its start.</param>
public readonly record struct Repair(RepairKind Kind, string Field, int Position);

/// <summary>The kinds of <see cref="Repair"/>.</summary>
public enum RepairKind
{
    /// <summary>The first reply could not be read; the model was told why and asked again.</summary>
    AskedAgain,

    /// <summary>Text before or after the answer was left out.</summary>
    TextOutsideSections,

    /// <summary>A block of thoughts (<c>&lt;think&gt;</c>) before the answer was left out.</summary>
    ThinkingBlock,

    /// <summary>A section that the signature does not know was left out.</summary>
    UnknownSection,

    /// <summary>A section came twice with the same content.</summary>
    RepeatedSection,

    /// <summary>A section's name was written in another case, with blanks or with emphasis.</summary>
    SectionName,

    /// <summary>The closing marker was missing.</summary>
    MissingCompleted,

    /// <summary>A label was written in another case or wrapped in punctuation.</summary>
    LabelSpelling,

    /// <summary>A label was found as the only one in a sentence.</summary>
    LabelInSentence,

    /// <summary>A number or a truth value was wrapped in punctuation.</summary>
    WrappedValue,

    /// <summary>The answer, most often JSON, was wrapped in a code fence.</summary>
    FencedJson,

    /// <summary>An opening brace was missing.</summary>
    MissingOpener,

    /// <summary>A closing brace or bracket closed nothing.</summary>
    StrayCloser,

    /// <summary>A closing quote, brace or bracket was missing, or the reply ended before it.</summary>
    MissingCloser,

    /// <summary>A comma or a colon was missing, doubled or another sign.</summary>
    Separator,

    /// <summary>A comment was left out.</summary>
    Comment,

    /// <summary>A text was quoted in another way, or had its own quotes unescaped within it.</summary>
    Quotes,

    /// <summary>A text had line breaks or tabs that were not escaped.</summary>
    RawLineBreak,

    /// <summary>A backslash escaped nothing.</summary>
    Escape,

    /// <summary>A literal was written in another language's way, such as <c>None</c>.</summary>
    Literal,

    /// <summary>A text or a key had no quotes.</summary>
    UnquotedText,

    /// <summary>A key had no value.</summary>
    MissingValue,

    /// <summary>The answer stood in another object, or in a list of one.</summary>
    Wrapper,

    /// <summary>The answer was JSON within a JSON string.</summary>
    DoubleEncoded,

    /// <summary>The fields were written as JSON, and another layout was asked for.</summary>
    WrittenAsJson,

    /// <summary>The fields were written as XML elements, and another layout was asked for.</summary>
    WrittenAsXml,

    /// <summary>The fields were written as labelled lines.</summary>
    WrittenAsLabels,

    /// <summary>The reply was the value of the only field, without any layout.</summary>
    WholeReply,

    /// <summary>A number stood among words, or was written with signs around or within it.</summary>
    NumberInText,

    /// <summary>A truth value stood at the beginning of a sentence.</summary>
    TruthInText,

    /// <summary>A date, a time, an identifier or an address was written in another form.</summary>
    ValueForm,

    /// <summary>An item stood twice in a set, or a key twice with the same value.</summary>
    RepeatedItem,

    /// <summary>A value was left out, and its default was taken.</summary>
    DefaultTaken,

    /// <summary>One of several runs gave no readable answer, and one of the others was taken; the field names the run.</summary>
    RunLost,
}
