using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarks;

/// <summary>An item of a list, as models like to spoil it.</summary>
public sealed record ListedItem(int Id, string Name, IReadOnlyList<string> Tags);

/// <summary>List the items.</summary>
[Signature]
public partial record ListItems([Input] string Question, [Output("The items.")] IReadOnlyList<ListedItem> Items);

/// <summary>Reading replies, beside one <see cref="Utf8JsonReader"/> over the same values as sound JSON.</summary>
[MemoryDiagnoser]
public class ParseBenchmarks
{
    private const int Items = 200;

    private readonly ChainOfThought<JudgePreference> _judge = JudgePreference.ChainOfThought(new InstantChatClient(Fixture.Reply));
    private readonly ChainOfThought<JudgePreference> _json =
        JudgePreference.ChainOfThought(new InstantChatClient(Fixture.Reply), new() { Adapter = PromptAdapter.Json });

    private readonly Predict<ListItems> _lister = ListItems.Predict(new InstantChatClient(""), new() { Adapter = PromptAdapter.Json });
    private readonly ListItems.Inputs _question = new("Which?");
    private readonly string _clean = JsonSerializer.Serialize(new { reasoning = Fixture.Reasoning, preference = "First" });
    private readonly string _malformed =
        $"Sure, here it is:\n```json\n{{\n  reasoning: \"{Fixture.Reasoning}\",\n  preference: \"first\", // user likes brevity\n}}\n```\n";

    private readonly string _list = "Result:\n```json\n[\n" + string.Join('\n', Enumerable.Range(0, Items).Select(i =>
        $"  {{id: {i}, name: \"item \"{i}\" quoted\", tags: ['a', 'b', \"c\",],}},")) + "\n]\n```";

    private byte[] _cleanBytes = null!;
    private byte[] _listBytes = null!;

    [GlobalSetup]
    public void Setup()
    {
        _cleanBytes = Encoding.UTF8.GetBytes(_clean);
        ListedItem[] items = [.. Enumerable.Range(0, Items).Select(i => new ListedItem(i, $"item \"{i}\" quoted", ["a", "b", "c"]))];
        _listBytes = JsonSerializer.SerializeToUtf8Bytes(items, JsonSerializerOptions.Web);
        Require(List().Value.Items.Select(i => (i.Id, i.Name, string.Concat(i.Tags))).SequenceEqual(items.Select(i => (i.Id, i.Name, string.Concat(i.Tags)))));
        foreach (Prediction<JudgePreference> read in new[] { Sections(), Json(), Malformed() })
        {
            Require(read is { Value.Preference: Preference.First } && read.Reasoning == Fixture.Reasoning);
        }
    }

    [Benchmark(Description = Rows.Ours), BenchmarkCategory(Rows.ParseSections)]
    public Prediction<JudgePreference> Sections() => _judge.Parse(Fixture.Inputs, Fixture.Reply);

    [Benchmark(Description = Rows.Floor), BenchmarkCategory(Rows.ParseSections)]
    public int SectionsFloor() => Read(_cleanBytes);

    [Benchmark(Description = Rows.Ours), BenchmarkCategory(Rows.ParseJson)]
    public Prediction<JudgePreference> Json() => _json.Parse(Fixture.Inputs, _clean);

    [Benchmark(Description = Rows.Floor), BenchmarkCategory(Rows.ParseJson)]
    public int JsonFloor() => Read(_cleanBytes);

    [Benchmark(Description = Rows.Ours), BenchmarkCategory(Rows.ParseMalformed)]
    public Prediction<JudgePreference> Malformed() => _json.Parse(Fixture.Inputs, _malformed);

    [Benchmark(Description = Rows.Floor), BenchmarkCategory(Rows.ParseMalformed)]
    public int MalformedFloor() => Read(_cleanBytes);

    [Benchmark(Description = Rows.Ours), BenchmarkCategory(Rows.ParseList)]
    public Prediction<ListItems> List() => _lister.Parse(_question, _list);

    [Benchmark(Description = Rows.Floor), BenchmarkCategory(Rows.ParseList)]
    public int ListFloor() => Read(_listBytes);

    /// <summary>Reads every value.</summary>
    private static int Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        int read = 0;
        while (reader.Read())
        {
            read += reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString()!.Length,
                JsonTokenType.Number => reader.GetInt32(),
                _ => 0,
            };
        }

        return read;
    }

    private static void Require(bool right)
    {
        if (!right)
        {
            throw new InvalidOperationException("A reply was read wrongly, so its time means nothing.");
        }
    }
}
