using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class BudgetStreamingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_stream_is_passed_on_and_pays_what_the_model_reports()
    {
        var budget = new Budget { Calls = 1 };
        using var client = new BudgetChatClient(new Streaming(), budget);

        Assert.Equal("Yes.", (await client.GetStreamingResponseAsync("Well?", cancellationToken: Ct).ToChatResponseAsync(Ct)).Text);

        Assert.Equal(new Usage(1, 10, 2), budget.Spent);
    }

    [Fact]
    public async Task Over_the_budget_no_stream_is_opened()
    {
        using var model = new Streaming();
        using var client = new BudgetChatClient(model, new Budget { Calls = 0 });

        await Assert.ThrowsAsync<BudgetExceededException>(
            () => client.GetStreamingResponseAsync("Well?", cancellationToken: Ct).ToChatResponseAsync(Ct));

        Assert.Equal(0, model.Opened);
    }

    [Fact]
    public async Task A_stream_that_breaks_is_paid_at_its_upper_bound()
    {
        var budget = new Budget { Tokens = 5000 };
        using var client = new BudgetChatClient(new Streaming { Breaks = true }, budget);

        await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetStreamingResponseAsync("Well?", cancellationToken: Ct).ToChatResponseAsync(Ct));

        Assert.Equal(new Usage(1, PromptTokens.AtMost([new(ChatRole.User, "Well?")], null, 0), 1024), budget.Spent);
    }

    [Fact]
    public async Task A_stream_that_a_budget_further_in_refuses_is_not_paid()
    {
        var outer = new Budget { Calls = 1 };
        using var inner = new BudgetChatClient(new Streaming(), new Budget { Calls = 0 });
        using var client = new BudgetChatClient(inner, outer);

        await Assert.ThrowsAsync<BudgetExceededException>(
            () => client.GetStreamingResponseAsync("Well?", cancellationToken: Ct).ToChatResponseAsync(Ct));

        Assert.Equal(default, outer.Spent);
        Assert.True(outer.Allows(1));
    }

    [Fact]
    public async Task A_stream_that_cannot_be_opened_is_paid_as_a_call()
    {
        var budget = new Budget { Tokens = 5000 };
        using var client = new BudgetChatClient(new ScriptedChatClient(_ => throw new NotSupportedException("It does not stream.")), budget);

        await Assert.ThrowsAsync<NotSupportedException>(
            () => client.GetStreamingResponseAsync("Well?", cancellationToken: Ct).ToChatResponseAsync(Ct));

        Assert.Equal(new Usage(1, 0, 0), budget.Spent);
        Assert.True(budget.Allows(new Usage(1, 5000, 0)));
    }

    [Fact]
    public async Task A_stream_that_is_left_early_is_paid_at_its_upper_bound()
    {
        var budget = new Budget { Tokens = 5000 };
        using var client = new BudgetChatClient(new Streaming(), budget);

        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Well?", cancellationToken: Ct))
        {
            Assert.Equal("Ye", update.Text);
            break;
        }

        Assert.Equal(new Usage(1, PromptTokens.AtMost([new(ChatRole.User, "Well?")], null, 0), 1024), budget.Spent);
    }

    private sealed class Streaming : IChatClient
    {
        public bool Breaks { get; init; }

        public int Opened { get; private set; }

        public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Opened++;
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Ye");
            await Task.Yield();
            if (Breaks)
            {
                throw new HttpRequestException("Gone.");
            }

            yield return new ChatResponseUpdate(ChatRole.Assistant, "s.");
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 10, OutputTokenCount = 2 })]);
        }

        public Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
