using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli.Tests;

/// <summary>
/// A judge behind OpenAI's API whose every answer is known beforehand. ann's choices are 0 to 9, bob's 10 to 19; the last four of each are the test. A
/// completion says "good" when it was chosen. Every fourth request fails at first with 503, every fourth with 429, and replies take up to 8 ms.
/// </summary>
/// <remarks>
/// Before the test, ann is understood only by who is told the persona alone, and bob by everyone. In the test:
/// <code>
///                    6    7    8      9    16   17   18     19
/// generic            ok   -    First  ok   ok   -    -      unreadable with the chosen one first, else ok
/// direct             First, always
/// history            ok   ok   ok     ok   -    -    -      -
/// persona            ok   ok   ok     ok   ok   ok   -      -
/// demos              ok, always
/// persona+demos      wrong, always
/// rubric             ok   ok   ok     ok   tie  tie  tie    tie
/// at temperature 1   as without, but of each three answers to 18, two are ok
/// </code>
/// </remarks>
internal sealed class ScriptedJudge : IDisposable
{
    private readonly ConcurrentDictionary<string, int> _attempts = [];
    private readonly LoopbackServer _server;
    private int _answered;

    public ScriptedJudge() => _server = new LoopbackServer(Answer);

    public string Address => _server.Address;

    /// <summary>The requests that got a reply.</summary>
    public int Answered => _answered;

    /// <summary>The requests that got an error.</summary>
    public int Failed => _server.Requests.Count - _answered;

    /// <summary>The data.</summary>
    public static IEnumerable<string> Lines => Enumerable.Range(0, 20).Select(i =>
    {
        JsonNode line = JsonNode.Parse(People.Line(i < 10 ? "ann" : "bob", Question(i), $"good {Name(i)}", $"{(i < 10 ? "bad" : "evil")} {Name(i)}"))!;
        line["split"] = (i % 10) switch { < 4 => "train", < 6 => "val", _ => "test" };
        return line.ToJsonString();
    });

    public void Dispose() => _server.Dispose();

    private static string Question(int item) => $"Question {Name(item)}?";

    private static string Name(int item) => item.ToString("00", CultureInfo.InvariantCulture);

    private Response Answer(Request request)
    {
        int attempt = _attempts.AddOrUpdate(request.Body, 1, (_, n) => n + 1);
        int kind = request.Body.Aggregate(0, (sum, c) => ((sum * 31) + c) & 0xFFFF) % 4;
        if (attempt == 1 && kind < 2)
        {
            return new Response(kind == 0 ? 503 : 429, """{"error": {"message": "Later."}}""");
        }

        Thread.Sleep(kind * 4);
        Interlocked.Increment(ref _answered);
        return LoopbackServer.OpenAIReply(Reply(JsonNode.Parse(request.Body)!, attempt - (kind < 2 ? 1 : 0)));
    }

    private static string Reply(JsonNode body, int time)
    {
        (string Role, string Text)[] messages = [.. body["messages"]!.AsArray().Select(m => (m!["role"]!.GetValue<string>(), Text(m["content"]!)))];
        int last = Array.FindLastIndex(messages, m => m.Role == "user" && m.Text.Contains("[[ ## conversation ## ]]", StringComparison.Ordinal));
        if (last < 0)
        {
            return "[[ ## persona ## ]]\nLikes what is good.\n\n[[ ## completed ## ]]";
        }

        MessageSections live = MessageSections.Read(messages[last].Text);
        string asked = live["respond"]!;
        if (asked.Contains("`rubric`", StringComparison.Ordinal))
        {
            return """[[ ## rubric ## ]]""" + "\n" + """[{"quality": "good", "weight": 10}, {"quality": "long", "weight": 1}]""" + "\n\n[[ ## completed ## ]]";
        }

        int item = int.Parse(live["conversation"]!.Split("Question ")[1][..2], CultureInfo.InvariantCulture);
        bool chosenFirst = live["first_completion"]!.StartsWith("good", StringComparison.Ordinal);
        if (asked.Contains("`scores`", StringComparison.Ordinal))
        {
            (int good, int bad) = item < 10 ? (8, 5) : (5, 5);
            return "[[ ## reasoning ## ]]\nSo.\n\n[[ ## scores ## ]]\n"
                + $$"""[{"quality": "good", "first": {{(chosenFirst ? good : bad)}}, "second": {{(chosenFirst ? bad : good)}}}, {"quality": "long", "first": 3, "second": 3}]"""
                + "\n\n[[ ## completed ## ]]";
        }

        MessageSections[] shown = [.. messages[..last].Where(m => m.Role == "assistant").Select(m => MessageSections.Read(m.Text))];
        string method = !asked.Contains("`reasoning`", StringComparison.Ordinal) ? "direct"
            : live["persona"] is not null ? shown.Length > 0 ? "persona+demos" : "persona"
            : shown.Length == 0 ? "generic"
            : shown.Any(s => !string.IsNullOrWhiteSpace(s["reasoning"])) ? "demos" : "history";
        bool sampled = body["temperature"]?.GetValue<double>() == 1;
        string? said = item % 10 < 6 ? BeforeTest(method, item, chosenFirst) : InTest(method, item, chosenFirst, sampled && time % 3 != 1);
        return said is null ? "I would rather not say." : $"[[ ## reasoning ## ]]\nSo.\n\n[[ ## preference ## ]]\n{said}\n\n[[ ## completed ## ]]";
    }

    private static string BeforeTest(string method, int item, bool chosenFirst) => Named(item is >= 10 or 0 or 1 || method == "persona", chosenFirst);

    private static string? InTest(string method, int item, bool chosenFirst, bool isBetterSample) => (method, item) switch
    {
        ("direct", _) or ("generic", 8) => "First",
        ("generic", 19) when chosenFirst => null,
        ("generic", 18) => Named(isBetterSample, chosenFirst),
        ("generic", 7 or 17) => Named(false, chosenFirst),
        ("history", >= 10) or ("persona", 18 or 19) or ("persona+demos", _) => Named(false, chosenFirst),
        _ => Named(true, chosenFirst),
    };

    private static string Named(bool right, bool chosenFirst) => right == chosenFirst ? "First" : "Second";

    private static string Text(JsonNode content) => content is JsonArray parts ? string.Concat(parts.Select(p => p!["text"]!.GetValue<string>())) : content.GetValue<string>();
}
