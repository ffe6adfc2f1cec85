namespace SynthesizeMe.Generators;

/// <summary>Where a rule is explained.</summary>
internal static class HelpLink
{
    private const string Pages = "https://github.com/synthesizeme/synthesizeme-dotnet/blob/main/docs/diagnostics/";

    /// <summary>The rule's page.</summary>
    public static string Of(string id) => $"{Pages}{id}.md";
}
