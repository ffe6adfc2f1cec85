using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests;

/// <summary>Preference pairs: of <c>good 3</c> and <c>bad 3</c> the person prefers the good one.</summary>
internal static class Pairs
{
    public static PreferencePair One(int item, string? conversation = null) =>
        new(Conversation.FromUser($"question {item}"), $"good {item}.", $"bad {item}.") { ConversationId = conversation ?? $"conversation {item}" };

    /// <summary>So many pairs, each in a conversation of its own.</summary>
    public static PreferencePair[] Of(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(i => One(i))];

    /// <summary>So many pairs in one conversation.</summary>
    public static PreferencePair[] InOneConversation(int count) => [.. Enumerable.Range(0, count).Select(i => One(i, "the only one"))];

    public static PreferencePair[] OfUser(string user, int count, int from = 0) => [.. Of(count, from).Select(p => p with { UserId = user })];

    public static int ItemOf(PreferencePair pair) => int.Parse(pair.Chosen.Split(' ')[1].TrimEnd('.'), System.Globalization.CultureInfo.InvariantCulture);

    public static IEnumerable<int> Items(this IEnumerable<PreferencePair> pairs) => pairs.Select(ItemOf);
}
