namespace SynthesizeMe.Benchmarking;

/// <summary>What measuring one person would do at most.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Fit">The fit; <see langword="null"/> when the person would be left out.</param>
/// <param name="TestPairs">The pairs that would be tested on.</param>
/// <param name="TestCalls">The most calls of the test, of all methods in both orders, second asks included.</param>
/// <param name="Skipped">Why the person would be left out; <see langword="null"/> when measured.</param>
public sealed record HeldOutPlan(string UserId, FitPlan? Fit, int TestPairs, long TestCalls, string? Skipped)
{
    /// <summary>About how many tokens the prompts of the test have: as many a call as the longest of the fit's.</summary>
    public long TestInputTokens => Fit is null ? 0 : TestCalls * Fit.Stages.Where(s => s.Stage != FitStage.SynthesizePersona).Max(s => s.InputTokens / s.Calls);

    /// <summary>About how many tokens the replies of the test have.</summary>
    public long TestOutputTokens => TestCalls * FitPlan.TokensOfAnAnswer;
}
