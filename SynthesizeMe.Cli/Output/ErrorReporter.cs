using System.Text.RegularExpressions;
using Spectre.Console;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli;

/// <summary>Tells the user what went wrong, in one line with cause and cure, and chooses the exit code. No key is ever shown.</summary>
/// <param name="surroundings">Where to tell it, and where keys are.</param>
/// <param name="verbose">Whether to show stack traces too.</param>
internal sealed partial class ErrorReporter(Surroundings surroundings, bool verbose)
{
    private const string Redacted = "***";

    /// <summary>So much of a key may be told from other words.</summary>
    private const int Telling = 8;

    private static readonly string[] KeyVariables = ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", RewardServer.KeyVariable];

    /// <summary>The exit code that an exception calls for.</summary>
    public static int ExitCodeOf(Exception exception) => exception switch
    {
        UsageException => ExitCodes.Usage,
        InputException or PreferenceDataException or TooFewPairsException or JudgeArtefactException or DspyInputException => ExitCodes.BadInput,
        RunRecordException or DataSetException or RewardModelException => ExitCodes.BadInput,
        IOException or UnauthorizedAccessException => ExitCodes.BadInput,
        ModelFailedException or BudgetExceededException or FitStoppedException or HeldOutStoppedException => ExitCodes.Model,
        UnreadableRepliesException or PromptParseException or PromptRefusedException => ExitCodes.Model,
        HttpRequestException or TimeoutException or ServedRewardException => ExitCodes.Model,
        OperationCanceledException => ExitCodes.Stopped,
        _ => ExitCodes.Defect,
    };

    /// <summary>Tells about an exception.</summary>
    /// <param name="exception">What went wrong.</param>
    /// <param name="user">Whose fit or test it was; <see langword="null"/> when it concerns nobody.</param>
    /// <returns>The exit code.</returns>
    public int Report(Exception exception, string? user = null)
    {
        foreach (string line in Lines(exception))
        {
            surroundings.Error.Labelled("error", Color.Red, Redact(user is null ? line : $"user '{user}': {line}"));
        }

        if (verbose)
        {
            surroundings.Error.Line(Redact(exception.ToString()));
        }

        return ExitCodeOf(exception);
    }

    /// <summary>Warns.</summary>
    public void Warn(string message) => surroundings.Error.Labelled("warning", Color.Yellow, Redact(message));

    /// <summary>Tells something that is neither a result nor a warning.</summary>
    public void Note(string message) => surroundings.Error.Line(PlainText.OneLine(Redact(message)));

    /// <summary>An exception in one line.</summary>
    public string Describe(Exception exception) => PlainText.OneLine(Redact(string.Join(' ', Lines(exception))));

    private static IEnumerable<string> Lines(Exception exception) => exception switch
    {
        PreferenceDataException e => [.. e.Message.Split('\n'), "Correct these lines, or leave them out with --skip-bad-lines."],
        DspyInputException e => e.Lines,
        DataSetException e => e.Message.Split('\n'),
        FileNotFoundException { FileName: { } file } => [$"{file}: there is no such file. Check the path."],
        DirectoryNotFoundException e => [$"{e.Message} Check the path."],
        JudgeArtefactException e => [$"{e.Message.TrimEnd('.')}. Name a file that synthesizeme fit has written."],
        UnauthorizedAccessException e => [$"{e.Message} Check the permissions, or use another path."],
        BudgetExceededException or FitStoppedException or HeldOutStoppedException => [$"{exception.Message} Raise {Limit(exception.Message)} to go further."],
        PromptParseException { Reply: "" } e => [e.Message],
        PromptParseException e => [$"{e.Message.TrimEnd('.')}. Use a model that follows the prompt's layout. Its reply began: {PlainText.Excerpt(e.Reply, 120)}"],
        OperationCanceledException => ["stopped."],
        _ when ExitCodeOf(exception) == ExitCodes.Defect =>
            [$"this is a defect of synthesizeme: {exception.GetType().Name}: {exception.Message} Please report it, with what --verbose shows."],
        _ => [exception.Message],
    };

    /// <summary>The option that set the limit which a message names.</summary>
    private static string Limit(string message) =>
        message.Contains("the deadline", StringComparison.Ordinal) ? "--deadline"
        : message.Contains("a cost of", StringComparison.Ordinal) ? "--budget-cost"
        : message.Contains(" tokens would", StringComparison.Ordinal) ? "--budget-tokens"
        : "--budget-calls";

    /// <summary>Text without keys.</summary>
    public string Redact(string text)
    {
        foreach (string variable in KeyVariables)
        {
            // What is shorter is the word that a server without keys is given.
            if (surroundings.Environment(variable)?.Trim() is { Length: >= Telling } key)
            {
                text = Redact(text, key);
            }
        }

        return KeyLike().Replace(text, Redacted);
    }

    /// <summary>Text without a key, and without the beginning of one that was cut off.</summary>
    private static string Redact(string text, string key)
    {
        const int Long = 16;
        string start = key.Length >= Long ? key[..Telling] : key;
        for (int at = 0; (at = text.IndexOf(start, at, StringComparison.Ordinal)) >= 0; at += Redacted.Length)
        {
            int length = text.AsSpan(at).CommonPrefixLength(key);
            text = string.Concat(text.AsSpan(0, at), Redacted, text.AsSpan(at + length));
        }

        return text;
    }

    /// <summary>Providers repeat parts of a key in their messages.</summary>
    [GeneratedRegex(@"\bsk-[A-Za-z0-9_*\-]{6,}")]
    private static partial Regex KeyLike();
}
