using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <content>Answers that are shown while they are written.</content>
public partial class Predict<T>
{
    /// <summary>
    /// Asks the model, and shows what can be read of its reply while it writes it: texts grow, other outputs appear when they are complete. The last
    /// partial prediction carries the whole one. Call the generated overload, which takes the inputs one by one and knows the type.
    /// </summary>
    /// <typeparam name="TPartial">The signature's <c>Partial</c>.</typeparam>
    /// <param name="inputs">The inputs.</param>
    /// <param name="cancellationToken">Stops the model; leaving the loop stops it, too.</param>
    /// <exception cref="ArgumentException"><typeparamref name="TPartial"/> is another type.</exception>
    /// <exception cref="PromptParseException">No reply could be read.</exception>
    public IAsyncEnumerable<TPartial> PredictStreamingAsync<TPartial>(IInputs<T> inputs, CancellationToken cancellationToken = default)
        where TPartial : PartialPrediction<T>
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return T.NewPartial() is TPartial
            ? StreamAsync<TPartial>(inputs, cancellationToken)
            : throw new ArgumentException($"{typeof(TPartial).Name} is not the partial prediction of {T.Descriptor.Name}.");
    }

    private async IAsyncEnumerable<TPartial> StreamAsync<TPartial>(IInputs<T> inputs, [EnumeratorCancellation] CancellationToken cancellationToken)
        where TPartial : PartialPrediction<T>
    {
        int slot = _log?.Begin() ?? 0;
        PromptLayout<T> layout = await LayoutAsync(inputs, cancellationToken).ConfigureAwait(false);
        List<ChatMessage> messages = layout.RenderMessages(inputs);
        Usage usage = default;
        Prediction<T>? prediction = null;
        for (int ask = 1; prediction is null; ask++)
        {
            ReplyStream<T> stream = _layout.Stream(ask);
            UsageDetails? details = null;
            ChatFinishReason? finish = null;
            var others = new List<AIContent>();
            await foreach (ChatResponseUpdate update in _chatClient.GetStreamingResponseAsync(messages, _chatOptions, cancellationToken).ConfigureAwait(false))
            {
                finish = update.FinishReason ?? finish;
                foreach (AIContent content in update.Contents)
                {
                    if (content is UsageContent used)
                    {
                        (details ??= new()).Add(used.Details);
                    }
                    else if (content is TextContent text && stream.Add(text.Text) is { } partial)
                    {
                        yield return (TPartial)partial;
                    }
                    else if (content is ErrorContent or FunctionCallContent)
                    {
                        others.Add(content);
                    }
                }
            }

            usage += Usage.Of(details);
            string reply = stream.Whole();
            try
            {
                prediction = Read(inputs, reply, ReplyEnd.Of(finish, [.. others, new TextContent(reply)]), usage, ask);
            }
            catch (PromptParseException e) when (AskAgain(e, reply, messages, usage, ask))
            {
                continue;
            }

            _log?.End(slot, prediction.Calls[0]);
            yield return (TPartial)stream.Finish(prediction);
        }
    }
}
