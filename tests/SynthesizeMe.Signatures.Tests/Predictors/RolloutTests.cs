using Microsoft.Extensions.AI;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests;

public class RolloutTests
{
    [Fact]
    public void A_rollout_is_a_number_in_a_copy_of_the_options()
    {
        var options = new ChatOptions { Temperature = .3f, AdditionalProperties = new() { ["mine"] = "kept" } };

        ChatOptions third = Rollout.With(options, 3);

        Assert.Equal((0, 3), (Rollout.Of(options), Rollout.Of(third)));
        Assert.Equal((.3f, 3, "kept"), (third.Temperature, third.AdditionalProperties![Rollout.Key], third.AdditionalProperties["mine"]));
        Assert.False(options.AdditionalProperties.ContainsKey(Rollout.Key));
    }

    [Fact]
    public void Without_options_or_number_a_call_is_rollout_zero()
    {
        Assert.Equal(0, Rollout.Of(null));
        Assert.Equal(0, Rollout.Of(new ChatOptions()));
        Assert.Equal(2, Rollout.Of(Rollout.With(null, 2)));
    }

    [Fact]
    public void Rollout_zero_takes_the_number_out()
    {
        Assert.Null(Rollout.With(Rollout.With(null, 2), 0).AdditionalProperties);
        Assert.Null(Rollout.With(null, 0).AdditionalProperties);
    }

    [Fact]
    public void A_negative_rollout_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => Rollout.With(null, -1));

    [Fact]
    public async Task A_program_of_a_rollout_keeps_its_options_but_the_temperature()
    {
        ChatOptions? seen = null;
        var client = new ScriptedChatClient((_, options) =>
        {
            seen = options;
            return "[[ ## answer ## ]]\nYes.\n\n[[ ## completed ## ]]";
        });
        IPromptProgram<Echo> program = Echo.Predict(client, new() { ChatOptions = new() { ModelId = "small", Temperature = .1f } });

        await program.WithRollout(4, temperature: .6f).PredictAsync(new Echo.Inputs("?"), TestContext.Current.CancellationToken);

        Assert.Equal(("small", .6f, 4), (seen!.ModelId, seen.Temperature, Rollout.Of(seen)));
    }
}

[Signature("Answer the question.")]
public partial record Echo([Input] string Question, [Output] string Answer);
