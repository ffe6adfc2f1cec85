using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures.Tests.Rendering;

public class ChatPromptTests
{
    private static ChatPrompt Sample(string text = "b\r\nc\rd") => new([new Turn(ChatRole.System, "a"), new Turn(ChatRole.User, text)]);

    [Fact]
    public void Its_text_names_the_roles_and_ends_lines_with_line_feeds() =>
        Assert.Equal("--- system ---\na\n--- user ---\nb\nc\nd\n", Sample().ToString());

    [Fact]
    public void Its_messages_are_verbatim_and_fresh()
    {
        ChatPrompt prompt = Sample();
        List<ChatMessage> messages = prompt.ToChatMessages();
        Assert.Equal([(ChatRole.System, "a"), (ChatRole.User, "b\r\nc\rd")], messages.Select(m => (m.Role, m.Text)));
        messages.Clear();
        Assert.Equal(2, prompt.ToChatMessages().Count);
    }

    [Fact]
    public void Two_prompts_with_the_same_turns_are_equal()
    {
        Assert.Equal(Sample(), Sample());
        Assert.Equal(Sample().GetHashCode(), Sample().GetHashCode());
        Assert.NotEqual(Sample(), Sample("other"));
    }
}
