using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>Answers a signature with one call to a model.</summary>
/// <typeparam name="T">The signature.</typeparam>
/// <remarks>Immutable and safe for concurrent use. The prompt's fixed part, demonstrations included, is rendered once per instance.</remarks>
public partial class Predict<T> : IPredictor, IPromptProgram<T>
    where T : class, ISignature<T>
{
    private const string OnlyName = "self";

    private readonly IChatClient _chatClient;
    private readonly PredictOptions _options;
    private readonly PromptLayout<T> _layout;
    private readonly ChatOptions? _chatOptions;
    private readonly bool _reasons;
    private readonly CallLog? _log;

    /// <summary>Creates a predictor.</summary>
    /// <param name="chatClient">The model.</param>
    /// <param name="options">How to call it.</param>
    public Predict(IChatClient chatClient, PredictOptions? options = null)
        : this(chatClient, options, reasons: false)
    {
    }

    private protected Predict(IChatClient chatClient, PredictOptions? options, bool reasons)
    {
        ArgumentNullException.ThrowIfNull(chatClient);
        _chatClient = chatClient;
        _options = options ?? PredictOptions.Default;
        _reasons = reasons;
        _layout = new PromptLayout<T>(_options.Adapter, PredictorState.Empty, reasons);
        _chatOptions = CallOptions();
        Name = OnlyName;
    }

    private protected Predict(Predict<T> source, Rebinding change)
    {
        _chatClient = change.Wrap?.Invoke(source._chatClient) ?? source._chatClient;
        _options = change.Options?.Invoke(source._options) ?? source._options;
        _reasons = source._reasons;
        _log = change.Log ?? source._log;
        PredictorState state = change.State ?? source.State;
        _layout = state == source.State && _options.Adapter == source._options.Adapter
            ? source._layout
            : new PromptLayout<T>(_options.Adapter, Checked(state), _reasons);
        _chatOptions = change.Options is null ? source._chatOptions : CallOptions();
        Name = change.Name ?? source.Name;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public SignatureDescriptor Signature => T.Descriptor;

    /// <inheritdoc/>
    public PredictorState State => _layout.State;

    /// <inheritdoc cref="IPredictor.MaxCalls"/>
    public int MaxCalls => 1 + _options.MaxReasks;

    IReadOnlyList<IPredictor> IPromptProgram<T>.Predictors => [this];

    ProgramState IPromptProgram<T>.State => ProgramState.Empty.With(Name, State);

    /// <summary>The same predictor with other instructions and demonstrations.</summary>
    /// <exception cref="ArgumentException">A demonstration is of another signature.</exception>
    public Predict<T> With(PredictorState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Rebind(new Rebinding { State = state });
    }

    /// <summary>The same predictor, called in another way.</summary>
    public Predict<T> With(PredictOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Rebind(new Rebinding { Options = _ => options });
    }

    IPromptProgram<T> IPromptProgram<T>.With(ProgramState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        Rebinding.RequireKnown(state, [this]);
        return With(state[Name]);
    }

    IPromptProgram<T> IPromptProgram<T>.WithClient(Func<IChatClient, IChatClient> wrap)
    {
        ArgumentNullException.ThrowIfNull(wrap);
        return Rebind(new Rebinding { Wrap = wrap });
    }

    IPromptProgram<T> IPromptProgram<T>.WithOptions(Func<PredictOptions, PredictOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Rebind(new Rebinding { Options = change });
    }

    /// <summary>The prompt for these inputs, as it would be sent.</summary>
    /// <exception cref="InvalidOperationException">Its demonstrations are chosen call by call: use <see cref="RenderAsync"/>.</exception>
    public ChatPrompt Render(IInputs<T> inputs) => _options.DemoChoice is null
        ? _layout.Render(inputs)
        : throw new InvalidOperationException("The demonstrations are chosen for each call (PredictOptions.DemoChoice): use RenderAsync.");

    /// <summary>The prompt for these inputs, as it would be sent, with the demonstrations that are chosen for them.</summary>
    public async Task<ChatPrompt> RenderAsync(IInputs<T> inputs, CancellationToken cancellationToken = default) =>
        (await LayoutAsync(inputs, cancellationToken).ConfigureAwait(false)).Render(inputs);

    /// <summary>Reads a reply to these inputs.</summary>
    /// <exception cref="PromptParseException">It cannot be read.</exception>
    public Prediction<T> Parse(IInputs<T> inputs, string reply) => Read(inputs, reply, default, default, asks: 1);

    /// <summary>Asks the model, and once more (<see cref="PredictOptions.MaxReasks"/>) if its reply cannot be read.</summary>
    /// <exception cref="PromptParseException">No reply could be read, or the prompt was refused (<see cref="PromptRefusedException"/>).</exception>
    public async Task<Prediction<T>> PredictAsync(IInputs<T> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        int slot = _log?.Begin() ?? 0;
        PromptLayout<T> layout = await LayoutAsync(inputs, cancellationToken).ConfigureAwait(false);
        List<ChatMessage> messages = layout.RenderMessages(inputs);
        Usage usage = default;
        for (int ask = 1; ; ask++)
        {
            ChatResponse response;
            try
            {
                response = await _chatClient.GetResponseAsync(messages, _chatOptions, cancellationToken).ConfigureAwait(false);
            }
            catch (PromptRefusedException e)
            {
                var refused = new PromptParseException(e) { Usage = usage, Predictor = Name };
                _log?.Fail(refused);
                throw refused;
            }

            usage += Usage.Of(response.Usage);
            string reply = response.Text;
            try
            {
                Prediction<T> prediction = Read(inputs, reply, ReplyEnd.Of(response.FinishReason, response.Messages.SelectMany(m => m.Contents)), usage, ask);
                _log?.End(slot, prediction.Calls[0]);
                return prediction;
            }
            catch (PromptParseException e) when (AskAgain(e, reply, messages, usage, ask))
            {
            }
        }
    }

    /// <summary>Asks the model in another way than the predictor's own, this once.</summary>
    /// <exception cref="PromptParseException">No reply could be read.</exception>
    public Task<Prediction<T>> PredictAsync(IInputs<T> inputs, PredictOptions options, CancellationToken cancellationToken = default) =>
        With(options).PredictAsync(inputs, cancellationToken);

    bool IPredictor.Reasons => _reasons;

    Demo IPredictor.ReadDemo(JsonElement json) => Demo<T>.ReadJson(json);

    Demo? IPredictor.LabelledDemo(object value) => value is T labelled ? new Demo<T>(labelled) : null;

    internal virtual Predict<T> Rebind(Rebinding change) => new(this, change);

    /// <summary>Adds the next question, unless the last one was asked.</summary>
    private bool AskAgain(PromptParseException problem, string reply, List<ChatMessage> messages, Usage usage, int ask)
    {
        problem.Usage = usage;
        problem.Predictor = Name;
        if (ask > _options.MaxReasks || problem.IsFinal)
        {
            _log?.Fail(problem);
            return false;
        }

        messages.Add(new ChatMessage(ChatRole.Assistant, reply));
        messages.Add(new ChatMessage(ChatRole.User, _layout.AskAgain(problem)));
        return true;
    }

    private ValueTask<PromptLayout<T>> LayoutAsync(IInputs<T> inputs, CancellationToken cancellationToken) =>
        _options.DemoChoice is { } choice ? _layout.ChosenAsync(choice, inputs, cancellationToken) : new(_layout);

    private Prediction<T> Read(IInputs<T> inputs, string reply, ReplyEnd end, Usage usage, int asks)
    {
        (T value, string? reasoning, List<Repair>? repairs) = _layout.Parse(inputs, reply, end);
        if (asks > 1)
        {
            (repairs ??= []).Insert(0, new Repair(RepairKind.AskedAgain, "", 0));
        }

        ImmutableArray<Repair> all = repairs is null ? [] : [.. repairs];
        return new Prediction<T>(value, reasoning, usage, all, [new PredictorCall(Name, new Demo<T>(value, reasoning), usage, all)]);
    }

    /// <summary>The options that go with every call: the caller's, and the reply's form where the adapter has one and the caller set none.</summary>
    private ChatOptions? CallOptions()
    {
        if (!_options.StructuredOutput || _options.ChatOptions?.ResponseFormat is not null || _layout.ResponseFormat() is not { } format)
        {
            return _options.ChatOptions;
        }

        ChatOptions options = _options.ChatOptions?.Clone() ?? new();
        options.ResponseFormat = format;
        return options;
    }

    private static PredictorState Checked(PredictorState state)
    {
        foreach (Demo demo in state.Demos)
        {
            if (demo is not Demo<T>)
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"A {demo.GetType().GenericTypeArguments[0].Name} is no demonstration of {T.Descriptor.Name}."));
            }
        }

        return state;
    }
}
