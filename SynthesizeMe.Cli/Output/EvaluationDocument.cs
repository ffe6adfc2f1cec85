using System.Collections.Immutable;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli;

/// <summary>What <c>evaluate --json</c> writes.</summary>
/// <param name="Users">The people that were measured.</param>
/// <param name="Methods">The methods' figures over all of them.</param>
/// <param name="PerUser">The same for each of them.</param>
/// <param name="Model">The model.</param>
/// <param name="Seed">The seed.</param>
/// <param name="Chosen">How often each method was chosen.</param>
/// <param name="FitCalls">The calls of all fits.</param>
/// <param name="FitInputTokens">The tokens of their prompts.</param>
/// <param name="FitOutputTokens">The tokens of the replies.</param>
/// <param name="Skipped">The people that could not be measured, and why.</param>
/// <param name="Unfinished">The people that an interruption left.</param>
/// <param name="Interrupted">What ended the run early; <see langword="null"/> when nothing did.</param>
internal sealed record EvaluationDocument(
    int Users,
    ImmutableArray<MethodDocument> Methods,
    ImmutableArray<UserDocument> PerUser,
    string Model,
    int Seed,
    ImmutableSortedDictionary<string, int> Chosen,
    int FitCalls,
    long FitInputTokens,
    long FitOutputTokens,
    ImmutableArray<SkippedUser> Skipped,
    int Unfinished,
    string? Interrupted)
{
    /// <summary>The JSON form of a report.</summary>
    public static EvaluationDocument Of(HeldOutReport report, string model, string? interrupted)
    {
        ImmutableArray<UserDocument> users = [.. report.Measured.Select(u => UserDocument.Of(report, u))];
        return new(
            users.Length,
            [.. report.Methods.Select(MethodDocument.Of)],
            users,
            model,
            report.Seed,
            report.Measured.GroupBy(u => Figures.Name(u.Fit!.Judge.Method)).ToImmutableSortedDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal),
            report.FitUsage.Calls,
            report.FitUsage.InputTokenCount,
            report.FitUsage.OutputTokenCount,
            [.. report.Users.Where(u => u.Skipped is not null).Select(u => new SkippedUser(u.UserId, u.Skipped!))],
            report.Wanted - report.Users.Length,
            interrupted);
    }
}

/// <summary>One person's figures.</summary>
/// <param name="User">The person.</param>
/// <param name="Chosen">The method that the fit chose.</param>
/// <param name="Methods">The methods' figures.</param>
/// <param name="FitCalls">The calls of the fit.</param>
/// <param name="FitInputTokens">The tokens of its prompts.</param>
/// <param name="FitOutputTokens">The tokens of the replies.</param>
internal sealed record UserDocument(
    string User, string Chosen, ImmutableArray<MethodDocument> Methods, int FitCalls, long FitInputTokens, long FitOutputTokens)
{
    public static UserDocument Of(HeldOutReport report, UserOutcome user)
    {
        Usage usage = user.Fit!.Usage;
        return new(
            user.UserId,
            Figures.Name(user.Fit.Judge.Method),
            [.. report.Of(user).Select(MethodDocument.Of)],
            usage.Calls,
            usage.InputTokenCount,
            usage.OutputTokenCount);
    }
}

/// <summary>A method's figures.</summary>
/// <param name="Name">The method.</param>
/// <param name="Accuracy">The mean score over the test pairs, 0 to 1; a pair whose two orders disagree counts one half.</param>
/// <param name="Low">The lower end of the 95 % interval.</param>
/// <param name="High">The upper end.</param>
/// <param name="Pairs">The test pairs.</param>
/// <param name="Inconsistent">Those whose two orders disagree.</param>
/// <param name="PositionBias">From -1 (always the second completion) to 1 (always the first).</param>
/// <param name="Calls">The calls of the test.</param>
/// <param name="InputTokens">The tokens of its prompts.</param>
/// <param name="OutputTokens">The tokens of the replies.</param>
/// <param name="Failures">The answers that could not be read.</param>
internal sealed record MethodDocument(
    string Name,
    double Accuracy,
    double Low,
    double High,
    int Pairs,
    int Inconsistent,
    double PositionBias,
    int Calls,
    long InputTokens,
    long OutputTokens,
    int Failures)
{
    public static MethodDocument Of(MethodFigures figures) => new(
        figures.Name,
        figures.Accuracy.Mean,
        figures.Accuracy.Low,
        figures.Accuracy.High,
        figures.Pairs,
        figures.Inconsistent,
        figures.PositionBias,
        figures.Usage.Calls,
        figures.Usage.InputTokenCount,
        figures.Usage.OutputTokenCount,
        figures.Failures);
}
