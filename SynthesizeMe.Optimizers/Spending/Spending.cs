using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>What one search spends: every call is counted, and the budget is asked first where there is one.</summary>
/// <param name="budget">What may be spent; null for no limit.</param>
/// <param name="worstCase">The most calls that the search said it would make.</param>
internal sealed class Spending(Budget? budget, long? worstCase = null)
{
    private readonly Budget _counted = new() { Calls = worstCase };

    /// <summary>Calls and tokens so far, those of runs that were broken off included.</summary>
    public Usage Usage => _counted.Spent;

    /// <summary>The program with its calls paid from here.</summary>
    public IPromptProgram<T> On<T>(IPromptProgram<T> program)
        where T : class, ISignature<T> => program.WithClient(client =>
        {
            var counting = new BudgetChatClient(client, _counted) { CountsReplays = true };
            return budget is null ? counting : new BudgetChatClient(counting, budget);
        });

    /// <summary>
    /// How many of so many runs the budget allows now, should each make all the calls it may. Asked before a batch, it decides what is run whatever
    /// the order in which the replies arrive: no call of these runs can be refused for want of calls.
    /// </summary>
    /// <param name="program">What is run.</param>
    /// <param name="runs">How many runs are wanted.</param>
    /// <param name="times">How often a run may run the program.</param>
    public int Affordable<T>(IPromptProgram<T> program, int runs, int times = 1)
        where T : class, ISignature<T>
    {
        long calls = Math.Max(1, (long)program.MaxCalls * times);
        while (runs > 0 && budget?.Allows(new Usage((int)Math.Min(runs * calls, int.MaxValue), 0, 0)) == false)
        {
            runs--;
        }

        return runs;
    }
}
