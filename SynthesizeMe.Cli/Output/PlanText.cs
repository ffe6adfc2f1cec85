using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Cli;

/// <summary>What <c>--dry-run</c> prints: what would be done, and the bill at worst.</summary>
internal static class PlanText
{
    /// <summary>The plan of fits.</summary>
    public static int OfFits(Invocation call, PreferencePair[][] people, SynthesisOptions synthesis)
    {
        using IChatClient silent = Silent(call);
        var synthesizer = new PersonaSynthesizer(silent, synthesis);
        return Write(call, synthesis.Effort, [.. people.Select(pairs =>
        {
            string user = pairs[0].UserId;
            try
            {
                return PlannedUser.Of(user, synthesizer.Plan(pairs), null);
            }
            catch (TooFewPairsException e)
            {
                return PlannedUser.Skip(user, e.Message);
            }
        })]);
    }

    /// <summary>The plan of a measurement.</summary>
    public static int OfEvaluation(Invocation call, IReadOnlyList<PreferencePair> pairs, HeldOutOptions held)
    {
        using IChatClient silent = Silent(call);
        return Write(call, held.Synthesis.Effort, [.. new HeldOutEvaluation(silent, held).Plan(pairs).Select(p =>
            p.Fit is { } fit ? PlannedUser.Of(p.UserId, fit, p) : PlannedUser.Skip(p.UserId, p.Skipped!))]);
    }

    private static IChatClient Silent(Invocation call) => call.Surroundings.OpenModel(call.Model with { IsCalled = false });

    private static int Write(Invocation call, FitEffort effort, ImmutableArray<PlannedUser> users)
    {
        long calls = users.Sum(u => u.Calls);
        long input = users.Sum(u => u.InputTokens);
        long output = users.Sum(u => u.OutputTokens);
        (TokenPrice Price, string? Currency)? price = call.Options.Spending(call.Parsed).PriceOf(call.Model);
        decimal? cost = price?.Price.Of(new Usage((int)Math.Min(calls, int.MaxValue), input, output));
        var plan = new PlanDocument(call.Model.ToString(), effort.ToString().ToLowerInvariant(), users, calls, input, output, cost, price?.Currency);
        if (call.Json)
        {
            call.Write(plan, Documents.Readable.PlanDocument);
        }
        else
        {
            Write(call.Out, plan);
        }

        return users.Any(u => u.Skipped is null) ? ExitCodes.Done : ExitCodes.BadInput;
    }

    private static void Write(Screen screen, PlanDocument plan)
    {
        foreach (PlannedUser user in plan.Users)
        {
            screen.Line($"{PlainText.OneLine(PreferenceInput.Name(user.User))}: {user.Skipped ?? $"{Figures.Count(user.Train, "pair")} to learn from, {Figures.Count(user.Validation)} to compare on ({user.Split})"}");
            if (user.Skipped is null)
            {
                screen.Draw(RowTable.Of(user.Stages.Select(s => RowTable.Row(
                    ("stage", s.Stage), ("calls at most", Figures.Count(s.Calls)), ("tokens in, about", Figures.Count(s.InputTokens)), ("out, about", Figures.Count(s.OutputTokens))))));
            }

            screen.Line();
        }

        screen.Line($"{Figures.Count(plan.Users.Count(u => u.Skipped is null), "user")}; model {plan.Model}, effort {plan.Effort}: at most {Figures.Count(plan.Calls, "call")}, with about {Figures.Count(plan.InputTokens)} + {Figures.Count(plan.OutputTokens)} tokens.");
        screen.Line($"Tokens are estimated from the prompts, at four characters each, with {FitPlan.TokensOfAnAnswer} for an answer and {FitPlan.TokensOfAPersona} for a persona. Replies that a store has cost nothing.");
        screen.Line(plan.Cost is { } cost
            ? string.Create(CultureInfo.InvariantCulture, $"That costs about {cost:0.00##}{(plan.Currency is { } currency ? $" {currency}" : "")} at most.")
            : "What that costs is not known: name a file with --prices.");
    }
}

/// <summary>What <c>--dry-run --json</c> writes.</summary>
/// <param name="Model">The model.</param>
/// <param name="Effort">How thoroughly it would search.</param>
/// <param name="Users">The people, in the order of the data.</param>
/// <param name="Calls">The most calls.</param>
/// <param name="InputTokens">About how many tokens the prompts of so many calls have.</param>
/// <param name="OutputTokens">About how many tokens their replies have.</param>
/// <param name="Cost">What that costs; <see langword="null"/> where no price is known.</param>
/// <param name="Currency">The currency that the price table names.</param>
internal sealed record PlanDocument(
    string Model, string Effort, ImmutableArray<PlannedUser> Users, long Calls, long InputTokens, long OutputTokens, decimal? Cost, string? Currency);

/// <summary>The plan for one person.</summary>
/// <param name="User">The person.</param>
/// <param name="Train">The pairs to learn from.</param>
/// <param name="Validation">The pairs to compare on.</param>
/// <param name="Split">How they would be divided.</param>
/// <param name="Stages">The stages.</param>
/// <param name="Skipped">Why the person would be left out; <see langword="null"/> when not.</param>
internal sealed record PlannedUser(string User, int Train, int Validation, string Split, ImmutableArray<PlannedStep> Stages, string? Skipped)
{
    /// <summary>The most calls.</summary>
    public long Calls => Stages.Sum(s => s.Calls);

    /// <summary>About how many tokens their prompts have.</summary>
    public long InputTokens => Stages.Sum(s => s.InputTokens);

    /// <summary>About how many tokens their replies have.</summary>
    public long OutputTokens => Stages.Sum(s => s.OutputTokens);

    /// <summary>The plan of a fit, and of a test after it.</summary>
    public static PlannedUser Of(string user, FitPlan fit, HeldOutPlan? test) => new(
        user,
        fit.Split.Train.Length,
        fit.Split.Validation.Length,
        fit.Split.Kind switch { SplitKind.Given => "as the data say", SplitKind.LeaveOneOut => "leaving one out", _ => "by conversation" },
        [
            .. fit.Stages.Select(s => new PlannedStep(FitSteps.Describe(s.Stage), s.Calls, s.InputTokens, s.OutputTokens)),
            .. test is null ? [] : new[] { new PlannedStep($"testing on {Figures.Count(test.TestPairs, "pair")}", test.TestCalls, test.TestInputTokens, test.TestOutputTokens) },
        ],
        null);

    /// <summary>Somebody who would be left out.</summary>
    public static PlannedUser Skip(string user, string reason) => new(user, 0, 0, "", [], reason);
}

/// <summary>A stage of a plan.</summary>
/// <param name="Stage">What would be done.</param>
/// <param name="Calls">The most calls.</param>
/// <param name="InputTokens">About how many tokens their prompts have.</param>
/// <param name="OutputTokens">About how many tokens their replies have.</param>
internal sealed record PlannedStep(string Stage, long Calls, long InputTokens, long OutputTokens);
