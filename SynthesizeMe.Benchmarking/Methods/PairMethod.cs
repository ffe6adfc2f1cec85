namespace SynthesizeMe.Benchmarking;

/// <summary>A method that learns nothing from a data set as a whole.</summary>
/// <param name="name">Its name.</param>
/// <param name="about">What it does.</param>
/// <param name="needs">What it needs.</param>
/// <param name="callsPerPair">The most calls for a pair.</param>
/// <param name="take">Prepares it for a person.</param>
internal sealed class PairMethod(string name, string about, BenchmarkNeeds needs, int callsPerPair, Func<BenchmarkPerson, PersonMethod> take) : IBenchmarkMethod
{
    public string Name => name;

    public string About => about;

    public BenchmarkNeeds Needs => needs;

    public int CallsPerPair => callsPerPair;

    /// <summary>Why data have no figures for it; by default all have.</summary>
    public Func<TrainingData, string?> Against { get; init; } = static _ => null;

    public Task<PreparedMethod> PrepareAsync(TrainingData training, CancellationToken cancellationToken = default) =>
        Task.FromResult(Against(training) is { } reason ? PreparedMethod.None(reason) : PreparedMethod.Ready((person, _) => Task.FromResult(take(person))));
}
