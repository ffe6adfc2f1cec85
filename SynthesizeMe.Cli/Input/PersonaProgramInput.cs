using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli;

/// <summary>Reads programs that write personas: our own, and those of the reference implementation.</summary>
internal static class PersonaProgramInput
{
    /// <summary>Reads what <c>import-dspy</c> writes.</summary>
    /// <exception cref="InputException">It is something else.</exception>
    public static async Task<ProgramState> ReadAsync(string path, CancellationToken cancellationToken)
    {
        string json = await File.ReadAllTextAsync(path, cancellationToken);
        try
        {
            return PersonaPrograms.Read(json);
        }
        catch (ProgramStateException e)
        {
            throw new InputException($"{path}: {e.Message.TrimEnd('.')}. Name a file that synthesizeme import-dspy has written; it makes one of a file that DSPy saved.");
        }
    }

    /// <summary>Reads what the reference implementation's program saved.</summary>
    /// <exception cref="DspyInputException">It is something else, or does not match.</exception>
    public static async Task<DspyImport> ReadDspyAsync(string path, bool skipUnreadable, CancellationToken cancellationToken)
    {
        string json = await File.ReadAllTextAsync(path, cancellationToken);
        try
        {
            return PersonaPrograms.ReadDspy(json, skipUnreadable);
        }
        catch (DspyStateException e)
        {
            throw new DspyInputException(path, e);
        }
    }
}

/// <summary>A file that DSPy saved cannot be imported.</summary>
/// <param name="path">The file.</param>
/// <param name="inner">What does not match in it.</param>
internal sealed class DspyInputException(string path, DspyStateException inner) : Exception(inner.Message, inner)
{
    private const int MostLines = 20;

    /// <summary>A line for each thing that does not match, and the cure.</summary>
    public IEnumerable<string> Lines
    {
        get
        {
            IEnumerable<string> named = inner.Problems.Take(MostLines).Select(p => $"{path}: {p}");
            int more = inner.Problems.Length - MostLines;
            string cure = inner.Problems.Any(p => p.Path.Contains(".demos[", StringComparison.Ordinal))
                ? "Correct these places, or leave the demonstrations out with --skip-bad-demos."
                : "Name a file that the reference implementation's persona synthesis program has saved, such as its prompts/llama70b.json.";
            return [.. named, .. more > 0 ? [$"and {Figures.Count(more)} more."] : Array.Empty<string>(), cure];
        }
    }
}
