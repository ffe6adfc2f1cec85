using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarks;

/// <summary>A whole call with eight demonstrations over a client without latency, beside the client alone.</summary>
[MemoryDiagnoser]
public class PredictBenchmarks
{
    private readonly InstantChatClient _client = new(Fixture.Reply);
    private ChainOfThought<JudgePreference> _judge = null!;
    private List<ChatMessage> _messages = null!;

    [GlobalSetup]
    public void Setup()
    {
        _judge = JudgePreference.ChainOfThought(_client).With(Fixture.State(8));
        _messages = _judge.Render(Fixture.Inputs).ToChatMessages();
    }

    [Benchmark(Description = Rows.Ours), BenchmarkCategory(Rows.Predict)]
    public Task<Prediction<JudgePreference>> Predict() => _judge.PredictAsync(Fixture.Inputs);

    [Benchmark(Description = Rows.Floor), BenchmarkCategory(Rows.Predict)]
    public Task<ChatResponse> Client() => _client.GetResponseAsync(_messages);
}
