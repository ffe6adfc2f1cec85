using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Benchmarking;

/// <summary>The Bradley-Terry reward models over embeddings.</summary>
/// <param name="embeddings">Embeds the texts.</param>
internal sealed class RewardMethods(IEmbeddingGenerator<string, Embedding<float>> embeddings)
{
    private (TrainingData Training, IRewardModel Model)? _latest;

    public IEnumerable<IBenchmarkMethod> All =>
    [
        new RewardMethod(
            "reward",
            "A Bradley-Terry reward model over embeddings, learned from everyone's training pairs.",
            BenchmarkNeeds.EveryonesPairs,
            TrainOnceAsync),
        new RewardMethod(
            "reward+user",
            "The reward model with a part of their own for each person, shrunk towards everyone's.",
            BenchmarkNeeds.EveryonesPairs,
            TrainOnceAsync,
            person => new RewardPerson(person.Id, null)),
        new RewardMethod(
            "reward+persona",
            "The reward model that also reads the person's persona and demonstrations.",
            BenchmarkNeeds.EveryonesPairs | BenchmarkNeeds.EveryonesFits,
            (training, token) => TrainAsync(
                training,
                new() { Residuals = false, Conditions = RewardConditions.Persona | RewardConditions.Demos },
                Blind(training.People),
                token),
            person => new RewardPerson(person.Id, Known(person)))
        {
            Against = training => training.People.Any(p => Known(p).Persona is not null) && training.People.All(p => p.Fit!.BlindPersonas.IsEmpty)
                ? "no fit has a persona that was induced without the pairs to learn from; those of other efforts than quick have"
                : null,
        },
    ];

    /// <summary>Who is asked about nobody answers from the pooled part, so that one training serves both methods, and no text is embedded twice.</summary>
    private async Task<IRewardModel> TrainOnceAsync(TrainingData training, CancellationToken cancellationToken)
    {
        if (_latest is not { } latest || latest.Training != training)
        {
            _latest = latest = (training, await TrainAsync(training, new(), null, cancellationToken).ConfigureAwait(false));
        }

        return latest.Model;
    }

    private async Task<IRewardModel> TrainAsync(
        TrainingData training, BradleyTerryOptions options, Func<PreferencePair, JudgeArtefact?>? judges, CancellationToken cancellationToken)
    {
        BradleyTerryTraining trained = await BradleyTerryRewardModel.TrainAsync(
            embeddings, [.. training.People.SelectMany(p => p.Pairs)], options with { Seed = training.Seed }, judges, cancellationToken).ConfigureAwait(false);
        return trained.Model;
    }

    /// <summary>The judge that is told of with a pair that is learned from: without a persona where each knows the pair, for what gives it away teaches nothing.</summary>
    private static Func<PreferencePair, JudgeArtefact> Blind(IEnumerable<BenchmarkPerson> people)
    {
        var known = people.ToImmutableDictionary(p => p.Id, p => (Judge: Known(p), p.Fit!.BlindPersonas), StringComparer.Ordinal);
        return pair =>
        {
            (JudgeArtefact judge, ImmutableDictionary<string, string> personas) = known[pair.UserId];
            return judge.Persona is null ? judge : judge with { Persona = personas.GetValueOrDefault(pair.Id) };
        };
    }

    /// <summary>The judge that knows most of the person, whether it was chosen or not.</summary>
    internal static JudgeArtefact Known(BenchmarkPerson person)
    {
        ImmutableSortedDictionary<JudgeMethod, PersonalizedJudge> judges = person.Fit!.Judges;
        PersonalizedJudge judge = judges.GetValueOrDefault(JudgeMethod.PersonaAndDemos) ?? judges.GetValueOrDefault(JudgeMethod.Persona) ?? person.Fit.Judge;
        return judge.Artefact;
    }
}
