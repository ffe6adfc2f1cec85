using System.Runtime.CompilerServices;

namespace SynthesizeMe.Testing;

/// <summary>Programs for writing personas in the form in which the reference implementation's were saved by DSPy 2.6.12.</summary>
public static class ReferencePrograms
{
    /// <summary>The path of one with three demonstrations: one verified, one labelled without reasoning in its judgements, one incomplete.</summary>
    public static string Good => Path("persona-2.6.12.json");

    /// <summary>The path of one that has two demonstrations which cannot be read.</summary>
    public static string Unreadable => Path("persona-unreadable.json");

    private static string Path(string name, [CallerFilePath] string here = "") => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(here)!, "Dspy", name);
}
