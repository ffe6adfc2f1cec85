using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>What a stream reports of its usage, which may come in several updates.</summary>
internal static class StreamedUsage
{
    /// <summary>Adds what an update reports; the sum stays null while none has reported anything.</summary>
    public static void Add(ref UsageDetails? sum, ChatResponseUpdate update)
    {
        foreach (UsageContent content in update.Contents.OfType<UsageContent>())
        {
            (sum ??= new()).Add(content.Details);
        }
    }
}
