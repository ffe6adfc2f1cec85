using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Preferences;

public sealed class WritingTests : IDisposable
{
    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("synthesizeme-pairs-").FullName, "pairs.jsonl");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    [Fact]
    public async Task What_is_written_is_read_again() => await Gen.Select(Gen.String, Gen.String, Gen.Int[-1, 2], Gen.DateTimeOffset, Gen.String).SampleAsync(
        async (said, chosen, split, time, user) =>
        {
            var pair = new PreferencePair(new Conversation(new Turn(ChatRole.System, said), new Turn(ChatRole.User, chosen)), chosen, chosen + "!")
            {
                UserId = user,
                ConversationId = said,
                Split = split < 0 ? null : (DataSplit)split,
                Timestamp = time,
                Extra = PreferencePairOf("{\"agreement\":0.5,\"tags\":[\"a\"]}"),
            };

            await PreferencePairs.WriteAsync(_path, [pair, pair with { Timestamp = null }], TestContext.Current.CancellationToken);
            IReadOnlyList<PreferencePair> read = await PreferencePairs.ReadAsync(_path, TestContext.Current.CancellationToken);

            Assert.Equal(
                new[] { pair, pair with { Timestamp = null } }.Select(p => (p.Id, p.UserId, p.Split, p.Timestamp)),
                read.Select(p => (p.Id, p.UserId, p.Split, p.Timestamp)));
            Assert.Equal("""{"agreement":0.5,"tags":["a"]}""", Json(read[0].Extra));
        },
        iter: 200,
        threads: 1);

    [Fact]
    public async Task A_line_has_its_keys_in_the_order_of_the_format_and_text_as_it_is()
    {
        var pair = new PreferencePair(Conversation.FromUser("Wie geht's?"), "Schön.", "So <so>.") { UserId = "u", ConversationId = "c", Split = DataSplit.Validation };

        await PreferencePairs.WriteAsync(_path, [pair], TestContext.Current.CancellationToken);

        Assert.Equal(
            """{"user_id":"u","conversation_id":"c","context":[{"role":"user","content":"Wie geht's?"}],"chosen":{"role":"assistant","content":"Schön."},"rejected":{"role":"assistant","content":"So <so>."},"split":"val"}""" + "\n",
            await File.ReadAllTextAsync(_path, TestContext.Current.CancellationToken));
        Assert.Equal([_path], Directory.GetFiles(Path.GetDirectoryName(_path)!));
    }

    private static System.Collections.Immutable.ImmutableSortedDictionary<string, JsonElement> PreferencePairOf(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(
            document.RootElement.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, p.Value.Clone())));
    }

    private static string Json(IEnumerable<KeyValuePair<string, JsonElement>> extra) => $"{{{string.Join(',', extra.Select(e => $"\"{e.Key}\":{e.Value.GetRawText()}"))}}}";
}
