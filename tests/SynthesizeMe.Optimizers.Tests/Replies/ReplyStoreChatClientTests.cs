using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class ReplyStoreChatClientTests
{
    private const string Gated = "[[ ## question ## ]]\nquestion 1";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_answered_once_by_the_model_and_then_from_the_store()
    {
        using var place = new TemporaryStore();
        using var model = new ScriptedChatClient("first", "second");
        using ReplyStore store = place.Open();
        using IChatClient client = model.AsBuilder().UseReplyStore(store).Build();

        ChatResponse asked = await client.GetResponseAsync("Well?", cancellationToken: Ct);
        ChatResponse replayed = await client.GetResponseAsync("Well?", cancellationToken: Ct);

        Assert.Single(model.Requests);
        Assert.Equal((asked.Text, asked.FinishReason, asked.Usage!.InputTokenCount, asked.Usage.OutputTokenCount), (replayed.Text, replayed.FinishReason, replayed.Usage!.InputTokenCount, replayed.Usage.OutputTokenCount));
        Assert.Equal("first", replayed.Text);
        Assert.Same(store, client.GetService<ReplyStore>());
    }

    [Fact]
    public async Task Each_rollout_has_a_reply_of_its_own_and_the_model_does_not_see_its_number()
    {
        using var place = new TemporaryStore();
        List<ChatOptions?> seen = [];
        int calls = 0;
        using IChatClient client = new ScriptedChatClient((_, options) =>
        {
            seen.Add(options);
            return $"reply {++calls}";
        }).UseReplyStore(place.Path);

        string[] replies = [.. await Task.WhenAll(((int[])[0, 1, 2, 0, 1, 2]).Select(async rollout =>
        {
            ChatOptions options = Rollout.With(new ChatOptions { Temperature = 1, AdditionalProperties = new() { ["kept"] = true } }, rollout);
            string text = (await client.GetResponseAsync("Well?", options, Ct)).Text;
            Assert.Equal(rollout, Rollout.Of(options));
            return text;
        }))];

        Assert.Equal(["reply 1", "reply 2", "reply 3", "reply 1", "reply 2", "reply 3"], replies);
        Assert.All(seen, options => Assert.Equal((1f, 0, "kept"), (options!.Temperature, Rollout.Of(options), Assert.Single(options.AdditionalProperties!.Keys))));
    }

    [Fact]
    public async Task Eight_equal_concurrent_calls_are_one()
    {
        using var place = new TemporaryStore();
        using var model = new GatedChatClient(_ => "Yes.");
        using IChatClient client = model.UseReplyStore(place.Path);

        Task<ChatResponse>[] calls = [.. Enumerable.Range(0, 8).Select(_ => client.GetResponseAsync(Gated, cancellationToken: Ct))];
        await model.StartedAsync(1);
        model.Release(0);
        ChatResponse[] replies = await Task.WhenAll(calls);

        Assert.Equal(1, model.Started);
        Assert.All(replies, reply => Assert.Equal(("Yes.", 10L), (reply.Text, reply.Usage!.InputTokenCount)));
        Assert.Equal(8, replies.Distinct(ReferenceEqualityComparer.Instance).Count());
        Assert.Equal((7L, 1L), (client.GetService<ReplyStore>()!.Statistics().Hits, client.GetService<ReplyStore>()!.Statistics().Misses));
    }

    [Fact]
    public async Task A_caller_that_is_cancelled_takes_no_other_with_it()
    {
        using var place = new TemporaryStore();
        using var stop = new CancellationTokenSource();
        using var model = new GatedChatClient(_ => "Yes.");
        using IChatClient client = model.UseReplyStore(place.Path);

        Task<ChatResponse> leader = client.GetResponseAsync(Gated, cancellationToken: stop.Token);
        await model.StartedAsync(1);
        Task<ChatResponse> other = client.GetResponseAsync(Gated, cancellationToken: Ct);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leader);
        model.Release(0);

        Assert.Equal("Yes.", (await other).Text);
        Assert.Equal(1, model.Started);
    }

    [Fact]
    public async Task A_call_that_nobody_waits_for_is_broken_off()
    {
        using var place = new TemporaryStore();
        using var stop = new CancellationTokenSource();
        var broken = new TaskCompletionSource();
        using IChatClient client = new Waiting(broken).UseReplyStore(place.Path);

        Task<ChatResponse> call = client.GetResponseAsync("Well?", cancellationToken: stop.Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await broken.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
    }

    [Fact]
    public async Task A_failed_call_is_not_kept()
    {
        using var place = new TemporaryStore();
        int calls = 0;
        using IChatClient client = new ScriptedChatClient(_ => ++calls == 1 ? throw new HttpRequestException("the cable is out") : "Yes.").UseReplyStore(place.Path);

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetResponseAsync("Well?", cancellationToken: Ct));

        Assert.Equal("Yes.", (await client.GetResponseAsync("Well?", cancellationToken: Ct)).Text);
        Assert.Equal(1, client.GetService<ReplyStore>()!.Statistics().Entries);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.NegativeInfinity)]
    public async Task A_reply_is_kept_without_a_number_that_JSON_has_not(double number)
    {
        using var place = new TemporaryStore();
        using var model = new ScriptedChatClient("first", "second");
        using IChatClient client = Marked(model, reply => reply.AdditionalProperties = new() { ["avg_logprob"] = number, ["rank"] = 1 }).UseReplyStore(place.Path);

        ChatResponse asked = await client.GetResponseAsync("Well?", cancellationToken: Ct);
        ChatResponse replayed = await client.GetResponseAsync("Well?", cancellationToken: Ct);

        Assert.Equal(("first", "first"), (asked.Text, replayed.Text));
        Assert.Equal(number, asked.AdditionalProperties!["avg_logprob"]);
        Assert.Equal("rank", Assert.Single(replayed.AdditionalProperties!.Keys));
    }

    [Fact]
    public async Task A_reply_that_cannot_be_kept_is_given_all_the_same()
    {
        using var place = new TemporaryStore();
        using var model = new ScriptedChatClient("first", "second");
        using IChatClient client = Marked(model, reply => reply.Messages[0].Contents[0].AdditionalProperties = new() { ["logprob"] = double.NaN }).UseReplyStore(place.Path);

        Assert.Equal("first", (await client.GetResponseAsync("Well?", cancellationToken: Ct)).Text);
        Assert.Equal("second", (await client.GetResponseAsync("Well?", cancellationToken: Ct)).Text);
    }

    [Fact]
    public async Task A_request_without_an_address_goes_to_the_model_every_time()
    {
        using var place = new TemporaryStore();
        using var model = new ScriptedChatClient("first", "second");
        using IChatClient client = model.UseReplyStore(place.Path);
        var options = new ChatOptions { ConversationId = "kept by the server" };

        Assert.Equal("first", (await client.GetResponseAsync("Well?", options, Ct)).Text);
        Assert.Equal("second", (await client.GetResponseAsync("Well?", options, Ct)).Text);
    }

    [Fact]
    public async Task A_stream_is_passed_on_kept_and_given_again()
    {
        using var place = new TemporaryStore();
        var model = new Streaming("Well", ", ", "yes.");
        using IChatClient client = model.UseReplyStore(place.Path);

        string[] first = [.. (await ReadAsync(client)).Select(u => u.Text).Where(t => t.Length > 0)];
        ChatResponse again = (await ReadAsync(client)).ToChatResponse();
        ChatResponse whole = await client.GetResponseAsync("Well?", cancellationToken: Ct);

        Assert.Equal(["Well", ", ", "yes."], first);
        Assert.Equal(("Well, yes.", 10L, "Well, yes.", 10L), (again.Text, again.Usage!.InputTokenCount, whole.Text, whole.Usage!.InputTokenCount));
        Assert.Equal(1, model.Calls);
    }

    [Fact]
    public async Task A_stream_that_is_left_is_not_kept()
    {
        using var place = new TemporaryStore();
        var gate = new TaskCompletionSource();
        var model = new Streaming("Well", ", ", "yes.") { Gate = gate.Task };
        using IChatClient client = model.UseReplyStore(place.Path);

        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync("Well?", cancellationToken: Ct))
        {
            break;
        }

        await model.Broken.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
        gate.SetResult();
        Assert.Equal("Well, yes.", (await ReadAsync(client)).ToChatResponse().Text);
        Assert.Equal(2, model.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_reply_from_the_store_charges_no_budget_wherever_the_budget_is(bool budgetOutside)
    {
        using var place = new TemporaryStore();
        var budget = new Budget { Calls = 1 };
        IChatClient Pipeline() => budgetOutside
            ? new BudgetChatClient(Model().UseReplyStore(place.Path), budget)
            : new BudgetChatClient(Model(), budget).UseReplyStore(place.Path);
        for (int run = 0; run < 3; run++)
        {
            using IChatClient client = Pipeline();
            await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => client.GetResponseAsync(new string('x', 40), cancellationToken: Ct)));
            await ReadAsync(client, new string('x', 40));
        }

        using IChatClient last = Pipeline();
        await Assert.ThrowsAsync<BudgetExceededException>(() => last.GetResponseAsync("something new", cancellationToken: Ct));
        await Assert.ThrowsAsync<BudgetExceededException>(() => ReadAsync(last, "something else"));
        Assert.Equal(new Usage(1, 10, 2), budget.Spent);

        static ScriptedChatClient Model() => new("12345678");
    }

    [Fact]
    public async Task Another_callers_deadline_is_not_this_ones()
    {
        using var place = new TemporaryStore();
        using var store = ReplyStore.Open(place.Path);
        var clock = new FakeTimeProvider();
        var asked = new TaskCompletionSource();
        int calls = 0;
        using IChatClient model = new ScriptedChatClient("Yes.").AsBuilder().Use(
            async (messages, options, inner, token) =>
            {
                if (Interlocked.Increment(ref calls) == 1)
                {
                    asked.SetResult();
                    await Task.Delay(Timeout.Infinite, token);
                }

                return await inner.GetResponseAsync(messages, options, token);
            },
            null).Build();
        using var hurried = new BudgetChatClient(new ReplyStoreChatClient(model, store), new Budget { Deadline = clock.GetUtcNow().AddMinutes(1), Time = clock });
        using var patient = new ReplyStoreChatClient(model, store);

        Task<ChatResponse> first = hurried.GetResponseAsync("Well?", cancellationToken: Ct);
        await asked.Task.WaitAsync(Ct);
        Task<ChatResponse> second = patient.GetResponseAsync("Well?", cancellationToken: Ct);
        clock.Advance(TimeSpan.FromMinutes(2));

        await Assert.ThrowsAsync<BudgetExceededException>(() => first);
        Assert.Equal("Yes.", (await second).Text);
    }

    [Fact]
    public async Task A_budget_pays_though_something_on_the_way_drops_its_options()
    {
        using var place = new TemporaryStore();
        var budget = new Budget();
        IChatClient dropping = new ScriptedChatClient("12345678").UseReplyStore(place.Path).AsBuilder()
            .Use((messages, _, inner, token) => inner.GetResponseAsync(messages, new ChatOptions(), token), null).Build();
        using var client = new BudgetChatClient(dropping, budget);

        await client.GetResponseAsync(new string('x', 40), cancellationToken: Ct);

        Assert.Equal(new Usage(1, 10, 2), budget.Spent);
    }

    [Fact]
    public async Task A_search_tells_what_it_has_used_whoever_paid_for_it()
    {
        using var place = new TemporaryStore();
        OptimizationResult<Choice>[] results = new OptimizationResult<Choice>[2];
        Budget[] budgets = [new(), new()];
        for (int run = 0; run < 2; run++)
        {
            using IChatClient client = Judge.Lucky(11, .6).Client.UseReplyStore(place.Path);
            var search = new BootstrapFewShotWithRandomSearch<Choice> { Metric = Pairs.Right, Candidates = 3 };
            results[run] = await search.OptimizeAsync(
                Choice.ChainOfThought(client), Pairs.BothOrders(6), Pairs.BothOrders(3, from: 100), budgets[run], cancellationToken: Ct);
        }

        Assert.Equal(results[0].Usage, results[1].Usage);
        Assert.Equal(ProgramStateJson.Write(results[0].Best.State), ProgramStateJson.Write(results[1].Best.State));
        Assert.True(budgets[0].Spent.Calls > 0);
        Assert.Equal(default, budgets[1].Spent);
    }

    /// <summary>A model whose replies are marked before they are given.</summary>
    private static IChatClient Marked(IChatClient model, Action<ChatResponse> mark) => model.AsBuilder()
        .Use(
            async (messages, options, inner, token) =>
            {
                ChatResponse reply = await inner.GetResponseAsync(messages, options, token);
                mark(reply);
                return reply;
            },
            null)
        .Build();

    private static async Task<List<ChatResponseUpdate>> ReadAsync(IChatClient client, string prompt = "Well?")
    {
        var updates = new List<ChatResponseUpdate>();
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(prompt, cancellationToken: Ct))
        {
            updates.Add(update);
        }

        return updates;
    }

    private sealed class Waiting(TaskCompletionSource broken) : DelegatingChatClient(new ScriptedChatClient("never"))
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                broken.SetResult();
            }

            return new();
        }
    }

    private sealed class Streaming(params string[] pieces) : DelegatingChatClient(new ScriptedChatClient("never"))
    {
        public int Calls { get; private set; }

        public Task Gate { get; init; } = Task.CompletedTask;

        public TaskCompletionSource Broken { get; } = new();

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages,
            ChatOptions? options = null,
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            Calls++;
            foreach (string piece in pieces)
            {
                yield return new ChatResponseUpdate(ChatRole.Assistant, piece);
                try
                {
                    await Gate.WaitAsync(cancellationToken);
                }
                catch (OperationCanceledException)
                {
                    Broken.SetResult();
                    throw;
                }
            }

            yield return new ChatResponseUpdate { Contents = [new UsageContent(new UsageDetails { InputTokenCount = 10, OutputTokenCount = 5 })] };
        }
    }
}
