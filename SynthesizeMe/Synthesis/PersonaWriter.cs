using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>Induces personas from choices and the reasoning that predicted them.</summary>
internal sealed class PersonaWriter
{
    private readonly IPromptProgram<SynthesizePersona> _program;
    private readonly int _maxTokens;

    public PersonaWriter(IChatClient chatClient, SynthesisOptions options)
    {
        IPromptProgram<SynthesizePersona> program = SynthesizePersona.Predict(chatClient, options.Predict);
        program = options.PersonaProgram is { } state ? program.With(state) : program;
        _program = options.Budget is { } budget ? program.WithClient(client => new BudgetChatClient(client, budget)) : program;
        _maxTokens = options.MaxPersonaTokens;
    }

    /// <summary>The most calls that a persona takes.</summary>
    public int MaxCalls => _program.MaxCalls;

    /// <summary>Writes a persona.</summary>
    /// <param name="choice">Is told what it cost.</param>
    /// <param name="pairs">The choices.</param>
    /// <param name="winning">The demonstrations whose reasoning goes first.</param>
    /// <param name="verified">Every confirmed run on the choices.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="PromptParseException">The reply could not be read, or is empty.</exception>
    public async Task<string> WriteAsync(
        FinalChoice choice,
        ImmutableArray<PreferencePair> pairs,
        ImmutableArray<Demo> winning,
        ImmutableArray<ExampleResult<JudgePreference>> verified,
        CancellationToken cancellationToken)
    {
        ImmutableArray<Judgement> judgements = PersonaEvidence.Choose(pairs, winning, verified, _maxTokens);
        Prediction<SynthesizePersona> prediction =
            await _program.PredictAsync(new SynthesizePersona.Inputs(judgements), cancellationToken).ConfigureAwait(false);
        choice.Spend(prediction.Usage);
        string persona = prediction.Value.Persona.Trim();
        return persona.Length > 0 ? persona : throw new PromptParseException("persona", prediction.Value.Persona, "it is empty");
    }
}
