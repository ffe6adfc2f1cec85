using Microsoft.Extensions.AI;

namespace SynthesizeMe.Cli.Tests;

/// <summary>A model that always names the first completion.</summary>
internal static class Biased
{
    public static string Answer(IReadOnlyList<ChatMessage> messages) => messages[^1].Text.Contains("`preference`", StringComparison.Ordinal)
        ? "[[ ## reasoning ## ]]\nI like what comes first.\n\n[[ ## preference ## ]]\nFirst\n\n[[ ## completed ## ]]"
        : "[[ ## persona ## ]]\nLikes what comes first.\n\n[[ ## completed ## ]]";
}
