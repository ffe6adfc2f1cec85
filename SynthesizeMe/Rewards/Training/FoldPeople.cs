using System.Numerics.Tensors;

namespace SynthesizeMe.Rewards;

/// <summary>The people of one fold's training part: how they differ, and what that says of the pairs that were held out.</summary>
internal sealed class FoldPeople
{
    private readonly DifferenceMatrix _shares;
    private readonly (int[] Learned, int[] Held)[] _people;

    private FoldPeople(float[] margins, DifferenceMatrix shares, (int[] Learned, int[] Held)[] people) =>
        (Margins, _shares, _people) = (margins, shares, people);

    /// <summary>The log-odds of all pairs by the pooled part.</summary>
    public float[] Margins { get; }

    /// <summary>Learns how people differ.</summary>
    public static FoldPeople Of(TrainingPairs data, int[][] folds, int fold, float[] pooled, CancellationToken cancellationToken)
    {
        int[] others = CrossValidation.Others(folds, fold);
        float[] margins = data.Margins(data.All, pooled);
        DifferenceMatrix directions = PersonPrior.Learn(data, others, margins, cancellationToken);
        ILookup<string, int> held = folds[fold].ToLookup(r => data.Pairs[r].UserId, StringComparer.Ordinal);
        (int[], int[])[] people = [.. data.ByUser(others).Where(p => held.Contains(p.User)).Select(p => (p.Rows, held[p.User].ToArray()))];
        return new(margins, PersonPrior.Project(data.Matrix, data.All, directions), people);
    }

    /// <summary>The log-odds of all pairs; of those that are held out, with each person's own part.</summary>
    public float[] Predict(double weight, CancellationToken cancellationToken)
    {
        float[] personal = [.. Margins];
        foreach ((int[] learned, int[] held) in _people)
        {
            float[] own = new LogisticRidge(_shares, learned, Margins).Fit(weight, null, cancellationToken);
            foreach (int row in held)
            {
                personal[row] += TensorPrimitives.Dot<float>(_shares[row], own);
            }
        }

        return personal;
    }
}
