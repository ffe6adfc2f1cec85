using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarks;

/// <summary>A judge with demonstrations, eight of which make about 15,000 characters of prompt, and a reply to it.</summary>
internal static class Fixture
{
    private static readonly string[] Words =
        "the model answer gives a short clear list of steps and cites one source while the other rambles about unrelated topics and never states its conclusion".Split(' ');

    public static PredictorState State(int demos) => PredictorState.Empty.WithDemos(Enumerable.Range(0, demos).Select(i => new Demo<JudgePreference>(
        new JudgePreference(Conversation.FromUser(Text(60, i)), Text(80, i + 20), Text(80, i + 40), i % 2 == 0 ? Preference.Second : Preference.First),
        Text(45, i + 60),
        Verified: true)));

    public static JudgePreference.Inputs Inputs { get; } = new(Conversation.FromUser(Text(60, 81)), Text(80, 82), Text(80, 83));

    public static string Reasoning { get; } = Text(45, 90);

    public static string Reply { get; } =
        $"[[ ## reasoning ## ]]\n{Reasoning}\n\n[[ ## preference ## ]]\nFirst\n\n[[ ## completed ## ]]";

    /// <summary>What a prompt is made of: the texts of its messages.</summary>
    public static string[] Pieces(ChatPrompt prompt) => [.. prompt.Turns.Select(t => t.Text)];

    /// <summary>Two engines are compared at the same text; only blanks may differ.</summary>
    /// <exception cref="InvalidOperationException">The texts differ.</exception>
    public static void RequireSame(ChatPrompt prompt, string rendered, string engine)
    {
        if (Dense(string.Concat(Pieces(prompt))) != Dense(rendered))
        {
            throw new InvalidOperationException($"{engine} renders another text, so its time means nothing:\n{rendered}");
        }

        static string Dense(string text) => string.Concat(text.Where(c => !char.IsWhiteSpace(c)));
    }

    private static string Text(int words, int seed)
    {
        var random = new Random(seed);
        return string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)])) + ".";
    }
}

/// <summary>Answers at once with the same reply.</summary>
internal sealed class InstantChatClient(string reply) : IChatClient
{
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, reply)) { FinishReason = ChatFinishReason.Stop });

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
