using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>
/// Predicts which of two completions one person prefers. Immutable and safe for concurrent use.
/// </summary>
public sealed class PersonalizedJudge
{
    private readonly ChainOfThought<JudgePreference>? _plain;
    private readonly ChainOfThought<JudgePreferenceForPersona>? _informed;

    /// <summary>Creates a judge from an artefact.</summary>
    /// <param name="artefact">What was learned about the person.</param>
    /// <param name="chatClient">The model.</param>
    /// <param name="options">How to call it.</param>
    public PersonalizedJudge(JudgeArtefact artefact, IChatClient chatClient, PredictOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        Artefact = artefact;
        var state = new PredictorState(artefact.Instructions, artefact.Demos);
        if (artefact.Persona is null)
        {
            _plain = JudgePreference.ChainOfThought(chatClient, options).With(state);
        }
        else
        {
            _informed = JudgePreferenceForPersona.ChainOfThought(chatClient, options).With(state);
        }
    }

    /// <summary>All that the judge knows, and where it comes from.</summary>
    public JudgeArtefact Artefact { get; }

    /// <summary>What the judge is told about the person.</summary>
    public JudgeMethod Method => Artefact.Method;

    /// <summary>The persona; <see langword="null"/> when the judge uses none.</summary>
    public string? Persona => Artefact.Persona;

    /// <summary>The demonstrations in the order in which the model sees them.</summary>
    public ImmutableArray<Demo> Demos => Artefact.Demos;

    /// <summary>Loads a <c>*.judge.json</c> file; the training data are not needed.</summary>
    /// <exception cref="JudgeArtefactException">The file is damaged, or newer than this library.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<PersonalizedJudge> LoadAsync(
        string path, IChatClient chatClient, PredictOptions? options = null, CancellationToken cancellationToken = default) =>
        new(await JudgeArtefact.LoadAsync(path, cancellationToken).ConfigureAwait(false), chatClient, options);

    /// <summary>Saves the judge; equal judges give equal bytes. An interrupted save leaves the earlier file as it was.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) => Artefact.SaveAsync(path, cancellationToken);

    /// <summary>Asks in both orders which completion the person prefers.</summary>
    /// <param name="context">The conversation that leads up to the completions.</param>
    /// <param name="first">One completion.</param>
    /// <param name="second">The other one.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="PromptParseException">An order got no readable answer; a failure is never turned into a verdict.</exception>
    public async Task<Verdict> CompareAsync(Conversation context, string first, string second, CancellationToken cancellationToken = default)
    {
        Task<OrderedAnswer> forward = AskAsync(context, first, second, swapped: false, cancellationToken);
        Task<OrderedAnswer> backward = AskAsync(context, first, second, swapped: true, cancellationToken);
        await Task.WhenAll(forward, backward).ConfigureAwait(false);
        OrderedAnswer there = await forward.ConfigureAwait(false);
        OrderedAnswer back = await backward.ConfigureAwait(false);
        return there.Preferred == back.Preferred
            ? new(there.Preferred, Artefact.Reliability.Confidence, there, back)
            : new(null, 0.5, there, back);
    }

    /// <summary>Asks in one order.</summary>
    /// <param name="context">The conversation that leads up to the completions.</param>
    /// <param name="first">One completion.</param>
    /// <param name="second">The other one.</param>
    /// <param name="swapped">Whether the model sees the second one first.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="PromptParseException">There was no readable answer.</exception>
    public async Task<OrderedAnswer> AskAsync(
        Conversation context, string first, string second, bool swapped, CancellationToken cancellationToken = default)
    {
        (string one, string two) = swapped ? (second, first) : (first, second);
        if (_informed is not null)
        {
            Prediction<JudgePreferenceForPersona> p = await _informed.PredictAsync(Persona!, context, one, two, cancellationToken).ConfigureAwait(false);
            return Answer(p.Value.Preference, p.Reasoning, p.Usage, p.Repairs);
        }

        Prediction<JudgePreference> q = await _plain!.PredictAsync(context, one, two, cancellationToken).ConfigureAwait(false);
        return Answer(q.Value.Preference, q.Reasoning, q.Usage, q.Repairs);

        OrderedAnswer Answer(Preference said, string? reasoning, Usage usage, ImmutableArray<Repair> repairs)
        {
            bool saidFirst = said == Preference.First;
            return new(saidFirst == swapped ? Preference.Second : Preference.First, saidFirst, reasoning, usage, repairs);
        }
    }

    /// <summary>The prompt that judges these completions: exactly what <see cref="AskAsync"/> sends.</summary>
    public ChatPrompt ToJudgePrompt(Conversation context, string first, string second) => _informed is not null
        ? _informed.Render(new JudgePreferenceForPersona.Inputs(Persona!, context, first, second))
        : _plain!.Render(new JudgePreference.Inputs(context, first, second));

    /// <summary>
    /// The judge's prompt to carry to another model: what <see cref="AskAsync"/> sends, with the slots <c>{conversation}</c>,
    /// <c>{first_completion}</c> and <c>{second_completion}</c> in its last turn.
    /// </summary>
    public ChatPrompt ToJudgePrompt() =>
        ToJudgePrompt(Conversation.FromUser("{conversation}"), "{first_completion}", "{second_completion}");

    /// <summary>A system prompt with which any model answers this person to their taste.</summary>
    public ChatPrompt ToGenerationPrompt() => GenerationPrompt.Render(Artefact);
}
