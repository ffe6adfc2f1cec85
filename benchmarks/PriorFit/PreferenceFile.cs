using System.Text.Json;
using SynthesizeMe.Offline;

namespace PriorFit;

/// <summary>One choice: the raw features of the chosen completion minus those of the other.</summary>
internal sealed record Choice(string Conversation, StyleVector Raw);

/// <summary>One person of one file, with the choices in their earlier conversations and in the later ones.</summary>
internal sealed record Person(string Source, string Id, List<Choice> Earlier, List<Choice> Later);

/// <summary>
/// Reads preference pairs and splits each person's conversations, in order of appearance, into an earlier and a later half.
/// </summary>
internal static class PreferenceFile
{
    public static IEnumerable<Person> Read(string path)
    {
        Dictionary<string, List<Choice>> choices = [];
        foreach (string line in File.ReadLines(path).Where(l => !string.IsNullOrWhiteSpace(l)))
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement pair = document.RootElement;
            string user = pair.TryGetProperty("user_id", out JsonElement id) ? id.GetString()! : "";
            string turn = "";
            foreach (JsonElement message in pair.GetProperty("context").EnumerateArray())
            {
                if (message.GetProperty("role").GetString() == "user")
                    turn = message.GetProperty("content").GetString()!;
            }
            StyleRequest request = StyleRequest.Read(turn);
            StyleVector chosen = StyleFeatures.MeasureRaw(request, pair.GetProperty("chosen").GetProperty("content").GetString());
            StyleVector rejected = StyleFeatures.MeasureRaw(request, pair.GetProperty("rejected").GetProperty("content").GetString());
            if (!choices.TryGetValue(user, out List<Choice>? list))
                choices.Add(user, list = []);
            string conversation = pair.TryGetProperty("conversation_id", out JsonElement c) ? c.GetString()! : turn;
            list.Add(new Choice(conversation, StyleVector.Difference(chosen, rejected)));
        }
        foreach ((string user, List<Choice> list) in choices)
        {
            string[] conversations = [.. list.Select(c => c.Conversation).Distinct()];
            HashSet<string> earlier = [.. conversations.Take((conversations.Length + 1) / 2)];
            ILookup<bool, Choice> halves = list.ToLookup(c => earlier.Contains(c.Conversation));
            yield return new Person(path, user, [.. halves[true]], [.. halves[false]]);
        }
    }
}
