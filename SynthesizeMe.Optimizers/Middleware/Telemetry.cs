using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// The one activity source and the one meter of this library, for OpenTelemetry or any other listener. Runs, candidates, evaluations and calls are
/// spans; names follow OpenTelemetry's conventions for generative AI where there are any. No prompt, reply, example, key or message of an exception
/// is ever in them, and there is no switch that puts them there.
/// </summary>
public static class Telemetry
{
    /// <summary>The name of the source and of the meter.</summary>
    public const string Name = "SynthesizeMe";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Retries = Meter.CreateCounter<long>("synthesizeme.call.retries", "{retry}", "Calls made again, by why they had failed.");
    private static readonly Counter<long> Candidates = Meter.CreateCounter<long>("synthesizeme.candidates", "{candidate}", "Batches of evaluations of a candidate.");
    private static readonly Histogram<double> RunDuration = Meter.CreateHistogram<double>("synthesizeme.run.duration", "s", "How long an optimizer ran.");
    private static readonly Histogram<double> EvaluationDuration =
        Meter.CreateHistogram<double>("synthesizeme.evaluation.duration", "s", "How long a program took for one example, calls included.");

    internal static readonly Histogram<double> CallDuration =
        Meter.CreateHistogram<double>("gen_ai.client.operation.duration", "s", "How long a call to a model took.");

    internal static readonly Histogram<long> CallTokens =
        Meter.CreateHistogram<long>("gen_ai.client.token.usage", "{token}", "How many tokens a call used.");

    internal static void Retried(FaultKind kind) => Retries.Add(1, new KeyValuePair<string, object?>("error.type", kind.ToString()));

    /// <summary>A run of an optimizer; dispose it at the end.</summary>
    internal static Span Run(string optimizer, string signature) =>
        new Span(Source.StartActivity($"run {optimizer}"), RunDuration).With("synthesizeme.optimizer", optimizer).With("synthesizeme.signature", signature);

    /// <summary>A batch of evaluations of one candidate; dispose it at the end.</summary>
    internal static Span Candidate(string name)
    {
        Candidates.Add(1);
        return new Span(Source.StartActivity("candidate"), null).With("synthesizeme.candidate", name);
    }

    /// <summary>One example that a program is run on; dispose it at the end.</summary>
    internal static Span Evaluation(string signature) => new Span(Source.StartActivity("evaluation"), EvaluationDuration).With("synthesizeme.signature", signature);

    internal static Activity? Call(string model) => Source.HasListeners() ? Source.StartActivity($"chat {model}", ActivityKind.Client) : null;

    /// <summary>A span that is measured, too.</summary>
    internal readonly struct Span(Activity? activity, Histogram<double>? duration) : IDisposable
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public Activity? Activity => activity;

        public Span With(string key, object? value)
        {
            activity?.SetTag(key, value);
            return this;
        }

        /// <summary>Says that it failed: by the kind of failure, not by its message, which may hold anything.</summary>
        public void Failed(Exception exception) => Fail(activity, exception);

        public void Dispose()
        {
            duration?.Record(Stopwatch.GetElapsedTime(_start).TotalSeconds);
            activity?.Dispose();
        }
    }

    internal static void Fail(Activity? activity, Exception exception) =>
        activity?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.GetType().FullName);
}
