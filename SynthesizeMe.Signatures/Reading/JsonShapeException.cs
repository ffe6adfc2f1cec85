namespace SynthesizeMe.Signatures;

/// <summary>JSON is valid, but a value in it is missing or has another type than the signature says.</summary>
/// <param name="path">Where, such as <c>items[2].name</c>; empty for the whole.</param>
/// <param name="problem">What is wrong there.</param>
public sealed class JsonShapeException(string path, string problem) : Exception(path.Length == 0 ? problem : $"{path}: {problem}")
{
    /// <summary>Where, such as <c>items[2].name</c>.</summary>
    public string Path { get; } = path;

    internal string Problem { get; } = problem;
}
