using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class MeteredChatClientTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_is_lost_when_many_count_at_once()
    {
        var meter = new UsageMeter();
        IChatClient[] clients = [.. Enumerable.Range(0, 4).Select(_ => new MeteredChatClient(new ScriptedChatClient("12345678"), meter))];

        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i => Task.Run(
            () => i % 2 == 0
                ? clients[i % 4].GetResponseAsync("12345678", new ChatOptions { ModelId = $"m{i % 3}" }, Ct)
                : clients[i % 4].GetStreamingResponseAsync("12345678", new ChatOptions { ModelId = $"m{i % 3}" }, Ct).ToChatResponseAsync(Ct),
            Ct)));

        UsageReading reading = meter.Read();
        Assert.Equal(new Usage(2000, 4000, 4000), reading.Answered);
        Assert.Equal(["m0", "m1", "m2"], reading.ByModel.Keys);
        Assert.Equal(reading.Answered, reading.ByModel.Values.Aggregate(default(Usage), Usage.Add));
    }

    [Fact]
    public async Task What_failed_and_what_was_left_is_counted_apart()
    {
        var meter = new UsageMeter();
        using var failing = new MeteredChatClient(new ScriptedChatClient(_ => throw new TimeoutException()), meter);
        using var left = new MeteredChatClient(new ScriptedChatClient("Yes.") { Pieces = _ => ["Ye", "s."] }, meter);

        await Assert.ThrowsAsync<TimeoutException>(() => failing.GetResponseAsync("Well?", cancellationToken: Ct));
        await foreach (ChatResponseUpdate update in left.GetStreamingResponseAsync("Well?", cancellationToken: Ct))
        {
            break;
        }

        Assert.Equal((default, 2L), (meter.Read().Answered, meter.Read().Failed));
    }
}
