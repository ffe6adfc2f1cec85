using System.Collections.Immutable;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>Turns verified runs and labelled examples into the demonstrations of a program's predictors.</summary>
internal static class DemoSet
{
    /// <summary>
    /// The program's state with labelled demonstrations first and verified ones last, next to the question. Both keep the order of the training
    /// set unless told otherwise, whatever order they were drawn in, so that candidates share as much of their prompts as can be.
    /// </summary>
    /// <param name="program">The program.</param>
    /// <param name="verified">The verified ones.</param>
    /// <param name="labelled">The labelled ones.</param>
    /// <param name="rank">Another order than that of the training set: the lower, the earlier.</param>
    public static ProgramState Build<T>(
        IPromptProgram<T> program, IReadOnlyList<VerifiedDemo<T>> verified, IReadOnlyList<DemoSource<T>> labelled, Func<DemoSource<T>, int>? rank = null)
        where T : class, ISignature<T>
    {
        rank ??= static s => s.Index;
        PredictorCall[][] calls = [.. verified.OrderBy(v => rank(v.Source)).Select(v => v.Run.Prediction!.Calls.ToArray())];
        T[] labels = [.. labelled.OrderBy(rank).Select(s => s.Preferred.Value)];
        ProgramState state = program.State;
        foreach (IPredictor predictor in program.Predictors)
        {
            IEnumerable<Demo> plain = labels.Select(predictor.LabelledDemo).OfType<Demo>();
            IEnumerable<Demo> reasoned = calls
                .Select(run => run.LastOrDefault(c => c.Predictor == predictor.Name))
                .OfType<PredictorCall>()
                .Select(AsVerified);
            state = state.With(predictor.Name, predictor.State.WithDemos([.. plain, .. reasoned]));
        }

        return state;
    }

    /// <summary>The program without demonstrations of an item: what is judged is never shown.</summary>
    /// <param name="program">The program.</param>
    /// <param name="views">The item's examples: what has their inputs is of the item, whatever its outputs.</param>
    /// <param name="runs">The item's runs: what any predictor answered in them is of the item too.</param>
    public static IPromptProgram<T> Without<T>(IPromptProgram<T> program, IEnumerable<Example<T>> views, IEnumerable<ExampleResult<T>> runs)
        where T : class, ISignature<T>
    {
        IInputs<T>[] inputs = [.. views.Select(v => T.InputsOf(v.Value))];
        Demo[] answers = [.. runs.SelectMany(r => r.Prediction?.Calls ?? []).Select(AsVerified)];
        ProgramState full = program.State;
        ProgramState state = full;
        foreach ((string name, PredictorState predictor) in full.Predictors)
        {
            ImmutableArray<Demo> others = predictor.Demos.RemoveAll(
                d => answers.Contains(d) || (d is Demo<T> demo && inputs.Contains(T.InputsOf(demo.Value))));
            if (others.Length < predictor.Demos.Length)
            {
                state = state.With(name, predictor with { Demos = others });
            }
        }

        return ReferenceEquals(state, full) ? program : program.With(state);
    }

    private static Demo AsVerified(PredictorCall call) => call.Demo with { Verified = true };
}
