using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SynthesizeMe.Cli;

/// <summary>The help of a command, with examples; equally wide everywhere.</summary>
/// <param name="basis">Writes the help that every command has.</param>
/// <param name="notes">What each command has besides, by its name.</param>
internal sealed class HelpPage(HelpAction basis, IReadOnlyDictionary<string, string> notes) : SynchronousCommandLineAction
{
    private const int Width = 110;

    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <summary>Gives the root and its commands their help.</summary>
    /// <param name="root">The root.</param>
    /// <param name="rootNotes">What the root's help ends with.</param>
    public static void Install(RootCommand root, string rootNotes)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        var basis = (HelpAction)option.Action!;
        basis.MaxWidth = Width;
        var notes = root.Subcommands.SelectMany(c => c.Subcommands.Prepend(c)).OfType<DocumentedCommand>().ToDictionary(c => c.Name, c => c.Notes);
        notes[root.Name] = rootNotes;
        option.Action = new HelpPage(basis, notes);
    }

    /// <summary>Text of the source, broken by hand, as one paragraph.</summary>
    public static string Paragraph(string text) => text.ReplaceLineEndings(" ");

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        TextWriter output = parseResult.InvocationConfiguration.Output;
        using var help = new StringWriter();
        parseResult.InvocationConfiguration.Output = help;
        basis.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output = output;
        foreach (string line in help.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n'))
        {
            output.WriteLine(line.TrimEnd());
        }

        if (notes.TryGetValue(parseResult.CommandResult.Command.Name, out string? more))
        {
            output.WriteLine();
            output.WriteLine(more);
        }

        return ExitCodes.Done;
    }
}

/// <summary>A command whose help says more than its options.</summary>
/// <param name="name">Its name.</param>
/// <param name="description">What it does.</param>
/// <param name="notes">What its help ends with: examples.</param>
internal sealed class DocumentedCommand(string name, string description, string notes) : Command(name, HelpPage.Paragraph(description))
{
    /// <summary>What its help ends with.</summary>
    public string Notes { get; } = notes;
}
