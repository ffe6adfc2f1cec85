using System.Collections.Immutable;
using System.Text.Json;

namespace SynthesizeMe.Cli;

/// <summary>What <c>import-dspy --json</c> writes.</summary>
/// <param name="File">The file that DSPy saved.</param>
/// <param name="DspyVersion">The version that saved it; <see langword="null"/> when the file does not say.</param>
/// <param name="Output">The file that was written; <see langword="null"/> when none was asked for.</param>
/// <param name="Demos">The demonstrations that were taken.</param>
/// <param name="LeftOut">What was left out, and why.</param>
/// <param name="Converted">What was not written as our signature writes it.</param>
/// <param name="State">The program, when no file was asked for.</param>
internal sealed record PersonaProgramDocument(
    string File,
    string? DspyVersion,
    string? Output,
    DemoCounts Demos,
    ImmutableArray<PlaceDocument> LeftOut,
    ImmutableArray<PlaceDocument> Converted,
    JsonElement? State);

/// <summary>Something about one place of a file.</summary>
/// <param name="Path">The JSON path.</param>
/// <param name="Text">What is to be said.</param>
internal sealed record PlaceDocument(string Path, string Text);
