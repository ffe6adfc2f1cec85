using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarks;

/// <summary>Following a reply of about 400 characters that comes in 47 pieces, beside the pieces alone.</summary>
[MemoryDiagnoser]
public class StreamingBenchmarks
{
    private const int Pieces = 47;

    private static readonly string[] Cut = [.. Fixture.Reply.Chunk((Fixture.Reply.Length + Pieces - 1) / Pieces).Select(c => new string(c))];

    private readonly PiecewiseChatClient _client = new(Cut);
    private ChainOfThought<JudgePreference> _judge = null!;
    private List<ChatMessage> _messages = null!;

    [GlobalSetup]
    public void Setup()
    {
        _judge = JudgePreference.ChainOfThought(_client).With(Fixture.State(8));
        _messages = _judge.Render(Fixture.Inputs).ToChatMessages();
    }

    [Benchmark(Description = Rows.Ours), BenchmarkCategory(Rows.Streaming)]
    public async Task<int> Follow()
    {
        int shown = 0;
        await foreach (JudgePreference.Partial partial in _judge.PredictStreamingAsync<JudgePreference.Partial>(Fixture.Inputs))
        {
            shown += partial.Reasoning.Added.Length;
        }

        return shown;
    }

    [Benchmark(Description = Rows.Floor), BenchmarkCategory(Rows.Streaming)]
    public async Task<int> Client()
    {
        int length = 0;
        await foreach (ChatResponseUpdate update in _client.GetStreamingResponseAsync(_messages))
        {
            length += update.Text.Length;
        }

        return length;
    }

    private sealed class PiecewiseChatClient(string[] pieces) : IChatClient
    {
        private readonly ChatResponseUpdate[] _updates = [.. pieces.Select(p => new ChatResponseUpdate(ChatRole.Assistant, p))];

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            foreach (ChatResponseUpdate update in _updates)
            {
                yield return update;
            }
        }

        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException("Only streaming is measured.");

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
