using System.CommandLine;
using System.Numerics;

namespace SynthesizeMe.Cli;

/// <summary>The options that every command has.</summary>
internal sealed class ModelOptions
{
    private readonly Option<string> _model = new("--model")
    {
        Description = "Who judges: offline (a small style learner inside this tool, no language model), openai:NAME, ollama:NAME or anthropic:NAME. "
            + "Keys are read from OPENAI_API_KEY and ANTHROPIC_API_KEY.",
        HelpName = "MODEL",
        DefaultValueFactory = _ => "offline",
        Recursive = true,
    };

    private readonly Option<string?> _endpoint = new("--endpoint")
    {
        Description = "The address of the model's API, such as http://localhost:8080/v1 for a server that speaks OpenAI's. [default: the provider's own]",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Decides everything that is drawn: the same seed gives the same output.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
        Recursive = true,
    };

    private readonly Option<int> _parallel = new("--parallel")
    {
        Description = "The most calls at once. The output does not depend on it.",
        HelpName = "N",
        DefaultValueFactory = _ => 8,
        Recursive = true,
    };

    private readonly BudgetOptions _budget = new();

    private readonly LimitOptions _limits = new();

    private readonly Option<bool> _json = new("--json") { Description = "Write the result as JSON, and nothing else, to the standard output.", Recursive = true };

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Show where in the program an error came from.", Recursive = true };

    /// <summary>Adds the options to the root, from where every command has them.</summary>
    public ModelOptions(RootCommand root)
    {
        RequirePositive(_parallel);
        root.Add(_json);
        root.Add(_model);
        root.Add(_endpoint);
        root.Add(_seed);
        root.Add(_parallel);
        _budget.AddTo(root);
        _limits.AddTo(root);
        root.Add(_verbose);
    }

    /// <summary>Makes a file an error where a directory is meant.</summary>
    public static void RequireDirectory<T>(Option<T> option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && File.Exists(result.Tokens[0].Value))
        {
            result.AddError($"{option.Name} takes a directory, and {result.Tokens[0].Value} is a file.");
        }
    });

    /// <summary>Makes a number below 1 an error.</summary>
    public static void RequirePositive<T>(Option<T> option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && BigInteger.TryParse(result.Tokens[0].Value, out BigInteger number) && number < 1)
        {
            result.AddError($"{option.Name} takes a number from 1, and not {result.Tokens[0].Value}.");
        }
    });

    /// <summary>Whether the result is to be JSON.</summary>
    public bool Json(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Whether errors are to come with stack traces.</summary>
    public bool Verbose(ParseResult parsed) => parsed.GetValue(_verbose);

    /// <summary>The model.</summary>
    /// <exception cref="UsageException">It is not one.</exception>
    public ModelChoice Model(ParseResult parsed) => ModelChoice.Parse(parsed.GetValue(_model)!, parsed.GetValue(_endpoint));

    /// <summary>The seed.</summary>
    public int Seed(ParseResult parsed) => parsed.GetValue(_seed);

    /// <summary>The most calls at once.</summary>
    public int Parallel(ParseResult parsed) => parsed.GetValue(_parallel);

    /// <summary>What may be spent.</summary>
    public SpendingLimits Spending(ParseResult parsed) => _budget.Read(parsed);

    /// <summary>How the model is called.</summary>
    public ModelPipeline Limits(ParseResult parsed) => _limits.Read(parsed, Parallel(parsed));
}
