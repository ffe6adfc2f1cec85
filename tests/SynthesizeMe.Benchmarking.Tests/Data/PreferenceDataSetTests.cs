using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking.Tests;

public sealed class PreferenceDataSetTests
{
    [Fact]
    public void People_stand_in_the_order_in_which_the_data_name_them()
    {
        PreferencePair[] pairs = [Pair("ben", "1"), Pair("ada", "2"), Pair("ben", "3")];

        PreferenceDataSet set = PreferenceDataSet.Of("small", pairs);

        Assert.Equal(["ben", "ada"], set.Users.Select(u => u.Id));
        Assert.Equal(["1", "3"], set.Users[0].Pairs.Select(p => p.ConversationId));
    }

    private static PreferencePair Pair(string user, string conversation) =>
        new(Conversation.FromUser("Hello"), "yes", "no") { UserId = user, ConversationId = conversation };
}
