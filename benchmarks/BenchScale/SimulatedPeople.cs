using System.Globalization;
using System.Text.Json.Nodes;
using SynthesizeMe.Optimizers;

namespace BenchScale;

/// <summary>
/// People with as many pairs each as the Chatbot Arena half of the benchmark has on average: four to learn from and six that are tested on, with
/// completions of some 80 words.
/// </summary>
internal static class SimulatedPeople
{
    private const int Pairs = 10;
    private const int Training = 4;

    private static readonly string[] Words =
        "people often ask how things work and what they should do about them while answers may be short or long plain or fancy and not all of them help much"
            .Split(' ');

    public static IEnumerable<string> Lines(int users)
    {
        for (int user = 0; user < users; user++)
        {
            var random = new SeededRandom(1, $"person {user.ToString(CultureInfo.InvariantCulture)}");
            for (int pair = 0; pair < Pairs; pair++)
            {
                string id = string.Create(CultureInfo.InvariantCulture, $"{user}-{pair}");
                yield return new JsonObject
                {
                    ["user_id"] = string.Create(CultureInfo.InvariantCulture, $"user {user}"),
                    ["conversation_id"] = id,
                    ["split"] = pair < Training / 2 ? "train" : pair < Training ? "val" : "test",
                    ["context"] = new JsonArray(Turn("user", $"{id}: {Text(random, 20)}?")),
                    ["chosen"] = Turn("assistant", Text(random, 60 + random.Next(40))),
                    ["rejected"] = Turn("assistant", Text(random, 60 + random.Next(40))),
                }.ToJsonString();
            }
        }
    }

    private static JsonObject Turn(string role, string content) => new() { ["role"] = role, ["content"] = content };

    private static string Text(SeededRandom random, int words) => string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[random.Next(Words.Length)]));
}
