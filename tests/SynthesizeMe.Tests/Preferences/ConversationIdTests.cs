using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Preferences;

public class ConversationIdTests
{
    [Fact]
    public void A_given_id_is_kept() => Assert.Equal("eggs", Of("eggs", "How?").ConversationId);

    [Fact]
    public void Conversations_that_open_with_the_same_message_belong_together() =>
        Assert.Equal(Of(null, "How?").ConversationId, Of(null, "How?", "Boil it.", "And then?").ConversationId);

    [Fact]
    public void Conversations_that_open_with_another_message_do_not() =>
        Assert.NotEqual(Of(null, "How?").ConversationId, Of(null, "Why?").ConversationId);

    [Fact]
    public void The_completions_do_not_matter() =>
        Assert.Equal((Of(null, "How?") with { Chosen = "x", Rejected = "y" }).ConversationId, Of(null, "How?").ConversationId);

    [Fact]
    public void Pairs_without_context_belong_together() => Assert.Equal(Of(null).ConversationId, (Of(null) with { Chosen = "x" }).ConversationId);

    private static PreferencePair Of(string? id, params string[] said) =>
        new(new Conversation(said.Select((text, i) => new Turn(i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, text))), "a", "b") { ConversationId = id! };
}
