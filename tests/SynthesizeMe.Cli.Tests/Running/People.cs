using System.Globalization;
using System.Text.Json.Nodes;

namespace SynthesizeMe.Cli.Tests;

/// <summary>Preference data for tests.</summary>
internal static class People
{
    /// <summary>The data of the Quickstart sample: asha, ben, chloe and dmitri, 20 pairs each.</summary>
    public static string Sample => Path.Combine(AppContext.BaseDirectory, "people.jsonl");

    /// <summary>Some pairs of a person who likes it short, each in a conversation of its own.</summary>
    public static IEnumerable<string> Terse(string? user, int pairs) => Enumerable.Range(0, pairs).Select(i => Line(
        user,
        $"Question {i.ToString(CultureInfo.InvariantCulture)}?",
        $"Answer {i.ToString(CultureInfo.InvariantCulture)}.",
        $"Well, perhaps it depends, but I would say that the answer might possibly be number {i.ToString(CultureInfo.InvariantCulture)}, if you like."));

    public static string Line(string? user, string question, string chosen, string rejected)
    {
        var line = new JsonObject
        {
            ["conversation_id"] = question,
            ["context"] = new JsonArray(Message("user", question)),
            ["chosen"] = Message("assistant", chosen),
            ["rejected"] = Message("assistant", rejected),
        };
        if (user is not null)
        {
            line["user_id"] = user;
        }

        return line.ToJsonString();
    }

    private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };
}
