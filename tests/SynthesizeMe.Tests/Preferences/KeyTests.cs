using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Preferences;

public class KeyTests
{
    [Fact]
    public async Task Every_key_is_read()
    {
        PreferencePair pair = await Lines.ReadOneAsync("""
            {"user_id": "ann", "conversation_id": "eggs", "context": [{"role": "system", "content": "Be kind."}, {"role": "user", "content": "How?"}], "chosen": {"role": "assistant", "content": "Boil it."}, "rejected": {"role": "assistant", "content": "No."}, "split": "val", "timestamp": "2026-01-31T09:00:00Z"}
            """);

        Assert.Equal("ann", pair.UserId);
        Assert.Equal("eggs", pair.ConversationId);
        Assert.Equal(new Conversation(new Turn(ChatRole.System, "Be kind."), new Turn(ChatRole.User, "How?")), pair.Context);
        Assert.Equal("Boil it.", pair.Chosen);
        Assert.Equal("No.", pair.Rejected);
        Assert.Equal(DataSplit.Validation, pair.Split);
        Assert.Equal(new DateTimeOffset(2026, 1, 31, 9, 0, 0, TimeSpan.Zero), pair.Timestamp);
        Assert.Empty(pair.Extra);
    }

    [Fact]
    public async Task Optional_keys_may_be_absent()
    {
        PreferencePair pair = await Lines.ReadOneAsync(Lines.Line());

        Assert.Equal("", pair.UserId);
        Assert.StartsWith("opening-", pair.ConversationId, StringComparison.Ordinal);
        Assert.Null(pair.Split);
        Assert.Null(pair.Timestamp);
    }

    [Fact]
    public async Task Optional_keys_may_be_null()
    {
        PreferencePair pair = await Lines.ReadOneAsync(Lines.Line("""
            "user_id": null, "conversation_id": null, "split": null, "timestamp": null
            """));

        Assert.Equal((await Lines.ReadOneAsync(Lines.Line())).Id, pair.Id);
        Assert.Equal(("", null, null), (pair.UserId, pair.Split, pair.Timestamp));
    }

    [Fact]
    public async Task Unknown_keys_are_kept_as_they_are()
    {
        PreferencePair pair = await Lines.ReadOneAsync(Lines.Line("""
            "turn": 3, "model_b": null, "annotator": {"age": [40, 50]}
            """));

        Assert.Equal(["annotator", "model_b", "turn"], pair.Extra.Keys);
        Assert.Equal("""{"age": [40, 50]}""", pair.Extra["annotator"].GetRawText());
        Assert.Equal("3", pair.Extra["turn"].GetRawText());
    }

    [Fact]
    public async Task An_unknown_key_that_stands_twice_is_kept_once_with_its_last_value()
    {
        PreferencePair pair = await Lines.ReadOneAsync(Lines.Line("\"note\": 1, \"note\": 2"));

        Assert.Equal("2", Assert.Single(pair.Extra).Value.GetRawText());
    }

    [Fact]
    public async Task Numbers_serve_as_ids()
    {
        PreferencePair pair = await Lines.ReadOneAsync(Lines.Line("\"user_id\": 17, \"conversation_id\": 4"));

        Assert.Equal(("17", "4"), (pair.UserId, pair.ConversationId));
    }

    [Theory]
    [InlineData("user", "user")]
    [InlineData("assistant", "assistant")]
    [InlineData("model", "assistant")]
    [InlineData("system", "system")]
    [InlineData("tool", "tool")]
    public async Task A_turn_has_one_of_the_known_roles(string written, string read)
    {
        PreferencePair pair = await Lines.ReadOneAsync(Lines.Line().Replace("\"user\"", $"\"{written}\"", StringComparison.Ordinal));

        Assert.Equal(read, Assert.Single(pair.Context.Turns).Role.Value);
    }

    [Fact]
    public async Task A_completion_of_the_model_is_the_assistants()
    {
        PreferencePair pair = await Lines.ReadOneAsync(Lines.Line().Replace("\"assistant\"", "\"model\"", StringComparison.Ordinal));

        Assert.Equal((await Lines.ReadOneAsync(Lines.Line())).Id, pair.Id);
    }

    [Theory]
    [InlineData("train", DataSplit.Train)]
    [InlineData("val", DataSplit.Validation)]
    [InlineData("validation", DataSplit.Validation)]
    [InlineData("test", DataSplit.Test)]
    public async Task A_split_has_one_of_the_known_names(string written, DataSplit read)
    {
        PreferencePair pair = await Lines.ReadOneAsync(Lines.Line($"\"split\": \"{written}\""));

        Assert.Equal(read, pair.Split);
    }

    [Theory]
    [InlineData("2026-01-31T09:00:00Z")]
    [InlineData("2026-01-31T09:00:00.000Z")]
    [InlineData("2026-01-31T10:00:00+01:00")]
    [InlineData("2026-01-31T09:00:00.000000+00:00")]
    [InlineData("2026-01-31 09:00:00")]
    [InlineData("2026-01-31T09:00")]
    public async Task A_timestamp_is_ISO_8601_and_in_UTC_unless_it_says_otherwise(string written)
    {
        PreferencePair pair = await Lines.ReadOneAsync(Lines.Line($"\"timestamp\": \"{written}\""));

        Assert.Equal(new DateTimeOffset(2026, 1, 31, 9, 0, 0, TimeSpan.Zero), pair.Timestamp);
    }

    [Fact]
    public async Task A_timestamp_may_be_a_day()
    {
        PreferencePair pair = await Lines.ReadOneAsync(Lines.Line("\"timestamp\": \"2026-01-31\""));

        Assert.Equal(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero), pair.Timestamp);
    }
}
