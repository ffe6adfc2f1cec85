namespace SynthesizeMe.Benchmarking;

/// <summary>A data set cannot be read at all. The message names the file, what is wrong and the cure. Single bad rows are <see cref="PreferenceDataSet.Problems"/> instead.</summary>
/// <param name="message">What is wrong, and what to do about it.</param>
/// <param name="inner">Where it comes from.</param>
public sealed class DataSetException(string message, Exception? inner = null) : Exception(message, inner);
