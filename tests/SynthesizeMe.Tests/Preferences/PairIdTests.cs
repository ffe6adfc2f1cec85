using CsCheck;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Preferences;

public class PairIdTests
{
    private static readonly PreferencePair Pair = new(Conversation.FromUser("q"), "a", "b") { ConversationId = "c" };

    [Fact]
    public void Equal_choices_have_equal_ids() =>
        Assert.Equal(Pair.Id, new PreferencePair(Conversation.FromUser("q"), "a", "b") { ConversationId = "c" }.Id);

    [Fact]
    public void The_id_does_not_depend_on_who_when_and_what_for() =>
        Assert.Equal(Pair.Id, (Pair with { UserId = "ann", Split = DataSplit.Test, Timestamp = DateTimeOffset.UnixEpoch }).Id);

    [Fact]
    public void The_opposite_choice_has_another_id() => Assert.NotEqual(Pair.Id, (Pair with { Chosen = "b", Rejected = "a" }).Id);

    [Fact]
    public void Another_conversation_gives_another_id() => Assert.NotEqual(Pair.Id, (Pair with { ConversationId = "d" }).Id);

    [Fact]
    public void Another_context_gives_another_id() => Assert.NotEqual(Pair.Id, (Pair with { Context = Conversation.FromUser("r") }).Id);

    [Fact]
    public void Another_speaker_gives_another_id() =>
        Assert.NotEqual(Pair.Id, (Pair with { Context = new Conversation(new Turn(ChatRole.Assistant, "q")) }).Id);

    [Fact]
    public void Text_that_moves_from_one_completion_to_the_other_gives_another_id() =>
        Assert.NotEqual((Pair with { Chosen = "a\nb", Rejected = "c" }).Id, (Pair with { Chosen = "a", Rejected = "b\nc" }).Id);

    [Fact]
    public void Text_that_moves_from_the_conversations_name_to_the_context_gives_another_id() =>
        Assert.NotEqual(
            (Pair with { ConversationId = "c\nuser:\n  q", Context = new(new Turn(ChatRole.User, "r")) }).Id,
            (Pair with { ConversationId = "c", Context = new(new Turn(ChatRole.User, "q"), new Turn(ChatRole.User, "r")) }).Id);

    [Fact]
    public void Only_equal_choices_have_equal_ids() =>
        Gen.Select(Any, Any).Sample((x, y) => x.Id == y.Id == (x == y), iter: 5000);

    private static Gen<PreferencePair> Any { get; } = Gen.Select(
        Gen.OneOf("c", "c\n", "c\nuser:", "c\nuser:\n  q"),
        Gen.OneOf("q", "", "q\n1", "\n").Array[0, 2],
        Gen.OneOf("a", "1", "a\n", "a\nb"),
        Gen.OneOf("b", "1\na", "a\nb", ""),
        (id, turns, chosen, rejected) =>
            new PreferencePair(new Conversation(turns.Select(t => new Turn(ChatRole.User, t))), chosen, rejected) { ConversationId = id });
}
