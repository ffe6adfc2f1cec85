using System.CommandLine;
using SynthesizeMe.Benchmarking;

namespace SynthesizeMe.Cli;

/// <summary>What the commands that fit have in common: the data, and how to search.</summary>
internal sealed class DataOptions
{
    private const string Form =
        "Preference pairs, one JSON object a line: {\"user_id\", \"conversation_id\", \"context\": [{\"role\", \"content\"}], \"chosen\": {…}, \"rejected\": {…}}.";

    private readonly Argument<string> _input = new("INPUT") { Description = Form };

    private readonly Argument<string[]> _inputs = new("DATA")
    {
        Description = "Files or directories, each a data set: preference pairs as fit reads them, or a published data set as it was downloaded (PersonalRewardBench, PRISM, "
            + "Chatbot Arena conversations or MT-Bench judgments, in Parquet or JSON Lines).",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<bool> _skipBadLines = new("--skip-bad-lines") { Description = "Warn of lines that cannot be used, and go on without them." };

    private readonly Option<FitEffort> _effort = new("--effort")
    {
        Description = "How thoroughly to search: about 80 calls for 15 choices with standard, half with quick, three times as many with thorough; published is the paper's own search.",
        HelpName = "EFFORT",
        DefaultValueFactory = _ => FitEffort.Standard,
    };

    private readonly Option<int?> _candidates = new("--candidates")
    {
        Description = "The subsets of demonstrations in each of the two searches of --effort published (10) and thorough (3).",
        HelpName = "N",
    };

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="several">Whether it takes several files.</param>
    public DataOptions(Command command, bool several = false)
    {
        ModelOptions.RequirePositive(_candidates);
        command.Add(several ? _inputs : _input);
        command.Add(_effort);
        command.Add(_candidates);
        command.Add(_skipBadLines);
    }

    /// <summary>The file.</summary>
    public string Path(ParseResult parsed) => parsed.GetRequiredValue(_input);

    /// <summary>Reads the file.</summary>
    public Task<IReadOnlyList<PreferencePair>> ReadAsync(ParseResult parsed, ErrorReporter errors, CancellationToken cancellationToken) =>
        PreferenceInput.ReadAsync(Path(parsed), parsed.GetValue(_skipBadLines), errors, cancellationToken);

    /// <summary>Reads all files.</summary>
    public Task<IReadOnlyList<PreferenceDataSet>> ReadAllAsync(ParseResult parsed, ErrorReporter errors, CancellationToken cancellationToken) =>
        BenchmarkInput.ReadAsync(parsed.GetRequiredValue(_inputs), parsed.GetValue(_skipBadLines), errors, cancellationToken);

    /// <summary>How to fit.</summary>
    public SynthesisOptions Synthesis(ParseResult parsed, ModelOptions options) => new()
    {
        Effort = parsed.GetValue(_effort),
        Candidates = parsed.GetValue(_candidates),
        Seed = options.Seed(parsed),
        MaxParallel = options.Parallel(parsed),
    };
}
