using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers.Tests;

public class PromptTokensTests
{
    [Fact]
    public void The_bound_is_never_below_the_bytes_of_the_prompt() => Gen.String.Array[0, 5].Sample(texts =>
        PromptTokens.AtMost(texts.Select(t => new ChatMessage(ChatRole.User, t)), null, 0) >= texts.Sum(Encoding.UTF8.GetByteCount) + (8 * texts.Length));

    [Fact]
    public void Text_beyond_ASCII_counts_its_bytes_and_not_its_characters() =>
        Assert.Equal(Of("aa") + 4, Of("漢字"));

    [Fact]
    public void Everything_that_goes_with_a_prompt_counts()
    {
        JsonElement schema = JsonElement.Parse("""{"type":"object"}""");
        long plain = Of("Well?");

        Assert.Equal(plain + 5, Of("Well?", new ChatOptions { Instructions = "Short" }));
        Assert.True(Of("Well?", new ChatOptions { ResponseFormat = ChatResponseFormat.ForJsonSchema(schema) }) >= plain + 17);
        Assert.True(Of("Well?", new ChatOptions { Tools = [AIFunctionFactory.CreateDeclaration("look", "Looks.", schema)] }) >= plain + 1024);
        Assert.Equal(plain + 300 - 5, PromptTokens.AtMost([new(ChatRole.User, [new DataContent("data:image/png;base64,AAAA")])], null, 300));
        Assert.True(PromptTokens.AtMost([new(ChatRole.Assistant, [new FunctionCallContent("1", "look", new Dictionary<string, object?> { ["at"] = "here" })])], null, 0) > 40);
    }

    [Fact]
    public void A_likely_count_is_a_quarter_of_the_characters() =>
        Assert.Equal(3, PromptTokens.Likely([new(ChatRole.System, "12345"), new(ChatRole.User, "6789")]));

    private static long Of(string text, ChatOptions? options = null) => PromptTokens.AtMost([new(ChatRole.User, text)], options, 0);
}
