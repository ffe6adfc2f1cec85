using System.Collections.Immutable;
using System.Globalization;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>The instructions and demonstration sets that each predictor of a program can have. The first of each are the program's own.</summary>
internal sealed class CombinationSpace<T>
    where T : class, ISignature<T>
{
    private const int Draws = 20;

    private readonly (string Name, string?[] Instructions, ImmutableArray<Demo>[] Demos)[] _predictors;
    private readonly long _count;

    public CombinationSpace(IPromptProgram<T> program, IReadOnlyList<string[]> proposals, IReadOnlyList<ProgramState> demoSets)
    {
        _predictors = [.. program.Predictors.Select((p, i) => (
            p.Name,
            (string?[])[p.State.Instructions, .. proposals[i].Distinct().Where(t => t != PromptText.InstructionsOf(p))],
            demoSets.Select(s => new PredictorState(null, s[p.Name].Demos)).Distinct().Select(s => s.Demos).ToArray()))];
        Sizes = [.. _predictors.Select(p => (p.Instructions.Length, p.Demos.Length))];
        Start = new Combination([.. _predictors.Select(_ => (0, 0))]);
        _count = Sizes.Aggregate(1L, (count, s) => Math.Min(int.MaxValue, count * s.Instructions * s.Demos));
    }

    /// <summary>How many instructions and demonstration sets each predictor has.</summary>
    public IReadOnlyList<(int Instructions, int Demos)> Sizes { get; }

    /// <summary>The program as it was given.</summary>
    public Combination Start { get; }

    public ProgramState StateOf(Combination combination)
    {
        ProgramState state = ProgramState.Empty;
        for (int p = 0; p < _predictors.Length; p++)
        {
            (int instructions, int demos) = combination.Choices[p];
            state = state.With(_predictors[p].Name, new PredictorState(_predictors[p].Instructions[instructions], _predictors[p].Demos[demos]));
        }

        return state;
    }

    public string NameOf(Combination combination) => string.Join("; ", combination.Choices.Select((c, p) =>
        string.Create(CultureInfo.InvariantCulture, $"{_predictors[p].Name}: instructions {c.Instructions}, demonstrations {c.Demos}")));

    /// <summary>The first draw that is not done with, else any combination that is not; null when all are.</summary>
    public Combination? NextIn(Func<Combination> draw, Func<Combination, bool> isDone, SeededRandom random)
    {
        for (int i = 0; i < Draws; i++)
        {
            if (draw() is { } drawn && !isDone(drawn))
            {
                return drawn;
            }
        }

        int first = random.Next((int)_count);
        return Enumerable.Range(0, (int)_count).Select(i => At((first + (long)i) % _count)).FirstOrDefault(c => !isDone(c));
    }

    private Combination At(long number)
    {
        var choices = new (int, int)[Sizes.Count];
        for (int p = 0; p < choices.Length; p++)
        {
            number = Math.DivRem(number, Sizes[p].Instructions, out long instructions);
            number = Math.DivRem(number, Sizes[p].Demos, out long demos);
            choices[p] = ((int)instructions, (int)demos);
        }

        return new Combination(choices);
    }
}
