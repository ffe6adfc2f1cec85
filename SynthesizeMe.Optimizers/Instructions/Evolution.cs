using System.Globalization;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>The iterations of one run of <see cref="Gepa{T}"/>.</summary>
internal sealed class Evolution<T>(
    Gepa<T> settings,
    TrialBook<T> book,
    Lineage<T> lineage,
    Reflector<T> reflector,
    IReadOnlyList<Example<T>> train,
    IReadOnlyList<Example<T>> validation,
    IProgress<OptimizationEvent>? progress)
    where T : class, ISignature<T>
{
    private readonly List<Trial<T>> _tried = [lineage.Start];
    private readonly List<string> _notes = [];
    private int _mergesDue;
    private int _merges;
    private bool _accepted;

    /// <summary>All candidates, in the order in which they were made.</summary>
    public IReadOnlyList<Trial<T>> Tried => _tried;

    /// <summary>Reflections that led to nothing.</summary>
    public IReadOnlyList<string> Notes => _notes;

    private int Left => settings.MaxMetricCalls - book.Runs;

    /// <exception cref="BudgetExceededException">The budget does not allow a reflection.</exception>
    public async Task RunAsync(int iterations, int batch, CancellationToken cancellationToken)
    {
        if (!await book.RunAsync(lineage.Start, validation, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        lineage.Add(lineage.Start);
        for (int i = 1; i <= iterations && Left >= (2 * batch) + validation.Count; i++)
        {
            bool isPaid = await TryMergeAsync(i, cancellationToken).ConfigureAwait(false)
                ?? await ReflectAsync(i, Minibatch(i - 1, batch), cancellationToken).ConfigureAwait(false);
            progress?.Report(new(OptimizationPhase.Validating, book.Runs, settings.MaxMetricCalls));
            if (!isPaid)
            {
                return;
            }
        }
    }

    /// <summary>False when the budget did not allow it, null when there was nothing to merge.</summary>
    private async Task<bool?> TryMergeAsync(int iteration, CancellationToken cancellationToken)
    {
        if (_mergesDue == 0 || !_accepted)
        {
            return null;
        }

        _accepted = false;
        SeededRandom random = Random($"merge {iteration}");
        if (lineage.DrawMerge(random, book.IsNew) is not { } merge)
        {
            return null;
        }

        _mergesDue--;
        _merges++;
        Trial<T> child = Begin($"merge {iteration}", merge.State);
        Example<T>[] sample = lineage.MergeSample(merge.Left, merge.Right, random);
        if (!await book.RunAsync(child, sample, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        if (Total(child) < Math.Max(Total(merge.Left.Trial), Total(merge.Right.Trial)))
        {
            child.IsRejected = true;
            return true;
        }

        return await AdmitAsync(child, cancellationToken, merge.Left, merge.Right).ConfigureAwait(false);

        double Total(Trial<T> trial) => Totals.Of(sample.Select(trial.ScoreOn));
    }

    private async Task<bool> ReflectAsync(int iteration, Example<T>[] batch, CancellationToken cancellationToken)
    {
        Descendant<T> parent = lineage.DrawParent(Random($"parent {iteration}"));
        if (!await book.RunAsync(parent.Trial, batch, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        if (batch.All(e => parent.Trial.ScoreOn(e) >= settings.PerfectScore)
            || await ChildOfAsync(parent, lineage.NextStep(parent), batch, iteration, cancellationToken).ConfigureAwait(false) is not { } child)
        {
            return true;
        }

        if (!await book.RunAsync(child, batch, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        if (Totals.Of(batch.Select(child.ScoreOn)) <= Totals.Of(batch.Select(parent.Trial.ScoreOn)))
        {
            child.IsRejected = true;
            return true;
        }

        bool isPaid = await AdmitAsync(child, cancellationToken, parent).ConfigureAwait(false);
        _accepted = isPaid;
        if (isPaid && _merges + _mergesDue < settings.MaxMerges)
        {
            _mergesDue++;
        }

        return isPaid;
    }

    /// <summary>The parent with new instructions for one predictor; null when the reflection led to nothing new.</summary>
    private async Task<Trial<T>?> ChildOfAsync(
        Descendant<T> parent, string step, Example<T>[] batch, int iteration, CancellationToken cancellationToken)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"reflection {iteration}");
        ProgramState state = parent.Trial.State;
        try
        {
            string? revised = await reflector.ReviseAsync(step, state, parent.Trial.On(batch), iteration, cancellationToken).ConfigureAwait(false);
            ProgramState changed = state.With(step, state[step] with { Instructions = revised });
            if (!string.IsNullOrEmpty(revised) && book.IsNew(changed))
            {
                return Begin(name, changed);
            }

            _notes.Add(revised switch
            {
                null => $"The {name} had nothing to go by: {step} was not called on its examples.",
                "" => $"The {name} gave empty instructions for {step}.",
                _ => $"The {name} gave instructions for {step} that were tried before.",
            });
        }
        catch (PromptParseException e)
        {
            _notes.Add($"The {name} on {step} was left out. {e.Message}");
        }

        return null;
    }

    private async Task<bool> AdmitAsync(Trial<T> child, CancellationToken cancellationToken, params Descendant<T>[] parents)
    {
        if (!await book.RunAsync(child, validation, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        lineage.Add(child, parents);
        return true;
    }

    private Trial<T> Begin(string name, ProgramState state)
    {
        Trial<T> trial = book.Begin(name, state);
        _tried.Add(trial);
        return trial;
    }

    /// <summary>The examples of an iteration: each epoch takes all in another order, and fills up its last batch with its first examples.</summary>
    private Example<T>[] Minibatch(int iteration, int size)
    {
        int perEpoch = (train.Count + size - 1) / size;
        Example<T>[] order = Random($"epoch {iteration / perEpoch}").Shuffle(train);
        return [.. Enumerable.Range(iteration % perEpoch * size, size).Select(i => order[i % order.Length])];
    }

    private SeededRandom Random(FormattableString stream) => new(settings.Seed, FormattableString.Invariant(stream));
}
