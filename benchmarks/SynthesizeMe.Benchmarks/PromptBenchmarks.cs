using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarks;

/// <summary>Rendering a prompt with eight demonstrations, beside one concatenation of the same texts.</summary>
[MemoryDiagnoser]
public class RenderBenchmarks
{
    private readonly ChainOfThought<JudgePreference> _empty = JudgePreference.ChainOfThought(new InstantChatClient(Fixture.Reply));
    private ChainOfThought<JudgePreference> _judge = null!;
    private string[] _pieces = null!;

    [GlobalSetup]
    public void Setup()
    {
        _judge = _empty.With(Fixture.State);
        _pieces = [.. Fixture.Pieces(_judge.Render(Fixture.Inputs))];
    }

    [Benchmark(Baseline = true, Description = "floor: string.Concat of the same texts")]
    public string Concat() => string.Concat(_pieces);

    [Benchmark(Description = "Render, same demonstrations as before")]
    public ChatPrompt Render() => _judge.Render(Fixture.Inputs);

    [Benchmark(Description = "Render, to chat messages")]
    public List<ChatMessage> RenderMessages() => _judge.Render(Fixture.Inputs).ToChatMessages();

    [Benchmark(Description = "Render, new demonstrations")]
    public ChatPrompt RenderNewState() => _empty.With(Fixture.State).Render(Fixture.Inputs);
}

/// <summary>Reading a clean reply, beside one pass over it.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private readonly ChainOfThought<JudgePreference> _judge = JudgePreference.ChainOfThought(new InstantChatClient(Fixture.Reply));

    [Benchmark(Baseline = true, Description = "floor: one IndexOf pass")]
    public int Scan() => Fixture.Reply.AsSpan().IndexOf('\u0001');

    [Benchmark(Description = "Parse")]
    public Prediction<JudgePreference> Parse() => _judge.Parse(Fixture.Inputs, Fixture.Reply);
}

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
        _judge = JudgePreference.ChainOfThought(_client).With(Fixture.State);
        _messages = _judge.Render(Fixture.Inputs).ToChatMessages();
    }

    [Benchmark(Baseline = true, Description = "floor: the client alone")]
    public Task<ChatResponse> Client() => _client.GetResponseAsync(_messages);

    [Benchmark(Description = "PredictAsync")]
    public Task<Prediction<JudgePreference>> Predict() => _judge.PredictAsync(Fixture.Inputs);
}
