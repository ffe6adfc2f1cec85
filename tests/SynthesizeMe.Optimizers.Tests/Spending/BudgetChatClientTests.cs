using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class BudgetChatClientTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_pays_what_the_model_reports()
    {
        var budget = new Budget();
        using var client = new BudgetChatClient(new ScriptedChatClient("12345678"), budget);

        await client.GetResponseAsync(new string('x', 40), cancellationToken: Ct);

        Assert.Equal(new Usage(1, 10, 2), budget.Spent);
    }

    [Theory]
    [InlineData("calls")]
    [InlineData("tokens")]
    [InlineData("cost")]
    [InlineData("deadline")]
    public async Task Over_any_limit_the_model_is_not_called(string limit)
    {
        Budget budget = limit switch
        {
            "calls" => new() { Calls = 0 },
            "tokens" => new() { Tokens = 1000 },
            "cost" => new() { Cost = .001m, Price = new TokenPrice(1m, 1m) },
            _ => new() { Deadline = Noon, Time = new FakeTimeProvider(Noon.AddSeconds(1)) },
        };
        using var model = new ScriptedChatClient("Yes.");
        using var client = new BudgetChatClient(model, budget);

        await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("Well?", cancellationToken: Ct));

        Assert.Empty(model.Requests);
        Assert.Equal(default, budget.Spent);
    }

    [Fact]
    public async Task Two_clients_share_one_budget()
    {
        var budget = new Budget { Calls = 2 };
        using var one = new BudgetChatClient(new ScriptedChatClient("1"), budget);
        using var other = new BudgetChatClient(new ScriptedChatClient("2"), budget);
        await one.GetResponseAsync("?", cancellationToken: Ct);
        await other.GetResponseAsync("?", cancellationToken: Ct);

        await Assert.ThrowsAsync<BudgetExceededException>(() => one.GetResponseAsync("?", cancellationToken: Ct));
        await Assert.ThrowsAsync<BudgetExceededException>(() => other.GetResponseAsync("?", cancellationToken: Ct));
    }

    [Fact]
    public async Task Of_200_calls_at_once_against_a_limit_of_50_exactly_50_are_made()
    {
        using var model = new ScriptedChatClient("Yes.");
        var budget = new Budget { Calls = 50 };
        using var client = new BudgetChatClient(model, budget);

        bool[] made = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => TryAsync(client), Ct)));

        Assert.Equal(50, made.Count(m => m));
        Assert.Equal(50, model.Requests.Count);
        Assert.Equal(50, budget.Spent.Calls);
    }

    [Fact]
    public async Task A_call_under_way_takes_its_place_in_the_budget()
    {
        using var model = new GatedChatClient(_ => "Yes.");
        using var client = new BudgetChatClient(model, new Budget { Calls = 1 });
        Task<ChatResponse> first = client.GetResponseAsync("question 1 [[ ## question ## ]]", cancellationToken: Ct);

        await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("?", cancellationToken: Ct));

        model.Release(0);
        await first;
        Assert.Equal(1, model.Started);
    }

    [Fact]
    public async Task Calls_under_way_reserve_the_tokens_they_may_use()
    {
        using var model = new GatedChatClient(_ => "Yes.");
        var budget = new Budget { Tokens = 300, AssumedOutputTokens = 100 };
        using var client = new BudgetChatClient(model, budget);
        string prompt = "question 1 [[ ## question ## ]]".PadRight(50);
        Task<ChatResponse>[] underWay = [client.GetResponseAsync(prompt, cancellationToken: Ct), client.GetResponseAsync(prompt, cancellationToken: Ct)];

        await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync(prompt, cancellationToken: Ct));
        Assert.Equal(2, model.Started);

        model.Release(0);
        model.Release(1);
        await Task.WhenAll(underWay);
        Assert.Equal(new Usage(2, 20, 10), budget.Spent);
        Assert.True(budget.Allows(new Usage(1, 50, 100)));
    }

    [Fact]
    public async Task A_limit_of_the_call_itself_is_what_is_reserved_for_the_reply()
    {
        using var client = new BudgetChatClient(new ScriptedChatClient("Yes."), new Budget { Tokens = 100 });

        await Assert.ThrowsAsync<BudgetExceededException>(
            () => client.GetResponseAsync("Well?", new ChatOptions { MaxOutputTokens = 96 }, Ct));
        await client.GetResponseAsync("Well?", new ChatOptions { MaxOutputTokens = 95 }, Ct);
    }

    [Fact]
    public async Task A_prompt_without_text_reserves_its_reply_all_the_same()
    {
        using var model = new ScriptedChatClient("Yes.");
        using var client = new BudgetChatClient(model, new Budget { Tokens = 10, AssumedOutputTokens = 20 });
        var picture = new ChatMessage(ChatRole.User, [new DataContent("data:image/png;base64,AAAA")]);

        await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync(picture, cancellationToken: Ct));

        Assert.Empty(model.Requests);
    }

    [Fact]
    public async Task A_limit_on_cost_without_a_price_is_told_before_the_call()
    {
        using var model = new ScriptedChatClient("Yes.");
        using var client = new BudgetChatClient(model, new Budget { Cost = 1m });

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync("Well?", cancellationToken: Ct));

        Assert.Empty(model.Requests);
    }

    [Fact]
    public async Task A_failed_call_is_paid_as_a_call()
    {
        var budget = new Budget { Calls = 3, Tokens = 5000 };
        using var client = new BudgetChatClient(new ScriptedChatClient(_ => throw new HttpRequestException("Gone.")), budget);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync("Well?", cancellationToken: Ct));

        Assert.Equal(new Usage(1, 0, 0), budget.Spent);
        Assert.True(budget.Allows(new Usage(2, 0, 5000)));
    }

    [Fact]
    public async Task A_call_that_a_budget_further_in_refuses_is_not_paid()
    {
        var outer = new Budget { Tokens = 2000 };
        using var inner = new BudgetChatClient(new ScriptedChatClient("Yes."), new Budget { Calls = 0 });
        using var client = new BudgetChatClient(inner, outer);

        await Assert.ThrowsAsync<BudgetExceededException>(() => client.GetResponseAsync("Well?", cancellationToken: Ct));

        Assert.Equal(default, outer.Spent);
        Assert.True(outer.Allows(new Usage(1, 2000, 0)));
    }

    [Fact]
    public async Task A_cancelled_call_is_paid_and_gives_back_what_it_reserved()
    {
        using var model = new GatedChatClient(_ => "Yes.");
        var budget = new Budget { Tokens = 2000 };
        using var client = new BudgetChatClient(model, budget);
        using var cancellation = new CancellationTokenSource();
        Task<ChatResponse> call = client.GetResponseAsync("Well?", cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(new Usage(1, 0, 0), budget.Spent);
        Assert.True(budget.Allows(new Usage(1, 2000, 0)));
    }

    [Fact]
    public async Task A_second_ask_is_a_call_of_its_own()
    {
        using var model = new ScriptedChatClient(Judge.Nonsense);
        var budget = new Budget { Calls = 1 };
        IPromptProgram<Choice> program = Choice.ChainOfThought(model);
        program = program.WithClient(client => new BudgetChatClient(client, budget));

        await Assert.ThrowsAsync<BudgetExceededException>(() => program.PredictAsync(Pairs.One(1, Side.First).Value.ToInputs(), Ct));

        Assert.Single(model.Requests);
    }

    private static async Task<bool> TryAsync(BudgetChatClient client)
    {
        try
        {
            await client.GetResponseAsync("Well?", cancellationToken: Ct);
            return true;
        }
        catch (BudgetExceededException)
        {
            return false;
        }
    }
}
