using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe;

/// <summary>
/// Learns one person's preferences from a handful of their choices: verified reasoning, a persona, informative demonstrations
/// (SynthesizeMe, ACL 2025, section 3), and a final choice among five ways of telling a judge about the person.
/// </summary>
/// <param name="chatClient">The model.</param>
/// <param name="options">How to fit.</param>
/// <exception cref="ArgumentException"><see cref="SynthesisOptions.PersonaProgram"/> is the state of another program.</exception>
public sealed class PersonaSynthesizer(IChatClient chatClient, SynthesisOptions? options = null)
{
    private readonly SynthesisOptions _options = options ?? new();
    private readonly PersonaWriter _writer = new(chatClient, options ?? new());

    /// <summary>What a fit would do at most; no model is called.</summary>
    /// <param name="pairs">The person's choices; those marked for testing are not looked at.</param>
    /// <exception cref="TooFewPairsException">Fewer than two usable pairs.</exception>
    public FitPlan Plan(IReadOnlyList<PreferencePair> pairs) => FitPlan.Of(chatClient, _options, _writer, PreferenceSplit.Of(pairs));

    /// <summary>Fits a judge to one person.</summary>
    /// <param name="pairs">The person's choices; those marked for testing are not looked at.</param>
    /// <param name="progress">Is told what is going on.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>The chosen judge, and those that it was chosen from.</returns>
    /// <exception cref="TooFewPairsException">Fewer than two usable pairs.</exception>
    /// <exception cref="ArgumentException">The pairs are of several people.</exception>
    /// <exception cref="UnreadableRepliesException">Not one reply of the model could be read.</exception>
    public async Task<Fit> FitAsync(
        IReadOnlyList<PreferencePair> pairs, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        string[] people = [.. pairs.Select(p => p.UserId).Distinct(StringComparer.Ordinal).Take(2)];
        if (people.Length > 1)
        {
            throw new ArgumentException($"The pairs are of several people, such as '{people[0]}' and '{people[1]}': fit each person by themselves.", nameof(pairs));
        }

        PreferenceSplit split = PreferenceSplit.Of(pairs);
        return await (_options.Effort == FitEffort.Published
            ? new PublishedFit(chatClient, _options, _writer).FitAsync(split, progress, cancellationToken)
            : new CrossValidatedFit(chatClient, _options, _writer).FitAsync(split, progress, cancellationToken)).ConfigureAwait(false);
    }
}
