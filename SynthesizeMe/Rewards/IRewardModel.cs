using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>Gives completions numbers: the higher, the better this person should like it. Only differences within one conversation mean something.</summary>
public interface IRewardModel
{
    /// <summary>Scores completions.</summary>
    /// <param name="requests">What to score; related requests may be sent together.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <returns>One finite number a request, in their order.</returns>
    Task<IReadOnlyList<double>> ScoreAsync(IReadOnlyList<RewardRequest> requests, CancellationToken cancellationToken = default);
}

/// <summary>A completion to score.</summary>
/// <param name="Context">The conversation that leads up to it.</param>
/// <param name="Completion">The completion.</param>
public sealed record RewardRequest(Conversation Context, string Completion)
{
    /// <summary>The person it is scored for; <see langword="null"/> for people in general.</summary>
    public RewardPerson? Person { get; init; }
}

/// <summary>What a reward model may know of a person.</summary>
/// <param name="UserId">Who it is, for models with a part of their own for each person; empty when that is not known.</param>
/// <param name="Judge">Persona and demonstrations, for models that read them; <see langword="null"/> for none.</param>
public sealed record RewardPerson(string UserId, JudgeArtefact? Judge);
