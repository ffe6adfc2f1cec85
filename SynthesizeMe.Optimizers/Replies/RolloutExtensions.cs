using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// Tells apart requests that are alike but are to be answered afresh, as when a wrong answer is tried once more at a higher temperature. A reply
/// store keeps one reply for each rollout; the provider never sees the number.
/// </summary>
public static class RolloutExtensions
{
    /// <summary>The key in <see cref="ChatOptions.AdditionalProperties"/>, as in DSPy.</summary>
    public const string Property = "rollout_id";

    extension(ChatOptions options)
    {
        /// <summary>The rollout; <see langword="null"/> for the only one.</summary>
        public int? Rollout
        {
            get => options.AdditionalProperties?.TryGetValue(Property, out int rollout) == true ? rollout : null;
            set
            {
                if (value is { } rollout)
                {
                    (options.AdditionalProperties ??= [])[Property] = rollout;
                }
                else
                {
                    options.AdditionalProperties?.Remove(Property);
                }
            }
        }
    }
}
