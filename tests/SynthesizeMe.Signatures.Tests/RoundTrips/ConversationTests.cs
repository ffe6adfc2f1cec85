using CsCheck;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures.Tests.RoundTrips;

public class ConversationTests
{
    [Fact]
    public void Its_text_is_read_back_exactly() =>
        Any.Conversation.Sample(talk => Conversation.Parse(talk.ToString()).Equals(talk), iter: 5_000);

    [Fact]
    public void What_is_said_is_indented_under_its_speaker()
    {
        var talk = new Conversation(new Turn(ChatRole.User, "One\nuser:\ntwo"), new Turn(ChatRole.Assistant, ""));
        Assert.Equal("user:\n  One\n  user:\n  two\nassistant:\n  ", talk.ToString());
    }

    [Theory]
    [InlineData("Hello")]
    [InlineData("user: Hello")]
    [InlineData("user:\nHello")]
    [InlineData("  Hello")]
    [InlineData("the user:\n  Hello")]
    [InlineData("\nuser:\n  Hello")]
    public void Other_text_is_refused(string text) => Assert.Throws<FormatException>(() => Conversation.Parse(text));

    [Fact]
    public void Nothing_is_an_empty_conversation()
    {
        Assert.Equal(Conversation.Empty, Conversation.Parse(""));
        Assert.Equal("", Conversation.Empty.ToString());
    }

    [Fact]
    public void Equality_is_that_of_the_turns()
    {
        Assert.Equal(Conversation.FromUser("a"), new Conversation(new Turn(ChatRole.User, "a")));
        Assert.Equal(Conversation.FromUser("a").GetHashCode(), new Conversation(new Turn(ChatRole.User, "a")).GetHashCode());
        Assert.NotEqual(Conversation.FromUser("a"), Conversation.FromUser("b"));
        Assert.NotEqual(Conversation.FromUser("a"), new Conversation(new Turn(ChatRole.Assistant, "a")));
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("user:")]
    [InlineData("us\ner")]
    [InlineData("é")]
    public void A_role_cannot_be_mistaken_for_text(string role) => Assert.Throws<ArgumentException>(() => new Turn(new ChatRole(role), "text"));
}
