using System.Text;
using CsCheck;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers.Tests;

public class ReplyTailTests
{
    [Fact]
    public async Task What_a_killed_process_has_left_in_the_tail_is_found_and_kept()
    {
        using var place = new TemporaryStore();
        using var copy = new TemporaryStore();
        using (ReplyStore store = place.Open())
        {
            await store.AddAsync(Key(1), Reply("one"));
            await store.AddAsync(Key(2), Reply("two"));
            foreach (string file in place.Files)
            {
                await File.WriteAllBytesAsync(copy[file], Shared(place[file]), TestContext.Current.CancellationToken);
            }
        }

        await File.AppendAllTextAsync(copy["replies.sqlite-tail"], """{"key": "torn in the mid""", TestContext.Current.CancellationToken);
        using (ReplyStore store = copy.Open())
        {
            Assert.Equal(("one", "two"), (store.Find(Key(1))!.Text, store.Find(Key(2))!.Text));
            Assert.False(await store.AddAsync(Key(2), Reply("another")));
            Assert.True(await store.AddAsync(Key(3), Reply("three")));
        }

        Assert.Equal(38, new FileInfo(copy["replies.sqlite-tail"]).Length);
        File.Delete(copy["replies.sqlite-tail"]);
        using ReplyStore again = copy.Open();
        Assert.Equal(["one", "two", "three"], Enumerable.Range(1, 3).Select(i => again.Find(Key(i))?.Text));
    }

    [Theory]
    [InlineData("{\"tail\":1,\"begun\":\"0000000000000001\"}\n\0\0\0\0\n", "the line at byte 38 is damaged")]
    [InlineData("{\"tail\":1,\"begun\":\"0000000000000001\"}\n{}\n", "the line at byte 38 is damaged (it has neither a 'custom_id' nor a 'key' that is an address)")]
    [InlineData("something that somebody else keeps in a file of this name\n", "is not what a reply store keeps beside it")]
    [InlineData("theirs, numbered:  0000000000000001\"}\n", "is not what a reply store keeps beside it")]
    [InlineData("{\"theirs\":1}\n", "is not what a reply store keeps beside it")]
    [InlineData("{\"tail\":1,\"begun\":\"00theirs", "is not what a reply store keeps beside it")]
    public void A_damaged_tail_is_named_and_left_as_it_is(string content, string message)
    {
        using var place = new TemporaryStore();
        File.WriteAllText(place["replies.sqlite-tail"], content);
        using (ReplyStore store = place.Open())
        {
            ReplyStoreException e = Assert.Throws<ReplyStoreException>(() => store.Find(Key(1)));
            Assert.Contains($"{place["replies.sqlite-tail"]}: {message}", e.Message, StringComparison.Ordinal);
        }

        Assert.Equal(content, File.ReadAllText(place["replies.sqlite-tail"]));
    }

    [Fact]
    public async Task A_long_tail_is_brought_into_the_file()
    {
        using var place = new TemporaryStore();
        using ReplyStore store = place.Open();

        await Task.WhenAll(Enumerable.Range(0, 1300).Select(i => store.AddAsync(Key(i), Reply($"{i}"))));

        Assert.InRange(Encoding.UTF8.GetString(Shared(place["replies.sqlite-tail"])).Count(c => c == '\n'), 1, 512);
        Assert.All(Enumerable.Range(0, 1300), i => Assert.Equal($"{i}", store.Find(Key(i))!.Text));
    }

    /// <summary>Two processes write to one tail and begin it anew, in any order; here the same file is opened under two names, which shares nothing.</summary>
    [Fact]
    public void Whoever_wrote_it_and_whoever_settled_it_a_reply_is_found_in_the_tail_or_where_it_was_brought()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || OperatingSystem.IsMacOS(), "Links need rights there, or the tail is not used.");
        Gen.Select(Gen.Bool, Gen.Int[0, 4].Select(i => ((string[])["append", "append", "find", "settle", "tear"])[i]), Gen.Int[0, 6]).List[0, 40].Sample(
            steps =>
            {
                using var place = new TemporaryStore();
                File.WriteAllText(place["a"], "");
                File.CreateSymbolicLink(place["b"], place["a"]);
                using ReplyTail one = ReplyTail.Open(place["a"]);
                using ReplyTail other = ReplyTail.Open(place["b"]);
                var written = new HashSet<int>();
                var settled = new HashSet<ReplyKey>();
                foreach ((bool first, string step, int number) in steps)
                {
                    ReplyTail tail = first ? one : other;
                    switch (step)
                    {
                        case "append":
                            Assert.True(tail.Append([Stored(number)])[0] || written.Contains(number));
                            written.Add(number);
                            break;
                        case "settle":
                            tail.Settle(last => settled.UnionWith(last.Select(r => r.Key)));
                            Assert.Equal(0, tail.Count);
                            break;
                        case "tear":
                            Tear(place["a"], 9 * (number + 1));
                            break;
                        default:
                            // The places in this order, as a store looks for a reply.
                            Assert.Equal(written.Contains(number), tail.Find(Key(number)) is not null || settled.Contains(Key(number)));
                            break;
                    }
                }

                Assert.All(written, i => Assert.True(one.Find(Key(i)) is not null || settled.Contains(Key(i))));
                Assert.All(written, i => Assert.True(other.Find(Key(i)) is not null || settled.Contains(Key(i))));
            },
            iter: 300);
    }

    /// <summary>What a process leaves that is killed while it writes: the first bytes of its lines, over what another has left so.</summary>
    private static void Tear(string path, int length)
    {
        // In its place, as a writer would: the locks of this process end when any of its files of that name is closed.
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        file.SetLength(Array.LastIndexOf(bytes, (byte)'\n') + 1);
        file.Position = file.Length;
        string line = file.Length > 0 ? "" : $$"""{"tail":1,"begun":"{{1:x16}}"}{{"\n"}}""";
        line += """{"key":"torn in the middle of it, as long as the longest that is asked for""";
        file.Write(Encoding.UTF8.GetBytes(line), 0, length);
    }

    private static StoredReply Stored(int number) => new(Key(number), "p", "m", DateTimeOffset.UnixEpoch, 1, 1, ReplyJson.TryWrite(Reply($"{number}"))!);

    private static ReplyKey Key(int number) => ReplyKey.Of(null, [new(ChatRole.User, $"{number}")], null)!.Value;

    private static ChatResponse Reply(string text) => new(new ChatMessage(ChatRole.Assistant, text)) { ModelId = "m", FinishReason = ChatFinishReason.Stop };

    private static byte[] Shared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
