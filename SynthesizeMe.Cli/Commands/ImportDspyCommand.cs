using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli;

/// <summary><c>import-dspy</c>: turns a persona synthesis program that DSPy saved into one that <c>fit</c> takes.</summary>
internal static class ImportDspyCommand
{
    private const string About =
        """
        Turns a program for writing personas that the reference implementation of SynthesizeMe tuned and DSPy saved into one that fit takes.
        Says what was left out, and why. No model is called.
        """;

    private const string Notes =
        """
        Examples:
          synthesizeme import-dspy llama70b.json --output persona.json
          synthesizeme fit people.jsonl --all --output judges --persona-program persona.json

        The demonstrations go with every request for a persona, and those of the reference are long: about 20,000
        tokens, of other people's conversations.
        """;

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options)
    {
        var file = new Argument<string>("FILE") { Description = "What DSPy's program.save(\"x.json\") wrote, of version 2.6 to 3.3." };
        var output = new Option<string?>("--output", "-o") { Description = "The file to write. [default: the standard output]", HelpName = "FILE" };
        var skip = new Option<bool>("--skip-bad-demos") { Description = "Warn of demonstrations that cannot be read, and go on without them." };
        var command = new DocumentedCommand("import-dspy", About, Notes) { file, output, skip };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var call = new Invocation(surroundings, options, parsed);
            string path = parsed.GetRequiredValue(file);
            string? target = parsed.GetValue(output);
            DspyImport import = await PersonaProgramInput.ReadDspyAsync(path, parsed.GetValue(skip), cancellationToken);
            string state = ProgramStateJson.Write(import.State);
            if (target is not null)
            {
                await File.WriteAllTextAsync(target, state + "\n", cancellationToken);
            }

            if (call.Json)
            {
                call.Write(Document(path, target, import, state), Documents.Readable.PersonaProgramDocument);
            }
            else
            {
                Write(call, path, target, import, state);
            }

            return ExitCodes.Done;
        });
        return command;
    }

    private static void Write(Invocation call, string path, string? target, DspyImport import, string state)
    {
        foreach (DspyNote note in import.LeftOut)
        {
            call.Errors.Warn($"{path}: left out: {note}");
        }

        foreach (DspyNote note in import.Converted)
        {
            call.Errors.Note($"{path}: converted: {note}");
        }

        if (target is null)
        {
            call.Out.Write(state + "\n");
        }
        else
        {
            int verified = import.State.VerifiedDemoCount;
            string instructions = import.State.Predictors.Values.Any(p => p.Instructions is not null) ? "instructions" : "no instructions of its own";
            call.Out.Line($"{target}: {instructions} and {Figures.Count(import.State.DemoCount, "demonstration")} ({verified} verified, {import.State.DemoCount - verified} labelled)");
        }
    }

    private static PersonaProgramDocument Document(string path, string? target, DspyImport import, string state)
    {
        JsonElement? whole = null;
        if (target is null)
        {
            using JsonDocument parsed = JsonDocument.Parse(state);
            whole = parsed.RootElement.Clone();
        }

        int verified = import.State.VerifiedDemoCount;
        return new(path, import.DspyVersion, target, new(verified, import.State.DemoCount - verified), Places(import.LeftOut), Places(import.Converted), whole);

        static ImmutableArray<PlaceDocument> Places(ImmutableArray<DspyNote> notes) => [.. notes.Select(n => new PlaceDocument(n.Path, n.Text))];
    }
}
