using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>
/// Which of several answers to one prompt is wanted. The number travels with the options of a call, so that whatever keeps replies keeps one a
/// rollout; the model is not told. Without a number a call is rollout 0.
/// </summary>
public static class Rollout
{
    /// <summary>The key of the number, an <see cref="int"/>, in <see cref="ChatOptions.AdditionalProperties"/>.</summary>
    public const string Key = "synthesizeme.rollout";

    /// <summary>A copy of the options with this rollout; 0 takes the number out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public static ChatOptions With(ChatOptions? options, int rollout)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rollout);
        ChatOptions copy = options?.Clone() ?? new();
        if (rollout > 0)
        {
            (copy.AdditionalProperties ??= [])[Key] = rollout;
        }
        else if (copy.AdditionalProperties?.Remove(Key) == true && copy.AdditionalProperties.Count == 0)
        {
            copy.AdditionalProperties = null;
        }

        return copy;
    }

    /// <summary>The rollout that the options ask for; 0 where they name none.</summary>
    public static int Of(ChatOptions? options) => options?.AdditionalProperties?.TryGetValue(Key, out int rollout) == true ? rollout : 0;

    /// <summary>The same program, whose every call is of this rollout.</summary>
    /// <param name="program">The program. Where it makes rollouts of its own, the two numbers are mixed into one.</param>
    /// <param name="rollout">The number; 1 or more.</param>
    /// <param name="temperature">The temperature of the calls; 1 by default, because rollouts are wanted to differ.</param>
    public static IPromptProgram<T> WithRollout<T>(this IPromptProgram<T> program, int rollout, float temperature = 1)
        where T : class, ISignature<T>
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rollout);
        return program.WithClient(client => new RolloutChatClient(client, rollout, temperature));
    }

    /// <summary>One number for a rollout within a rollout: spread over all numbers from 2^24, away from those that are counted up.</summary>
    private static int Mix(int outer, int inner) =>
        inner == 0 ? outer : (int)((((uint)outer * 0x9E3779B1u) ^ ((uint)inner * 0x85EBCA77u)) >> 1) | 1 << 24;

    private sealed class RolloutChatClient(IChatClient inner, int rollout, float temperature) : DelegatingChatClient(inner)
    {
        public override Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            base.GetResponseAsync(messages, Own(options), cancellationToken);

        public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (ChatResponseUpdate update in base.GetStreamingResponseAsync(messages, Own(options), cancellationToken).ConfigureAwait(false))
            {
                yield return update;
            }
        }

        private ChatOptions Own(ChatOptions? options)
        {
            ChatOptions own = With(options, Mix(rollout, Of(options)));
            own.Temperature = temperature;
            return own;
        }
    }
}
