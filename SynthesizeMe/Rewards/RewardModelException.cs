namespace SynthesizeMe;

/// <summary>A file with a reward model cannot be used.</summary>
/// <param name="path">The file.</param>
/// <param name="problem">What is wrong with it, and what to do about it.</param>
/// <param name="inner">The cause.</param>
public sealed class RewardModelException(string path, string problem, Exception? inner = null) : Exception($"{path}: {problem}", inner)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
