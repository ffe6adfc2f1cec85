using Microsoft.Extensions.AI;
using SynthesizeMe;
using SynthesizeMe.Offline;

namespace PriorFit;

/// <summary>One choice: the raw features of the chosen completion minus those of the other.</summary>
internal sealed record Choice(string Conversation, StyleVector Raw);

/// <summary>One person of one file, with the choices in their earlier conversations and in the later ones.</summary>
internal sealed record Person(string Source, string Id, List<Choice> Earlier, List<Choice> Later);

/// <summary>
/// Reads preference pairs and divides each person's as <c>synthesizeme evaluate</c> does by default, so that no pair that it tests on is learned from.
/// </summary>
internal static class PreferenceFile
{
    private const double Half = 0.5;

    public static async Task<List<Person>> ReadAsync(string path)
    {
        IReadOnlyList<PreferencePair> pairs = await PreferencePairs.ReadAsync(path);
        var people = new List<Person>();
        foreach (IGrouping<string, PreferencePair> person in pairs.GroupBy(p => p.UserId, StringComparer.Ordinal))
        {
            PreferencePair[][] conversations = PreferenceSplit.InTimeOrder(person);
            if (conversations.Length > 1)
            {
                (PreferencePair[] earlier, PreferencePair[] later) = PreferenceSplit.Cut(conversations, Half);
                people.Add(new Person(path, person.Key, [.. earlier.Select(Measure)], [.. later.Select(Measure)]));
            }
        }

        return people;
    }

    private static Choice Measure(PreferencePair pair)
    {
        StyleRequest request = StyleRequest.Read(pair.Context.Turns.LastOrDefault(t => t.Role == ChatRole.User).Text);
        return new Choice(pair.ConversationId, StyleVector.Difference(
            StyleFeatures.MeasureRaw(request, pair.Chosen), StyleFeatures.MeasureRaw(request, pair.Rejected)));
    }
}
