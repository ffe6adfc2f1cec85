using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class ReplyStoreTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_reply_is_there_when_the_file_is_opened_again()
    {
        using var place = new TemporaryStore();
        using (ReplyStore store = place.Open())
        {
            Assert.True(await store.AddAsync(Key("?"), Reply("Yes.", 30, 7)));
            Assert.False(await store.AddAsync(Key("?"), Reply("No.")));
        }

        using ReplyStore again = place.Open();
        ChatResponse? reply = again.Find(Key("?"));

        Assert.Null(again.SetAside);
        Assert.Equal(("Yes.", ChatFinishReason.Stop, 30L, 7L), (reply!.Text, reply.FinishReason, reply.Usage!.InputTokenCount, reply.Usage.OutputTokenCount));
        Assert.Null(again.Find(Key("??")));
    }

    [Fact]
    public async Task Two_stores_on_one_file_see_each_others_replies()
    {
        using var place = new TemporaryStore();
        using ReplyStore one = place.Open();
        using ReplyStore other = place.Open();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? one : other).AddAsync(Key($"{i}"), Reply($"{i}"))));

        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal($"{i}", (i % 2 == 0 ? other : one).Find(Key($"{i}"))!.Text));
        Assert.Equal(200, one.Statistics().Entries);
    }

    [Fact]
    public async Task Neither_prompts_nor_secrets_are_in_the_file()
    {
        using var place = new TemporaryStore();
        var endpoint = new ChatClientMetadata("openai", new Uri("https://ann:hunter2@secret-host.example/v1?key=sk-secret"), "m");
        ReplyKey key = ReplyKey.Of(endpoint, [new(ChatRole.User, "my diary")], new ChatOptions { AdditionalProperties = new() { ["api-key"] = "sk-other" } })!.Value;
        using (ReplyStore store = place.Open())
        {
            await store.AddAsync(key, Reply("Fine."), "openai");
            string all = string.Concat(place.Files.Select(f => Encoding.Latin1.GetString(ReadShared(place[f]))));

            Assert.Contains("Fine.", all, StringComparison.Ordinal);
            Assert.All((string[])["hunter2", "sk-secret", "sk-other", "my diary", "secret-host"], s => Assert.DoesNotContain(s, all, StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("this is no database, but it has the name of a store")]
    [InlineData("SQLite format 3\0 and then nonsense, more than a hundred bytes of it, so that there is a header and it makes no sense at all.")]
    public void A_broken_store_is_set_aside_and_named(string content)
    {
        using var place = new TemporaryStore();
        File.WriteAllText(place.Path, content);
        File.WriteAllText(place["replies.sqlite.broken"], "an earlier one");

        using ReplyStore store = place.Open();

        Assert.Equal(place["replies.sqlite.broken-2"], store.SetAside);
        Assert.Equal(content, File.ReadAllText(store.SetAside!));
        Assert.Equal("an earlier one", File.ReadAllText(place["replies.sqlite.broken"]));
        Assert.Equal(0, store.Statistics().Entries);
    }

    [Fact]
    public async Task A_store_with_a_page_of_nonsense_is_set_aside()
    {
        using var place = new TemporaryStore();
        using (ReplyStore store = place.Open())
        {
            await Task.WhenAll(Enumerable.Range(0, 100).Select(i => store.AddAsync(Key($"{i}"), Reply(new string('x', 900)))));
        }

        byte[] bytes = File.ReadAllBytes(place.Path);
        bytes.AsSpan(bytes.Length / 2, 8000).Fill(0xA5);
        File.WriteAllBytes(place.Path, bytes);

        using ReplyStore begun = place.Open();

        Assert.Equal(place["replies.sqlite.broken"], begun.SetAside);
        Assert.Equal(bytes, File.ReadAllBytes(begun.SetAside!));
    }

    [Fact]
    public void A_file_that_may_be_anything_is_left_as_it_is()
    {
        using var place = new TemporaryStore();
        File.WriteAllText(place["people.jsonl"], "{}");

        ReplyStoreException e = Assert.Throws<ReplyStoreException>(() => ReplyStore.Open(place["people.jsonl"]));

        Assert.Contains("people.jsonl: is not a reply store, or is damaged. It was left as it is", e.Message, StringComparison.Ordinal);
        Assert.Equal("{}", File.ReadAllText(place["people.jsonl"]));
    }

    [Fact]
    public void A_database_of_another_program_is_left_as_it_is()
    {
        using var place = new TemporaryStore();
        place.Run("CREATE TABLE theirs (x)");

        ReplyStoreException e = Assert.Throws<ReplyStoreException>(() => place.Open());

        Assert.Contains("is a database of another program", e.Message, StringComparison.Ordinal);
        place.Run("INSERT INTO theirs VALUES (1)");
    }

    [Fact]
    public void A_newer_store_is_refused_and_left_as_it_is()
    {
        using var place = new TemporaryStore();
        place.Open().Dispose();
        place.Run("PRAGMA user_version = 2");

        ReplyStoreException e = Assert.Throws<ReplyStoreException>(() => place.Open());

        Assert.Contains("was written by a newer version of this library (schema 2; this one reads 1)", e.Message, StringComparison.Ordinal);
        Assert.Contains("replies.sqlite", place.Files);
    }

    [Fact]
    public async Task Over_its_cap_a_store_evicts_what_was_not_used_for_longest()
    {
        using var place = new TemporaryStore();
        var clock = new FakeTimeProvider();
        var options = new ReplyStoreOptions { MaxBytes = 200_000, Time = clock };
        using ReplyStore store = place.Open(options);
        for (int i = 0; i < 400; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await store.AddAsync(Key($"{i}"), Reply(new string('x', 900)));
            Assert.NotNull(store.Find(Key("0")));
        }

        ReplyStoreStatistics statistics = store.Statistics();
        Assert.InRange(statistics.Entries, 100, 250);
        Assert.InRange(statistics.Bytes, 150_000, 200_000);
        Assert.NotNull(store.Find(Key("399")));
        Assert.Null(store.Find(Key("1")));
    }

    [Fact]
    public async Task A_reply_larger_than_the_cap_is_kept_until_the_next_one()
    {
        using var place = new TemporaryStore();
        using ReplyStore store = place.Open(new ReplyStoreOptions { MaxBytes = 1 });

        await store.AddAsync(Key("1"), Reply("one"));
        Assert.NotNull(store.Find(Key("1")));
        await store.AddAsync(Key("2"), Reply("two"));

        Assert.Null(store.Find(Key("1")));
        Assert.Equal("two", store.Find(Key("2"))!.Text);
    }

    [Fact]
    public async Task What_was_saved_is_counted_over_all_runs()
    {
        using var place = new TemporaryStore();
        for (int run = 0; run < 3; run++)
        {
            using IChatClient client = new ScriptedChatClient(new string('y', 40)).UseReplyStore(place.Path);
            await client.GetResponseAsync(new string('x', 400), cancellationToken: Ct);
        }

        using ReplyStore store = place.Open();
        ReplyStoreStatistics statistics = store.Statistics();
        Assert.Equal(new ReplyStoreStatistics(1, statistics.Bytes, Hits: 2, Misses: 1, 200, 20), statistics);
        Assert.True(statistics.Bytes > 4096);
    }

    [Fact]
    public async Task An_export_can_be_imported()
    {
        using var place = new TemporaryStore();
        using var other = new TemporaryStore();
        using ReplyStore store = place.Open();
        using ReplyStore copy = other.Open();
        for (int i = 0; i < 600; i++)
        {
            await store.AddAsync(Key($"{i}"), Reply($"line\n\"{i}\" ü"), "openai");
        }

        string exported = await ExportAsync(store);
        ReplyImport first = await copy.ImportAsync(new StringReader(exported), Ct);
        ReplyImport second = await copy.ImportAsync(new StringReader(exported), Ct);

        Assert.Equal((600, 0, 0), (first.Added, first.Known, first.Problems.Length));
        Assert.Equal((0, 600, 0), (second.Added, second.Known, second.Problems.Length));
        Assert.Equal(exported, await ExportAsync(copy));
        Assert.Equal("line\n\"7\" ü", copy.Find(Key("7"))!.Text);
    }

    [Fact]
    public async Task Lines_that_hold_no_reply_are_named_and_the_good_ones_kept()
    {
        using var place = new TemporaryStore();
        using ReplyStore store = place.Open();
        string key = Key("?").ToString();
        string good = new BatchResult(Key("?"), Reply("Yes.", 30, 7)).ToLine();
        string[] lines =
        [
            "nonsense",
            "[]",
            """{"custom_id": "17", "response": {}}""",
            $$$$"""{"custom_id": "{{{{key}}}}", "response": null, "error": {"code": "batch_expired", "message": "It took too long."}}""",
            $$$$"""{"custom_id": "{{{{key}}}}", "response": {"status_code": 429, "body": {"error": {"message": "Too many."} } } }""",
            $$$$"""{"custom_id": "{{{{key}}}}", "response": {"status_code": 200, "body": {"choices": [{"message": {"content": null, "refusal": "I will not."}}]}}}""",
            $$$$"""{"custom_id": "{{{{key}}}}", "response": {"status_code": 200, "body": {"choices": []}}}""",
            "",
            good,
            """{"key": "x", "reply": {}}""",
            good[..^20],
        ];

        ReplyImport import = await store.ImportAsync(new StringReader(string.Join('\n', lines)), Ct);

        Assert.Equal((1, 0), (import.Added, import.Known));
        Assert.Equal(
            [
                "(1): it is not the JSON of a reply",
                "(2): it is not a JSON object",
                "(3): its custom_id '17' is no address of a request",
                $"(4): request {key} failed: It took too long.",
                $"(5): request {key} failed with status 429: Too many.",
                $"(6): request {key} was refused: I will not.",
                $"(7): the response to request {key} has no text",
                "(10): it has neither a 'custom_id' nor a 'key' that is an address",
                "(11): it is not the JSON of a reply",
            ],
            import.Problems.Select(p => p.ToString()));
        Assert.Equal(("Yes.", 30L, 7L), (store.Find(Key("?"))!.Text, store.Find(Key("?"))!.Usage!.InputTokenCount, store.Find(Key("?"))!.Usage!.OutputTokenCount));
    }

    [Theory]
    [InlineData(1764382000000)]
    [InlineData(long.MaxValue)]
    public async Task A_batchs_reply_of_a_time_that_cannot_be_is_kept_without_it(long created)
    {
        using var place = new TemporaryStore();
        using ReplyStore store = place.Open();
        string good = new BatchResult(Key("?"), Reply("Yes.", 30, 7)).ToLine();
        string odd = good.Replace("\"created\":0", $"\"created\":{created}", StringComparison.Ordinal);
        Assert.NotEqual(good, odd);

        ReplyImport import = await store.ImportAsync(new StringReader(odd), Ct);

        Assert.Equal((1, 0), (import.Added, import.Problems.Length));
        Assert.Equal(("Yes.", null), (store.Find(Key("?"))!.Text, store.Find(Key("?"))!.CreatedAt));
    }

    [Fact]
    public async Task An_export_names_model_and_tokens()
    {
        using var place = new TemporaryStore();
        using ReplyStore store = place.Open(new ReplyStoreOptions { Time = new FakeTimeProvider(DateTimeOffset.UnixEpoch) });
        await store.AddAsync(Key("?"), Reply("Yes.", 30, 7), "openai");

        JsonNode line = JsonNode.Parse(await ExportAsync(store))!;

        Assert.Equal(["key", "provider", "model", "created", "input_tokens", "output_tokens", "reply"], line.AsObject().Select(p => p.Key));
        Assert.Equal(("openai", "m", 30, 7), (line["provider"]!.GetValue<string>(), line["model"]!.GetValue<string>(), line["input_tokens"]!.GetValue<int>(), line["output_tokens"]!.GetValue<int>()));
    }

    private static async Task<string> ExportAsync(ReplyStore store)
    {
        using var output = new StringWriter();
        await store.ExportAsync(output, Ct);
        return output.ToString();
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static ReplyKey Key(string prompt) => ReplyKey.Of(null, [new(ChatRole.User, prompt)], null)!.Value;

    private static ChatResponse Reply(string text, long input = 1, long output = 1) => new(new ChatMessage(ChatRole.Assistant, text))
    {
        ModelId = "m",
        FinishReason = ChatFinishReason.Stop,
        Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output },
    };
}
