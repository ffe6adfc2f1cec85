using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>Takes the completion to which a reward model gives more.</summary>
/// <param name="name">Its name.</param>
/// <param name="about">What it does.</param>
/// <param name="needs">What it needs.</param>
/// <param name="train">Makes the reward model from training pairs.</param>
/// <param name="tell">What the reward model is told of a person; <see langword="null"/> for nothing.</param>
public sealed class RewardMethod(
    string name,
    string about,
    BenchmarkNeeds needs,
    Func<TrainingData, CancellationToken, Task<IRewardModel>> train,
    Func<BenchmarkPerson, RewardPerson>? tell = null) : IBenchmarkMethod
{
    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public string About => about;

    /// <inheritdoc/>
    public BenchmarkNeeds Needs => needs;

    /// <inheritdoc/>
    public int CallsPerPair => 0;

    /// <summary>Why data have no figures for it; by default all that have pairs to learn from have.</summary>
    internal Func<TrainingData, string?> Against { get; init; } = static _ => null;

    /// <inheritdoc/>
    public async Task<PreparedMethod> PrepareAsync(TrainingData training, CancellationToken cancellationToken = default)
    {
        if ((needs.HasFlag(BenchmarkNeeds.EveryonesPairs) && training.People.All(p => p.Pairs.Count == 0) ? "there is no pair to learn from" : Against(training)) is { } reason)
        {
            return PreparedMethod.None(reason);
        }

        IRewardModel model;
        try
        {
            model = await train(training, cancellationToken).ConfigureAwait(false);
        }
        catch (PromptRefusedException e)
        {
            return PreparedMethod.None(e.Message.TrimEnd('.'));
        }

        return PreparedMethod.Ready((person, _) =>
        {
            RewardPerson? told = tell?.Invoke(person);
            return Task.FromResult(PersonMethod.Ready((question, token) => AnswerAsync(model, told, question, token)));
        });
    }

    /// <summary>The difference of the rewards is the log odds of the choice (Bradley and Terry, 1952).</summary>
    private static async Task<MethodAnswer> AnswerAsync(IRewardModel model, RewardPerson? person, TestQuestion question, CancellationToken cancellationToken)
    {
        IReadOnlyList<double> scores;
        try
        {
            scores = await model.ScoreAsync(
                [new(question.Context, question.One) { Person = person }, new(question.Context, question.Other) { Person = person }], cancellationToken).ConfigureAwait(false);
        }
        catch (PromptRefusedException e)
        {
            var refused = new OrderReply(Said.Nothing, default, e.Message);
            return new(refused, refused, null);
        }

        double lead = scores[0] - scores[1];
        return MethodAnswer.Of(lead, 1 / (1 + Math.Exp(-Math.Abs(lead))));
    }
}
