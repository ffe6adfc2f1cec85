using System.Collections.Immutable;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>How a file that DSPy saved is read.</summary>
public sealed record DspyReadOptions
{
    /// <summary>
    /// Which of our predictors a DSPy predictor is, by its name in the file, such as <c>judge.predict</c>; only needed where the names do not
    /// match by themselves, see <see cref="DspyStateJson.Read"/>.
    /// </summary>
    public ImmutableDictionary<string, string> Predictors { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Which of our fields a field of DSPy's demonstrations is; only needed where the names do not match by themselves.</summary>
    public ImmutableDictionary<string, string> Fields { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>
    /// Turns the value of one of our fields, given by its name, into the JSON that our signature reads; <see langword="null"/> leaves every
    /// value as it is. A <see cref="FormatException"/> says that it cannot be read, and why.
    /// </summary>
    public Func<string, JsonElement, JsonElement>? Convert { get; init; }

    /// <summary>Whether a demonstration that has every field, but one that cannot be read, is left out and reported, and not an error.</summary>
    public bool SkipUnreadable { get; init; }
}

/// <summary>What a file that DSPy saved gave.</summary>
/// <param name="State">Instructions and demonstrations of our predictors.</param>
/// <param name="DspyVersion">The version that wrote the file; <see langword="null"/> when the file does not say.</param>
/// <param name="LeftOut">What a state cannot hold: incomplete demonstrations, language models, descriptions of fields and the like.</param>
/// <param name="Converted">The values that were not written as our signature writes them, and what they were read as.</param>
public sealed record DspyImport(ProgramState State, string? DspyVersion, ImmutableArray<DspyNote> LeftOut, ImmutableArray<DspyNote> Converted);

/// <summary>Something about one place of a file.</summary>
/// <param name="Path">The place as a JSON path, such as <c>$["judge.predict"].demos[2].preference</c>.</param>
/// <param name="Text">What is to be said about it.</param>
public sealed record DspyNote(string Path, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Text}";
}

/// <summary>A file is no state that DSPy saved, or one that does not match the program. It names everything that does not match.</summary>
/// <param name="problems">Each problem with its place.</param>
public sealed class DspyStateException(ImmutableArray<DspyNote> problems)
    : Exception($"The DSPy state cannot be loaded:{string.Concat(problems.Select(p => $"\n  {p}"))}")
{
    /// <summary>Each problem with its place, in the order of the file.</summary>
    public ImmutableArray<DspyNote> Problems { get; } = problems;
}
