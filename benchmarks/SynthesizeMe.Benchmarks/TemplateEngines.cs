using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using HandlebarsDotNet;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Scriban;
using Scriban.Runtime;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarks;

/// <summary>One demonstration as other engines see it.</summary>
internal sealed record DemoValues(string Conversation, string First, string Second, string Reply);

/// <summary>What the judge's template is given, as text.</summary>
internal sealed record TemplateValues(string Instructions, string Format, ImmutableArray<DemoValues> Demos, string Conversation, string First, string Second)
{
    /// <summary>The values of a prompt of ours: its texts are the instructions, the format and the replies as the adapter writes them.</summary>
    public static TemplateValues Of(ChatPrompt prompt, TemplatedJudge.Inputs inputs, PredictorState state)
    {
        string system = prompt.Turns[0].Text;
        string instructions = ISignatureOf<TemplatedJudge>();
        string[] replies = [.. prompt.Turns.Where(t => t.Role == ChatRole.Assistant).Select(t => t.Text)];
        return new(
            instructions,
            system[system.IndexOf("You reply", StringComparison.Ordinal)..],
            [.. state.Demos.Cast<Demo<TemplatedJudge>>().Select((d, i) =>
                new DemoValues(d.Value.Conversation.ToString(), d.Value.FirstCompletion, d.Value.SecondCompletion, replies[i]))],
            inputs.Conversation.ToString(),
            inputs.FirstCompletion,
            inputs.SecondCompletion);

        static string ISignatureOf<T>()
            where T : class, ISignature<T> => T.Descriptor.Instructions;
    }
}

/// <summary>The very template that ours is compiled from, interpreted by Scriban.</summary>
internal sealed class ScribanJudge
{
    private readonly Template _template;
    private readonly ScriptObject _globals;

    public ScribanJudge(TemplateValues values)
    {
        using Stream file = typeof(ScribanJudge).Assembly.GetManifestResourceStream("judge.prompt.scriban")!;
        using var reader = new StreamReader(file);
        _template = Template.Parse(reader.ReadToEnd());
        _globals = new ScriptObject
        {
            ["instructions"] = values.Instructions,
            ["format"] = values.Format,
            ["reasoning"] = true,
            ["inputs"] = Inputs(values.Conversation, values.First, values.Second),
            ["demos"] = values.Demos.Select(d => new ScriptObject { ["inputs"] = Inputs(d.Conversation, d.First, d.Second), ["reply"] = d.Reply }).ToArray(),
        };
        _globals.Import("role", (Func<string, string>)(_ => ""));
    }

    public string Render()
    {
        var context = new Scriban.TemplateContext { AutoIndent = false };
        context.PushGlobal(_globals);
        return _template.Render(context);
    }

    private static ScriptObject Inputs(string conversation, string first, string second) =>
        new() { ["conversation"] = conversation, ["first_completion"] = first, ["second_completion"] = second };
}

/// <summary>The same template for Handlebars.Net, which compiles it when it is made.</summary>
internal sealed class HandlebarsJudge
{
    private const string Source = """
        {{instructions}}

        Think before you decide.
        {{format}}
        {{#each demos}}
        Example {{inc @index}} of {{count}}
        {{conversation}}
        A: {{first}}
        B: {{second}}
        {{reply}}
        {{/each}}
        {{conversation}}
        A: {{first}}
        B: {{second}}
        """;

    private readonly HandlebarsTemplate<object, object> _template;
    private readonly Dictionary<string, object> _values;

    public HandlebarsJudge(TemplateValues values)
    {
        IHandlebars engine = HandlebarsDotNet.Handlebars.Create(new HandlebarsConfiguration { NoEscape = true });
        engine.RegisterHelper("inc", (in EncodedTextWriter output, in HelperOptions _, in Context _, in Arguments arguments) =>
            output.WriteSafeString((Convert.ToInt32(arguments[0], CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture)));
        _template = engine.Compile(Source);
        string count = values.Demos.Length.ToString(CultureInfo.InvariantCulture);
        _values = Fields(values.Conversation, values.First, values.Second);
        _values["instructions"] = values.Instructions;
        _values["format"] = values.Format;
        _values["demos"] = values.Demos.Select(d =>
        {
            Dictionary<string, object> demo = Fields(d.Conversation, d.First, d.Second);
            (demo["reply"], demo["count"]) = (d.Reply, count);
            return demo;
        }).ToArray();
    }

    public string Render() => _template(_values);

    private static Dictionary<string, object> Fields(string conversation, string first, string second) =>
        new() { ["conversation"] = conversation, ["first"] = first, ["second"] = second };
}

/// <summary>The same template for Semantic Kernel, whose language has no loops: the demonstrations are written out.</summary>
internal sealed class SemanticKernelJudge
{
    private readonly Kernel _kernel = new();
    private readonly IPromptTemplate _template;
    private readonly KernelArguments _arguments;

    public SemanticKernelJudge(TemplateValues values)
    {
        _arguments = new() { ["instructions"] = values.Instructions, ["format"] = values.Format };
        var source = new StringBuilder("{{$instructions}}\n\nThink before you decide.\n{{$format}}\n");
        for (int i = 0; i < values.Demos.Length; i++)
        {
            source.Append(CultureInfo.InvariantCulture, $"Example {i + 1} of {values.Demos.Length}\n");
            Question(source, $"{i}", values.Demos[i].Conversation, values.Demos[i].First, values.Demos[i].Second);
            source.Append(CultureInfo.InvariantCulture, $"{{{{$reply{i}}}}}\n");
            _arguments[$"reply{i}"] = values.Demos[i].Reply;
        }

        Question(source, "", values.Conversation, values.First, values.Second);
        var factory = new KernelPromptTemplateFactory { AllowDangerouslySetContent = true };
        _template = factory.Create(new PromptTemplateConfig(source.ToString()) { AllowDangerouslySetContent = true });
    }

    public Task<string> RenderAsync() => _template.RenderAsync(_kernel, _arguments);

    private void Question(StringBuilder source, string number, string conversation, string first, string second)
    {
        source.Append(CultureInfo.InvariantCulture, $"{{{{$conversation{number}}}}}\nA: {{{{$first{number}}}}}\nB: {{{{$second{number}}}}}\n");
        _arguments[$"conversation{number}"] = conversation;
        _arguments[$"first{number}"] = first;
        _arguments[$"second{number}"] = second;
    }
}
