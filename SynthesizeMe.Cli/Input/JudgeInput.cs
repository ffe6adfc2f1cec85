using System.Text.Json;
using System.Text.RegularExpressions;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli;

/// <summary>Reads what a judge is asked about: a conversation and two completions, from files or, one of them, from the standard input.</summary>
/// <param name="Context">The conversation.</param>
/// <param name="First">One completion.</param>
/// <param name="Second">The other one.</param>
internal sealed partial record JudgeInput(Conversation Context, string First, string Second)
{
    private const string StandardInput = "-";

    /// <summary>Reads all three.</summary>
    /// <exception cref="UsageException">More than one is to come from the standard input.</exception>
    /// <exception cref="InputException">The context is damaged, or both completions are the same.</exception>
    public static async Task<JudgeInput> ReadAsync(string context, string first, string second, TextReader standardInput, CancellationToken cancellationToken)
    {
        if (new[] { context, first, second }.Count(p => p == StandardInput) > 1)
        {
            throw new UsageException("only one of --context, --first and --second can be '-', the standard input; put the others into files");
        }

        string contextText = await ReadTextAsync(context, standardInput, cancellationToken);
        string firstText = await ReadTextAsync(first, standardInput, cancellationToken);
        string secondText = await ReadTextAsync(second, standardInput, cancellationToken);
        return firstText == secondText
            ? throw new InputException($"{first} and {second} hold the same text, so there is nothing to choose. Name two different completions.")
            : new(ReadContext(contextText, context), firstText, secondText);
    }

    /// <summary>
    /// Reads a conversation: text that opens like JSON is a list of <c>{"role", "content"}</c>, or an object with such a list as <c>context</c>;
    /// other text is one message of the user.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What to call it in errors.</param>
    /// <exception cref="InputException">It opens like JSON, and is not such a list.</exception>
    public static Conversation ReadContext(string text, string name)
    {
        if (!OpensLikeJson().IsMatch(text))
        {
            return Conversation.FromUser(text);
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            JsonElement root = document.RootElement;
            JsonElement turns = root.ValueKind == JsonValueKind.Object ? JsonShape.Property(root, "context", "the object") : root;
            return JsonShape.Conversation(turns, "context");
        }
        catch (JsonException e)
        {
            throw new InputException($"{name}({e.LineNumber + 1}): opens like JSON, but is not valid at byte {e.BytePositionInLine + 1}. Write [{{\"role\": \"user\", \"content\": \"…\"}}], or plain text.");
        }
        catch (JsonShapeException e)
        {
            throw new InputException($"{name}: {e.Message}. Write [{{\"role\": \"user\", \"content\": \"…\"}}], or plain text.");
        }
    }

    /// <summary>Reads a text without the line end that editors and pipes put at its end.</summary>
    private static async Task<string> ReadTextAsync(string path, TextReader standardInput, CancellationToken cancellationToken)
    {
        string text = path == StandardInput
            ? await standardInput.ReadToEndAsync(cancellationToken)
            : await File.ReadAllTextAsync(path, cancellationToken);
        return text.EndsWith("\r\n", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('\n') ? text[..^1] : text;
    }

    [GeneratedRegex("""^\s*(\[\s*[\{\]]|\{\s*["\}])""")]
    private static partial Regex OpensLikeJson();
}
