using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>A scripted model for the program of two predictors.</summary>
internal static class Critics
{
    public static Judge Perfect() => RightOn(_ => true);

    public static Judge RightOn(Func<int, bool> items) => new(q => Answer(q, items(q.Item)));

    /// <summary>Right, but every other pair only when asked a second time.</summary>
    public static Judge Stammering() => new(q => q.Item % 2 == 1 && !q.IsSecondAsk ? Judge.Nonsense : Answer(q, right: true));

    public static CriticThenJudge Program(this Judge judge) => new(judge.Client, new PredictOptions { MaxReasks = 0 });

    private static string Answer(Question q, bool right) => q.IsCritique
        ? $"[[ ## reasoning ## ]]\nlooked at {q.Item}\n\n[[ ## merits ## ]]\nbrevity of {q.Item}\n\n[[ ## completed ## ]]"
        : Judge.Reply(right ? q.Good : q.Bad, $"because of {q.Item}");
}
