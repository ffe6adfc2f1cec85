namespace SynthesizeMe.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCodes
{
    /// <summary>All is done.</summary>
    public const int Done = 0;

    /// <summary>The input cannot be used.</summary>
    public const int BadInput = 1;

    /// <summary>The command line cannot be understood.</summary>
    public const int Usage = 2;

    /// <summary>The model could not be reached or understood, or the budget is spent; what was finished is kept.</summary>
    public const int Model = 3;

    /// <summary>Requests of a batch wait for their replies; the same command goes on when they are in the store.</summary>
    public const int Waiting = 4;

    /// <summary>A defect of the tool (<c>EX_SOFTWARE</c>).</summary>
    public const int Defect = 70;

    /// <summary>Stopped by Ctrl-C; what was finished is kept.</summary>
    public const int Stopped = 130;
}

/// <summary>The command line asks for something that does not go together.</summary>
/// <param name="message">What, and the cure.</param>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The input cannot be used.</summary>
/// <param name="message">What is wrong with it, and the cure.</param>
internal sealed class InputException(string message) : Exception(message);

/// <summary>A fit ended early, with what it had.</summary>
/// <param name="reason">Why.</param>
internal sealed class FitStoppedException(string reason) : Exception(reason);
