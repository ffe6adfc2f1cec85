using System.Text.Json;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class ReplyKeyTests
{
    private static readonly ChatClientMetadata Endpoint = new("openai", new Uri("https://api.example.com/v1"), "m");

    private static readonly JsonElement Schema = JsonElement.Parse("""{"type": "object"}""");

    private static readonly Action<ChatOptions>[] Deciding =
    [
        o => o.ModelId = "n",
        o => o.Instructions = "Be brief.",
        o => o.Temperature = 0.5f,
        o => o.MaxOutputTokens = 10,
        o => o.TopP = 0.5f,
        o => o.TopK = 5,
        o => o.FrequencyPenalty = 0.5f,
        o => o.PresencePenalty = 0.5f,
        o => o.Seed = 1,
        o => o.StopSequences = ["."],
        o => o.Reasoning = new ReasoningOptions { Effort = ReasoningEffort.High },
        o => o.ResponseFormat = ChatResponseFormat.Text,
        o => o.ResponseFormat = ChatResponseFormat.Json,
        o => o.ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema),
        o => o.ResponseFormat = ChatResponseFormat.ForJsonSchema(Schema, "reply"),
        o => o.ToolMode = ChatToolMode.None,
        o => o.Tools = [AIFunctionFactory.CreateDeclaration("f", "Does it.", Schema)],
        o => o.Tools = [AIFunctionFactory.CreateDeclaration("f", "Does it not.", Schema)],
        o => o.AllowMultipleToolCalls = true,
        o => o.AdditionalProperties = new() { ["logit_bias"] = JsonElement.Parse("""{"5": 1}""") },
        o => o.AdditionalProperties = Rollout.With(o, 1).AdditionalProperties,
        o => o.AdditionalProperties = Rollout.With(o, 2).AdditionalProperties,
    ];

    [Fact]
    public void Every_option_that_decides_the_answer_is_in_the_address()
    {
        ReplyKey?[] keys = [.. Deciding.Select(decide =>
        {
            var options = new ChatOptions();
            decide(options);
            return ReplyKey.Of(Endpoint, Ask("?"), options);
        }), ReplyKey.Of(Endpoint, Ask("?"), null)];

        Assert.DoesNotContain(null, keys);
        Assert.Equal(keys.Length, keys.Distinct().Count());
    }

    [Fact]
    public void The_address_stays_the_same_over_versions() => Assert.Equal(
        "316e260f67756b2c0f7932774044c8379f499fd448bc87f4c96b162bdebc2bd5",
        ReplyKey.Of(Endpoint, Ask("Well, then?\n", "Ü"), Rollout.With(new ChatOptions { Temperature = 0.7f, StopSequences = ["a", "b"] }, 3)).ToString());

    [Fact]
    public void Messages_differ_by_role_name_text_and_cut()
    {
        ChatMessage[][] prompts =
        [
            [new(ChatRole.User, "ab")],
            [new(ChatRole.System, "ab")],
            [new(ChatRole.User, "ab") { AuthorName = "ann" }],
            [new(ChatRole.User, "abc")],
            [new(ChatRole.User, "a"), new(ChatRole.User, "b")],
            [new(ChatRole.User, [new TextContent("a"), new TextContent("b")])],
            [new(ChatRole.User, [new TextContent("ab"), new DataContent("ab"u8.ToArray(), "image/png")])],
            [new(ChatRole.User, [new TextContent("ab"), new DataContent("ac"u8.ToArray(), "image/png")])],
            [new(ChatRole.User, [new TextContent("ab"), new UriContent("http://x/y.png", "image/png")])],
        ];

        Assert.Equal(prompts.Length, prompts.Select(p => ReplyKey.Of(Endpoint, p, null)!.Value).Distinct().Count());
    }

    [Fact]
    public void What_is_of_the_moment_is_not_in_the_address()
    {
        ChatMessage plain = new(ChatRole.User, "?");
        ChatMessage stamped = new(ChatRole.User, [new TextContent("?") { RawRepresentation = new() }])
        {
            MessageId = "17",
            CreatedAt = DateTimeOffset.UnixEpoch,
            RawRepresentation = new(),
            AdditionalProperties = new() { ["trace"] = 4 },
        };

        Assert.Equal(ReplyKey.Of(Endpoint, [plain], new ChatOptions()), ReplyKey.Of(Endpoint, [stamped], null));
    }

    [Fact]
    public void The_model_counts_wherever_it_is_named() =>
        Assert.Equal(ReplyKey.Of(Endpoint, Ask("?"), null), ReplyKey.Of(new("openai", Endpoint.ProviderUri, null), Ask("?"), new ChatOptions { ModelId = "m" }));

    [Theory]
    [InlineData("https://ann:secret@api.example.com/v1", true)]
    [InlineData("https://api.example.com/v1/?api_key=secret#x", true)]
    [InlineData("https://api.example.com:444/v1", false)]
    [InlineData("http://api.example.com/v1", false)]
    [InlineData("https://api.example.com/v2", false)]
    public void The_endpoint_counts_without_its_secrets(string address, bool same) =>
        Assert.Equal(same, ReplyKey.Of(Endpoint, Ask("?"), null) == ReplyKey.Of(new("openai", new Uri(address), "m"), Ask("?"), null));

    [Fact]
    public void What_cannot_be_known_has_no_address()
    {
        ChatOptions[] unknown =
        [
            new() { ConversationId = "server side" },
            new() { AllowBackgroundResponses = true },
            new() { RawRepresentationFactory = _ => new object() },
            new() { Tools = [new HostedWebSearchTool()] },
            new() { AdditionalProperties = new() { ["x"] = new Version(1, 0) } },
        ];

        Assert.All(unknown, options => Assert.Null(ReplyKey.Of(Endpoint, Ask("?"), options)));
        Assert.Null(ReplyKey.Of(Endpoint, [new(ChatRole.User, [new HostedFileContent("f1")])], null));
    }

    [Fact]
    public void An_address_is_read_as_it_is_written()
    {
        ReplyKey key = ReplyKey.Of(Endpoint, Ask("?"), null)!.Value;

        Assert.True(ReplyKey.TryParse(key.ToString(), out ReplyKey read));
        Assert.Equal(key, read);
        Assert.All((string?[])[null, "", "abc", new string('g', 64), key + "00"], text => Assert.False(ReplyKey.TryParse(text, out _)));
    }

    private static ChatMessage[] Ask(params string[] texts) => [.. texts.Select(t => new ChatMessage(ChatRole.User, t))];
}
