namespace SynthesizeMe.Benchmarking;

/// <summary>Reads the names of splits.</summary>
internal static class DataSplits
{
    /// <summary>The split of a name; <see langword="null"/> for another name.</summary>
    public static DataSplit? Of(string name) => name switch
    {
        "train" => DataSplit.Train,
        "val" or "validation" => DataSplit.Validation,
        "test" => DataSplit.Test,
        _ => null,
    };

    /// <summary>The split that a file's name begins with, as in <c>train-00000-of-00001.parquet</c>.</summary>
    public static DataSplit? OfName(string file) => Of(Path.GetFileNameWithoutExtension(file).Split('-', '.', '_')[0]);
}
