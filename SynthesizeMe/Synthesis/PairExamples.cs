using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>Turns preference pairs into labelled examples: two views a pair, one for each order.</summary>
internal static class PairExamples
{
    public static Example<JudgePreference>[] Plain(IEnumerable<PreferencePair> pairs) => Views(
        pairs, static (pair, first, second, preference) => new JudgePreference(pair.Context, first, second, preference));

    public static Example<JudgePreferenceForPersona>[] ForPersona(IEnumerable<PreferencePair> pairs, Func<PreferencePair, string> persona) => Views(
        pairs, (pair, first, second, preference) => new JudgePreferenceForPersona(persona(pair), pair.Context, first, second, preference));

    /// <summary>Each pair in one order, which alternates, so that always naming one side is right half of the time.</summary>
    public static Example<T>[] OneOrder<T>(Example<T>[] views)
        where T : class, ISignature<T> => [.. views.Where((_, i) => IsShown(i))];

    /// <summary>Each pair in the order that <see cref="OneOrder"/> leaves out.</summary>
    public static Example<T>[] OtherOrder<T>(Example<T>[] views)
        where T : class, ISignature<T> => [.. views.Where((_, i) => !IsShown(i))];

    /// <summary>The demonstrations of a judge that knows nobody, or another persona, as those of a judge with this persona.</summary>
    public static IEnumerable<Demo> WithPersona(IEnumerable<Demo> demos, string persona) => demos.Select(d => WithPersona(d, _ => persona));

    /// <summary>
    /// The same, each with the persona of the example that it is of: what a demonstration is recognized by when its example is judged without it.
    /// </summary>
    public static IEnumerable<Demo> WithPersonaOf(IEnumerable<Demo> demos, IEnumerable<Example<JudgePreferenceForPersona>> examples)
    {
        ILookup<(Conversation, string, string), string> personas =
            examples.Select(e => e.Value).ToLookup(v => (v.Conversation, v.FirstCompletion, v.SecondCompletion), v => v.Persona);
        return demos.Select(d => WithPersona(d, v => personas[(v.Conversation, v.FirstCompletion, v.SecondCompletion)].First()));
    }

    private static Demo<JudgePreferenceForPersona> WithPersona(Demo demo, Func<JudgePreference, string> persona)
    {
        JudgePreference value = demo switch
        {
            Demo<JudgePreference> plain => plain.Value,
            Demo<JudgePreferenceForPersona> { Value: var v } => new(v.Conversation, v.FirstCompletion, v.SecondCompletion, v.Preference),
            _ => throw new ArgumentException("A judge's demonstrations are of its own signatures.", nameof(demo)),
        };
        return new Demo<JudgePreferenceForPersona>(
            new(persona(value), value.Conversation, value.FirstCompletion, value.SecondCompletion, value.Preference), demo.Reasoning, demo.Verified);
    }

    private static bool IsShown(int view) => (view + (view / 2)) % 2 == 0;

    private static Example<T>[] Views<T>(IEnumerable<PreferencePair> pairs, Func<PreferencePair, string, string, Preference, T> view)
        where T : class, ISignature<T> =>
        [.. pairs.SelectMany(pair => new[]
        {
            new Example<T>(view(pair, pair.Chosen, pair.Rejected, Preference.First), pair.Id, pair.ConversationId),
            new Example<T>(view(pair, pair.Rejected, pair.Chosen, Preference.Second), pair.Id, pair.ConversationId),
        })];
}
