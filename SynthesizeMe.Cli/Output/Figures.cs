using System.Globalization;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli;

/// <summary>How figures are written.</summary>
internal static class Figures
{
    /// <summary>A share as a percentage; a dash where there is none.</summary>
    public static string Percent(double? share) =>
        share is { } value && double.IsFinite(value) ? string.Create(CultureInfo.InvariantCulture, $"{value * 100:0.0} %") : "-";

    /// <summary>A count.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count with its noun.</summary>
    public static string Count(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary>Calls and tokens.</summary>
    public static string Spent(Usage usage) => $"{Count(usage.Calls, "call")}, {Count(usage.TotalTokenCount, "token")}";

    /// <summary>A method's name, as in reports and JSON.</summary>
    public static string Name(JudgeMethod method) => method switch
    {
        JudgeMethod.PersonaAndDemos => "persona+demos",
        _ => method.ToString().ToLowerInvariant(),
    };
}
