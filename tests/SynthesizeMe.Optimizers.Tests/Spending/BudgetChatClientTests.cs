using CsCheck;
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
    public async Task A_call_waits_for_those_under_way_whose_reserved_tokens_are_in_its_way()
    {
        using var model = new GatedChatClient(_ => "Yes.");
        string prompt = "question 1 [[ ## question ## ]]".PadRight(50);
        long bound = PromptTokens.AtMost([new(ChatRole.User, prompt)], null, 0) + 100;
        var budget = new Budget { Tokens = (3 * bound) - 1, AssumedOutputTokens = 100 };
        using var client = new BudgetChatClient(model, budget);
        Task<ChatResponse>[] calls = [.. Enumerable.Range(0, 3).Select(_ => client.GetResponseAsync(prompt, cancellationToken: Ct))];
        Assert.Equal(2, model.Started);

        model.Release(0);
        await model.StartedAsync(3);
        model.Release(1);
        model.Release(2);
        await Task.WhenAll(calls);

        Assert.Equal(new Usage(3, 30, 15), budget.Spent);
    }

    [Fact]
    public async Task Waiting_for_tokens_can_be_cancelled()
    {
        using var model = new GatedChatClient(_ => "Yes.");
        using var client = new BudgetChatClient(model, new Budget { Tokens = 1200 });
        using var cancellation = new CancellationTokenSource();
        Task<ChatResponse> first = client.GetResponseAsync("question 1 [[ ## question ## ]]", cancellationToken: Ct);
        Task<ChatResponse> waiting = client.GetResponseAsync("question 1 [[ ## question ## ]]", cancellationToken: cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        model.Release(0);
        await first;
        Assert.Equal(1, model.Started);
    }

    [Fact]
    public async Task A_limit_of_the_call_itself_is_what_is_reserved_for_the_reply()
    {
        var limits = new List<int?>();
        using var model = new ScriptedChatClient((_, options) =>
        {
            limits.Add(options?.MaxOutputTokens);
            return "Yes.";
        });
        long prompt = PromptTokens.AtMost([new(ChatRole.User, "Well?")], null, 0);
        using var client = new BudgetChatClient(model, new Budget { Tokens = prompt + 95 });

        await Assert.ThrowsAsync<BudgetExceededException>(
            () => client.GetResponseAsync("Well?", new ChatOptions { MaxOutputTokens = 96 }, Ct));
        await client.GetResponseAsync("Well?", new ChatOptions { MaxOutputTokens = 95 }, Ct);

        Assert.Equal([95], limits);
    }

    [Theory]
    [InlineData(true, 70)]
    [InlineData(false, null)]
    public async Task A_reply_is_kept_to_what_was_reserved_for_it_where_tokens_are_limited(bool limited, int? expected)
    {
        ChatOptions? sent = null;
        using var model = new ScriptedChatClient((_, options) =>
        {
            sent = options;
            return "Yes.";
        });
        var own = new ChatOptions { Temperature = .5f };
        using var client = new BudgetChatClient(model, new Budget { Tokens = limited ? 1000 : null, Calls = 5, AssumedOutputTokens = 70 });

        await client.GetResponseAsync("Well?", own, Ct);

        Assert.Equal((expected, .5f), (sent!.MaxOutputTokens, sent.Temperature));
        Assert.Null(own.MaxOutputTokens);
    }

    [Fact]
    public async Task A_reply_whose_usage_is_not_reported_pays_all_it_reserved()
    {
        var budget = new Budget { Tokens = 1000, AssumedOutputTokens = 100 };
        using var client = new BudgetChatClient(new Silent(), budget);

        await client.GetResponseAsync("Well?", cancellationToken: Ct);

        Assert.Equal(new Usage(1, PromptTokens.AtMost([new(ChatRole.User, "Well?")], null, 0), 100), budget.Spent);
    }

    [Fact]
    public async Task A_call_to_a_model_without_a_price_is_not_made()
    {
        using var model = new ScriptedChatClient("Yes.");
        using var client = new BudgetChatClient(model, new Budget { Cost = 1, Prices = PriceTable.Empty.With("small-*", new(1, 1)) });

        InvalidOperationException e = await Assert.ThrowsAsync<InvalidOperationException>(
            () => client.GetResponseAsync("Well?", new ChatOptions { ModelId = "large-1" }, Ct));
        await client.GetResponseAsync("Well?", new ChatOptions { ModelId = "small-1" }, Ct);

        Assert.Contains("'large-1'", e.Message, StringComparison.Ordinal);
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task A_call_under_way_at_the_deadline_is_broken_off()
    {
        var clock = new FakeTimeProvider(Noon);
        using var model = new GatedChatClient(_ => "Yes.");
        using var client = new BudgetChatClient(model, new Budget { Deadline = Noon.AddMinutes(1), Time = clock });
        Task<ChatResponse> call = client.GetResponseAsync("question 1 [[ ## question ## ]]", cancellationToken: Ct);
        Task<ChatResponse> stream = client.GetStreamingResponseAsync("question 1 [[ ## question ## ]]", cancellationToken: Ct).ToChatResponseAsync(Ct);
        await model.StartedAsync(2);

        clock.Advance(TimeSpan.FromMinutes(1));

        BudgetExceededException e = await Assert.ThrowsAsync<BudgetExceededException>(() => call);
        await Assert.ThrowsAsync<BudgetExceededException>(() => stream);
        Assert.Contains("the deadline", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_many_calls_at_once_use_no_limit_is_exceeded() =>
        Gen.Select(Gen.Int[0, 4000], Gen.Int[1, 300], Gen.Int[1, 40].Array[1, 40]).Sample(
            (tokens, longest, replies) =>
            {
                int next = -1;
                using var model = new ScriptedChatClient(_ => new string('x', 4 * Math.Min(longest, replies[Interlocked.Increment(ref next)])));
                var budget = new Budget { Tokens = tokens, AssumedOutputTokens = longest, Cost = 500, Price = new(1_000_000m, 1_000_000m) };
                using var client = new BudgetChatClient(model, budget);
                Task.WhenAll(replies.Select(_ => Task.Run(() => TryAsync(client)))).GetAwaiter().GetResult();
                return budget.Spent.TotalTokenCount <= tokens && budget.SpentCost <= 500 && budget.Spent.Calls == model.Requests.Count;
            },
            iter: 100);

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

    /// <summary>Answers without telling what it used.</summary>
    private sealed class Silent() : DelegatingChatClient(new ScriptedChatClient("Yes."))
    {
        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Yes.")));
    }
}
