using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>How calls other than the chat model's are made: again where that may help, and no more at once than the model bears.</summary>
/// <param name="bound">How many calls may run at once.</param>
/// <param name="retries">How failed calls are made again.</param>
internal sealed class PatientCalls(ConcurrencyBound bound, CallRetries retries)
{
    /// <summary>Makes a call.</summary>
    public Task<T> RunAsync<TState, T>(Func<TState, CancellationToken, Task<T>> call, TState state, CancellationToken cancellationToken) => retries.RunAsync(
        static (given, token) => given.bound.RunAsync(given.call, given.state, token), (bound, call, state), cancellationToken);
}
