using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>Makes a span and two measurements of every call, see <see cref="Telemetry"/>. What is said and answered is not in them.</summary>
public sealed class TelemetryChatClient : DelegatingChatClient
{
    private readonly ChatClientMetadata? _metadata;

    /// <summary>Creates the client.</summary>
    /// <param name="innerClient">The model.</param>
    public TelemetryChatClient(IChatClient innerClient)
        : base(innerClient) => _metadata = innerClient.GetService<ChatClientMetadata>();

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        using var call = new Call(_metadata, options);
        try
        {
            ChatResponse response = await base.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
            call.Answered(response.ModelId, response.FinishReason, response.Usage);
            return response;
        }
        catch (Exception e)
        {
            call.Failed(e);
            throw;
        }
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var call = new Call(_metadata, options);
        string? model = null;
        ChatFinishReason? finish = null;
        UsageDetails? used = null;
        IAsyncEnumerator<ChatResponseUpdate> updates =
            base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable disposal = updates.ConfigureAwait(false);
        while (await NextAsync().ConfigureAwait(false))
        {
            ChatResponseUpdate update = updates.Current;
            model ??= update.ModelId;
            finish = update.FinishReason ?? finish;
            StreamedUsage.Add(ref used, update);
            yield return update;
        }

        call.Answered(model, finish, used);

        async Task<bool> NextAsync()
        {
            try
            {
                return await updates.MoveNextAsync().ConfigureAwait(false);
            }
            catch (Exception e)
            {
                call.Failed(e);
                throw;
            }
        }
    }

    private sealed class Call : IDisposable
    {
        private readonly long _start = Stopwatch.GetTimestamp();
        private readonly Activity? _activity;
        private TagList _tags;

        public Call(ChatClientMetadata? metadata, ChatOptions? options)
        {
            string model = options?.ModelId ?? metadata?.DefaultModelId ?? "unknown";
            _tags = new()
            {
                { "gen_ai.operation.name", "chat" },
                { "gen_ai.provider.name", metadata?.ProviderName ?? "unknown" },
                { "gen_ai.request.model", model },
            };
            _activity = Telemetry.Call(model);
            if (_activity is not { IsAllDataRequested: true } activity)
            {
                return;
            }

            foreach ((string key, object? value) in _tags)
            {
                activity.SetTag(key, value);
            }

            activity.SetTag("gen_ai.request.max_tokens", options?.MaxOutputTokens)
                .SetTag("gen_ai.request.temperature", options?.Temperature)
                .SetTag("server.address", metadata?.ProviderUri?.Host)
                .SetTag("server.port", metadata?.ProviderUri?.Port);
        }

        public void Answered(string? model, ChatFinishReason? finish, UsageDetails? used)
        {
            _activity?.SetTag("gen_ai.response.model", model)
                .SetTag("gen_ai.response.finish_reasons", finish is { } reason ? new[] { reason.Value } : null)
                .SetTag("gen_ai.usage.input_tokens", used?.InputTokenCount)
                .SetTag("gen_ai.usage.output_tokens", used?.OutputTokenCount);
            Count(used?.InputTokenCount, "input");
            Count(used?.OutputTokenCount, "output");
        }

        public void Failed(Exception exception)
        {
            Telemetry.Fail(_activity, exception);
            _tags.Add("error.type", exception.GetType().FullName);
        }

        public void Dispose()
        {
            Telemetry.CallDuration.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds, _tags);
            _activity?.Dispose();
        }

        private void Count(long? tokens, string type)
        {
            if (tokens is { } count && Telemetry.CallTokens.Enabled)
            {
                TagList tags = _tags;
                tags.Add("gen_ai.token.type", type);
                Telemetry.CallTokens.Record(count, tags);
            }
        }
    }
}
