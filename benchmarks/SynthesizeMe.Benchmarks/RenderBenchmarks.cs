using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarks;

/// <summary>Rendering a prompt in the built-in layout, beside one concatenation of the same texts.</summary>
[MemoryDiagnoser]
public class RenderBenchmarks
{
    private readonly ChainOfThought<JudgePreference> _empty = JudgePreference.ChainOfThought(new InstantChatClient(Fixture.Reply));
    private PredictorState _state = null!;
    private ChainOfThought<JudgePreference> _judge = null!;
    private string[] _pieces = null!;

    [Params(0, 8, 32)]
    public int Demos { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _state = Fixture.State(Demos);
        _judge = _empty.With(_state);
        _pieces = Fixture.Pieces(_judge.Render(Fixture.Inputs));
    }

    [Benchmark(Description = Rows.Ours), BenchmarkCategory(Rows.Render)]
    public ChatPrompt Render() => _judge.Render(Fixture.Inputs);

    [Benchmark(Description = Rows.Floor), BenchmarkCategory(Rows.Render)]
    public string Concat() => string.Concat(_pieces);

    [Benchmark(Description = Rows.Ours), BenchmarkCategory(Rows.RenderMessages)]
    public List<ChatMessage> RenderMessages() => _judge.Render(Fixture.Inputs).ToChatMessages();

    [Benchmark(Description = Rows.Ours), BenchmarkCategory(Rows.RenderAfresh)]
    public ChatPrompt RenderNewState() => _empty.With(_state).Render(Fixture.Inputs);
}
