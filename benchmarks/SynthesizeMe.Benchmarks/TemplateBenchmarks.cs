using BenchmarkDotNet.Attributes;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarks;

/// <summary>One person prefers one of two completions. Decide which, and name what such a person may care about before you do.</summary>
[Signature(Template = "judge.prompt.scriban")]
public partial record TemplatedJudge(
    [Input("The conversation that leads up to the completions.")] Conversation Conversation,
    [Input("The first completion.")] string FirstCompletion,
    [Input("The second completion.")] string SecondCompletion,
    [Output("The completion this person prefers.")] Preference Preference);

/// <summary>Rendering the same prompt from a template: ours, compiled, beside the engines that interpret one, each parsed before.</summary>
[MemoryDiagnoser]
public class TemplateBenchmarks
{
    private readonly ChainOfThought<TemplatedJudge> _empty = TemplatedJudge.ChainOfThought(new InstantChatClient(Fixture.Reply));
    private readonly TemplatedJudge.Inputs _inputs = new(Fixture.Inputs.Conversation, Fixture.Inputs.FirstCompletion, Fixture.Inputs.SecondCompletion);
    private PredictorState _state = null!;
    private ChainOfThought<TemplatedJudge> _judge = null!;
    private string[] _pieces = null!;
    private ScribanJudge _scriban = null!;
    private HandlebarsJudge _handlebars = null!;
    private SemanticKernelJudge _semanticKernel = null!;

    [Params(0, 8, 32)]
    public int Demos { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        PredictorState plain = Fixture.State(Demos);
        _state = PredictorState.Empty.WithDemos(plain.Demos.Cast<Demo<JudgePreference>>().Select(d => new Demo<TemplatedJudge>(
            new TemplatedJudge(d.Value.Conversation, d.Value.FirstCompletion, d.Value.SecondCompletion, d.Value.Preference), d.Reasoning, d.Verified)));
        _judge = _empty.With(_state);
        ChatPrompt prompt = _judge.Render(_inputs);
        _pieces = Fixture.Pieces(prompt);
        var parts = TemplateValues.Of(prompt, _inputs, _state);
        _scriban = new ScribanJudge(parts);
        _handlebars = new HandlebarsJudge(parts);
        _semanticKernel = new SemanticKernelJudge(parts);
        Fixture.RequireSame(prompt, _scriban.Render(), Rows.Scriban);
        Fixture.RequireSame(prompt, _handlebars.Render(), Rows.Handlebars);
        Fixture.RequireSame(prompt, _semanticKernel.RenderAsync().GetAwaiter().GetResult(), Rows.SemanticKernel);
    }

    [Benchmark(Description = Rows.Ours), BenchmarkCategory(Rows.RenderTemplate)]
    public ChatPrompt Render() => _judge.Render(_inputs);

    [Benchmark(Description = Rows.Floor), BenchmarkCategory(Rows.RenderTemplate)]
    public string Concat() => string.Concat(_pieces);

    [Benchmark(Description = Rows.Scriban), BenchmarkCategory(Rows.RenderTemplate)]
    public string Scriban() => _scriban.Render();

    [Benchmark(Description = Rows.Handlebars), BenchmarkCategory(Rows.RenderTemplate)]
    public string Handlebars() => _handlebars.Render();

    [Benchmark(Description = Rows.SemanticKernel), BenchmarkCategory(Rows.RenderTemplate)]
    public Task<string> SemanticKernel() => _semanticKernel.RenderAsync();

    [Benchmark(Description = Rows.Ours), BenchmarkCategory(Rows.RenderTemplateAfresh)]
    public ChatPrompt RenderNewState() => _empty.With(_state).Render(_inputs);
}
