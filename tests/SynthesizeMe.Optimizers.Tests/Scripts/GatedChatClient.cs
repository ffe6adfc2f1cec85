using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>A model that answers when the test lets it, and knows how many calls were under way at once.</summary>
internal sealed class GatedChatClient(Func<Question, string> answer) : IChatClient
{
    private readonly Lock _lock = new();
    private readonly List<TaskCompletionSource> _gates = [];
    private readonly List<(int Count, TaskCompletionSource Signal)> _waiters = [];
    private int _underWay;

    /// <summary>The most calls that were under way at once.</summary>
    public int Peak { get; private set; }

    /// <summary>The calls that have been started.</summary>
    public int Started
    {
        get
        {
            lock (_lock)
            {
                return _gates.Count;
            }
        }
    }

    /// <summary>Ends when so many calls have been started.</summary>
    public Task StartedAsync(int count)
    {
        lock (_lock)
        {
            var signal = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_gates.Count >= count)
            {
                signal.SetResult();
            }
            else
            {
                _waiters.Add((count, signal));
            }

            return signal.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Lets a call have its answer: the first that was started is 0.</summary>
    public void Release(int call)
    {
        lock (_lock)
        {
            _gates[call].TrySetResult();
        }
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        await EnterAsync(cancellationToken);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, answer(new Question([.. messages], options))))
        {
            Usage = new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5 },
        };
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await EnterAsync(cancellationToken);
        yield return new ChatResponseUpdate(ChatRole.Assistant, "Yes.");
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _gates.Add(gate);
            Peak = Math.Max(Peak, ++_underWay);
            foreach ((int _, TaskCompletionSource signal) in _waiters.Where(w => w.Count <= _gates.Count))
            {
                signal.TrySetResult();
            }
        }

        try
        {
            await gate.Task.WaitAsync(cancellationToken);
        }
        finally
        {
            lock (_lock)
            {
                _underWay--;
            }
        }
    }
}
