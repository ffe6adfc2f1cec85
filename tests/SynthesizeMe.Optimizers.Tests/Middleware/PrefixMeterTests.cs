using Microsoft.Extensions.AI;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

public class PrefixMeterTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Leading_messages_that_another_prompt_begins_with_are_shared()
    {
        var meter = new PrefixMeter();
        using var client = new PrefixMeterChatClient(new ScriptedChatClient(_ => "yes"), meter);

        await client.GetResponseAsync([new(ChatRole.System, "12345"), new(ChatRole.User, "abc")], cancellationToken: Ct);
        await client.GetResponseAsync([new(ChatRole.System, "12345"), new(ChatRole.User, "abd")], cancellationToken: Ct);
        await client.GetResponseAsync([new(ChatRole.System, "12346"), new(ChatRole.User, "abc")], cancellationToken: Ct);

        Assert.Equal(new PromptSharing(24, 5), meter.Read());
        Assert.Equal(5.0 / 24, meter.Read().Share, 12);
    }

    [Fact]
    public async Task The_same_text_in_another_role_or_cut_elsewhere_is_another_beginning()
    {
        var meter = new PrefixMeter();
        using var client = new PrefixMeterChatClient(new ScriptedChatClient(_ => "yes"), meter);

        await client.GetResponseAsync([new(ChatRole.System, "ab"), new(ChatRole.User, "c")], cancellationToken: Ct);
        await client.GetResponseAsync([new(ChatRole.User, "ab"), new(ChatRole.User, "c")], cancellationToken: Ct);
        await client.GetResponseAsync([new(ChatRole.System, "a"), new(ChatRole.User, "bc")], cancellationToken: Ct);

        Assert.Equal(0, meter.Read().Shared);
    }

    [Fact]
    public void Without_prompts_nothing_is_shared() => Assert.Equal(0, new PrefixMeter().Read().Share);
}
