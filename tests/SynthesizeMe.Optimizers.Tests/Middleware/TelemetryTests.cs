using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public sealed class TelemetryTests : IDisposable
{
    private const string Secret = "sk-very-secret";

    private readonly Activity _test = new Activity("test").Start();
    private readonly ConcurrentQueue<Activity> _spans = [];
    private readonly ConcurrentQueue<string> _measured = [];
    private readonly ActivityListener _listener;
    private readonly MeterListener _meters = new();

    public TelemetryTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span =>
            {
                // Other tests run at the same time.
                if (span.TraceId == _test.TraceId)
                {
                    _spans.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == Telemetry.Name)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value.ToString(CultureInfo.InvariantCulture), tags));
        _meters.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Measure(instrument, "a time", tags));
        _meters.Start();
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_holds_candidates_which_hold_evaluations_which_hold_calls()
    {
        var judge = Judge.Perfect();
        var search = new BootstrapFewShotWithRandomSearch<Choice> { Metric = Metrics.ExactMatch<Choice>(x => x.Preferred), Candidates = 2 };

        await search.OptimizeAsync(((IPromptProgram<Choice>)judge.Program).WithClient(c => new TelemetryChatClient(c)), Pairs.Of(3), Pairs.Of(3, from: 100), cancellationToken: Ct);

        Activity run = Assert.Single(_spans, s => s.OperationName.StartsWith("run ", StringComparison.Ordinal));
        Assert.Equal(("run BootstrapFewShotWithRandomSearch", _test.SpanId), (run.OperationName, run.ParentSpanId));
        Activity[] candidates = [.. _spans.Where(s => s.OperationName == "candidate")];
        Assert.NotEmpty(candidates);
        Assert.All(candidates, c => Assert.Equal(run.SpanId, c.ParentSpanId));
        Activity[] evaluations = [.. _spans.Where(s => s.OperationName == "evaluation")];
        Activity[] validations = [.. evaluations.Where(e => e.ParentSpanId != run.SpanId)];
        Assert.Equal(3, evaluations.Length - validations.Length);
        Assert.All(candidates, c => Assert.Contains(validations, e => e.ParentSpanId == c.SpanId));
        Assert.Equal(validations.Length, candidates.Sum(c => validations.Count(e => e.ParentSpanId == c.SpanId)));
        Activity[] calls = [.. _spans.Where(s => s.Kind == ActivityKind.Client)];
        Assert.Equal(judge.Calls, calls.Length);
        Assert.All(calls, c => Assert.Contains(evaluations, e => e.SpanId == c.ParentSpanId));
        Assert.All(evaluations, e => Assert.NotNull(e.GetTagItem("gen_ai.evaluation.score.value")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_is_described_by_the_conventions_for_generative_AI(bool streams)
    {
        using var client = new TelemetryChatClient(new ScriptedChatClient("12345678"));
        var options = new ChatOptions { ModelId = $"described-{streams}", MaxOutputTokens = 7 };

        if (streams)
        {
            await client.GetStreamingResponseAsync("12345678", options, Ct).ToChatResponseAsync(Ct);
        }
        else
        {
            await client.GetResponseAsync("12345678", options, Ct);
        }

        Activity span = Assert.Single(_spans);
        Assert.Equal($"chat described-{streams}", span.OperationName);
        Assert.Equal("chat", span.GetTagItem("gen_ai.operation.name"));
        Assert.Equal($"described-{streams}", span.GetTagItem("gen_ai.request.model"));
        Assert.Equal(7, span.GetTagItem("gen_ai.request.max_tokens"));
        Assert.Equal((2L, 2L), (span.GetTagItem("gen_ai.usage.input_tokens"), span.GetTagItem("gen_ai.usage.output_tokens")));
        Assert.Equal(["stop"], Assert.IsType<string[]>(span.GetTagItem("gen_ai.response.finish_reasons")));
        string[] measured = [.. _measured.Where(m => m.Contains($"described-{streams}", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        Assert.Equal(3, measured.Length);
        Assert.StartsWith("gen_ai.client.operation.duration a time ", measured[0], StringComparison.Ordinal);
        Assert.EndsWith("gen_ai.token.type=input", measured[1], StringComparison.Ordinal);
        Assert.EndsWith("gen_ai.token.type=output", measured[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Neither_prompt_nor_reply_nor_key_nor_message_is_ever_in_it(bool fails)
    {
        using var client = new TelemetryChatClient(new ScriptedChatClient(_ => fails ? throw new HttpRequestException($"The key {Secret} is odd.") : Secret));
        var options = new ChatOptions { ModelId = $"secretive-{fails}", Instructions = Secret };

        if (fails)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync(Secret, options, Ct));
        }
        else
        {
            await client.GetResponseAsync(Secret, options, Ct);
        }

        Activity span = Assert.Single(_spans);
        Assert.Equal(fails ? ActivityStatusCode.Error : ActivityStatusCode.Unset, span.Status);
        Assert.Equal(fails ? "System.Net.Http.HttpRequestException" : null, span.GetTagItem("error.type"));
        string all = string.Join('\n', span.TagObjects.Select(t => $"{t.Key}={t.Value}").Append(span.StatusDescription).Concat(_measured));
        Assert.DoesNotContain(Secret, all, StringComparison.Ordinal);
        Assert.Empty(span.Events);
    }

    public void Dispose()
    {
        _meters.Dispose();
        _listener.Dispose();
        _test.Dispose();
    }

    private void Measure(Instrument instrument, string value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        _measured.Enqueue($"{instrument.Name} {value} {string.Join(' ', tags.ToArray().Select(t => $"{t.Key}={t.Value}"))}");
}
