using SynthesizeMe.Offline;

namespace SynthesizeMe.Benchmarking;

/// <summary>The methods that look at nothing but how a completion is written.</summary>
internal static class StyleMethods
{
    public static RewardMethod Pooled() => new(
        "style",
        "A logistic model of how completions are written, learned from everyone's training pairs.",
        BenchmarkNeeds.EveryonesPairs,
        (training, _) => Task.FromResult<IRewardModel>(Train(training)));

    public static RewardMethod PerPerson() => new(
        "style+user",
        "The style model, moved towards each person by their own training pairs.",
        BenchmarkNeeds.EveryonesPairs,
        (training, _) => Task.FromResult<IRewardModel>(
            Train(training).WithPeople(training.People.Select(p => KeyValuePair.Create(p.Id, (IEnumerable<PreferencePair>)p.Pairs)))),
        person => new RewardPerson(person.Id, null));

    private static StyleRewardModel Train(TrainingData training) => StyleRewardModel.Train(training.People.SelectMany(p => p.Pairs));
}
