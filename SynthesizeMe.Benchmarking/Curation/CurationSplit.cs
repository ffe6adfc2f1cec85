namespace SynthesizeMe.Benchmarking;

/// <summary>Divides each person's pairs by conversation in time order: the earliest to learn from, the next to choose by, the rest to be measured on.</summary>
internal static class CurationSplit
{
    private const int Parts = 3;

    /// <summary>The split of each pair, and why people cannot be divided.</summary>
    public static (Dictionary<string, DataSplit> Splits, Dictionary<string, string> Unsplit) Divide(IReadOnlyList<PreferencePair> pairs, CurationOptions options)
    {
        var splits = new Dictionary<string, DataSplit>(StringComparer.Ordinal);
        var unsplit = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (IGrouping<string, PreferencePair> person in pairs.GroupBy(p => p.UserId, StringComparer.Ordinal))
        {
            PreferencePair[][] conversations = PreferenceSplit.InTimeOrder(person);
            if (conversations.Length < Parts)
            {
                unsplit.Add(person.Key, "the person has fewer than 3 conversations");
                continue;
            }

            (int train, int validation) = Cuts([.. conversations.Select(c => c.Length)], options);
            for (int i = 0; i < conversations.Length; i++)
            {
                DataSplit split = i < train ? DataSplit.Train : i < validation ? DataSplit.Validation : DataSplit.Test;
                foreach (PreferencePair pair in conversations[i])
                {
                    splits[CurationRun.KeyOf(pair)] = split;
                }
            }
        }

        return (splits, unsplit);
    }

    /// <summary>The conversations before which the second and the third part begin, so that the parts are as near to their shares as can be; none is empty.</summary>
    private static (int Second, int Third) Cuts(int[] sizes, CurationOptions options)
    {
        int[] before = new int[sizes.Length + 1];
        for (int i = 0; i < sizes.Length; i++)
        {
            before[i + 1] = before[i] + sizes[i];
        }

        double total = before[^1];
        (int, int) best = (1, 2);
        double distance = double.PositiveInfinity;
        for (int second = 1; second < sizes.Length - 1; second++)
        {
            for (int third = second + 1; third < sizes.Length; third++)
            {
                double train = before[second] / total;
                double validation = (before[third] - before[second]) / total;
                double off = Math.Abs(train - options.TrainShare) + Math.Abs(validation - options.ValidationShare);
                if (off < distance - 1e-12)
                {
                    (best, distance) = ((second, third), off);
                }
            }
        }

        return best;
    }
}
