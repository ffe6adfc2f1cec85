namespace SynthesizeMe.Offline;

/// <summary>The words for one feature.</summary>
/// <param name="More">What a person with a higher weight prefers, as an object of "prefers".</param>
/// <param name="Less">What a person with a lower weight prefers.</param>
/// <param name="Higher">What a text with a higher value does; {0} is where "far " goes.</param>
/// <param name="Lower">What a text with a lower value does.</param>
internal readonly record struct StylePhrase(string More, string Less, string Higher, string Lower);

/// <summary>
/// The words for every feature. The preferences are read back by <see cref="PersonaLanguage"/>, so each is unlike all others.
/// </summary>
internal static class StylePhrases
{
    private static readonly StylePhrase[] Table =
    [
        new("fuller answers rather than bare ones", "brief answers", "says {0}more", "says {0}less"),
        new("long, thorough answers", "answers that do not run long", "goes into {0}more detail", "is {0}less long-winded"),
        new("more than a request for brevity allows", "brevity where the request asks for it",
            "is {0}longer than the request asks for", "keeps {0}closer to the brevity that was asked for"),
        new("text broken into many lines", "one continuous text", "has {0}more lines", "has {0}fewer lines"),
        new("lists and bullet points", "prose without lists", "has {0}more list items", "has {0}fewer list items"),
        new("code in code blocks", "answers without code blocks", "has {0}more code blocks", "has {0}fewer code blocks"),
        new("headings and bold text", "plain text without headings or bold",
            "has {0}more headings and bold text", "has {0}fewer headings and bold text"),
        new("figures and numbers", "words instead of figures", "uses {0}more figures", "uses {0}fewer figures"),
        new("questions within the text", "statements without questions", "asks {0}more questions", "asks {0}fewer questions"),
        new("exclamation marks", "a calm tone without exclamation marks",
            "has {0}more exclamation marks", "has {0}fewer exclamation marks"),
        new("careful, hedged statements", "statements without hedging", "hedges {0}more", "hedges {0}less"),
        new("firm, categorical statements", "statements without absolutes", "is {0}more categorical", "is {0}less categorical"),
        new("a personal voice that says I", "an impersonal voice",
            "speaks {0}more in the first person", "speaks {0}less in the first person"),
        new("being addressed directly", "not being addressed directly", "addresses the reader {0}more", "addresses the reader {0}less"),
        new("reasons that are spelled out", "conclusions without spelled out reasons", "gives {0}more reasons", "gives {0}fewer reasons"),
        new("concrete examples", "answers without examples", "gives {0}more examples", "gives {0}fewer examples"),
        new("a warm, friendly tone", "a neutral, matter-of-fact tone", "is {0}warmer in tone", "is {0}more matter-of-fact"),
        new("a casual style with contractions", "a formal style without contractions", "is {0}more casual", "is {0}more formal"),
        new("long, learned words", "short, simple words", "uses {0}longer words", "uses {0}simpler words"),
        new("long sentences", "short sentences", "has {0}longer sentences", "has {0}shorter sentences"),
        new("sentences with many commas", "sentences with few commas", "has {0}more commas and asides", "has {0}fewer commas and asides"),
        new("a varied vocabulary", "the same few words", "is {0}more varied in its words", "is {0}less varied in its words"),
        new("points made more than once", "text that never repeats itself", "repeats itself {0}more", "repeats itself {0}less"),
        new("answers that restate the question", "answers that do not restate the question",
            "restates the request {0}more", "restates the request {0}less"),
        new("answers that take up the words of the question", "answers in words of their own",
            "takes up {0}more of what was asked", "takes up {0}less of what was asked"),
        new("open endings", "answers that come to a proper end", "stops in mid-sentence", "comes to a proper end"),
        new("relaxed spelling", "careful spelling", "is {0}more careless in spelling", "is {0}more careful in spelling"),
        new("words in capitals", "text without words in capitals", "has {0}more words in capitals", "has {0}fewer words in capitals"),
        new("dialogue with labelled turns", "answers without stray labels", "has {0}more stray labels", "has {0}fewer stray labels"),
        new("refusals and apologies", "answers that do not refuse",
            "begins with a refusal or an apology", "does not begin with a refusal or an apology"),
        new("emoji", "text without emoji", "has {0}more emoji", "has {0}fewer emoji"),
    ];

    /// <summary>The words for <paramref name="feature"/>.</summary>
    public static StylePhrase For(StyleFeature feature) => Table[(int)feature];

    /// <summary>What a person prefers who wants more (or less) of the feature than others.</summary>
    public static string Preference(StyleFeature feature, bool more) => more ? Table[(int)feature].More : Table[(int)feature].Less;
}
