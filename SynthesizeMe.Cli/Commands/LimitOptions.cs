using System.CommandLine;
using System.Globalization;

namespace SynthesizeMe.Cli;

/// <summary>The options that say how a model is called.</summary>
internal sealed class LimitOptions
{
    private const int MostRetries = 100;

    private readonly Option<int> _retries = new("--retries")
    {
        Description = "How often a call is made again that failed for a passing reason: 429, 408, 5xx, a broken connection, a timeout. Waits as long as the server asks, else longer each time.",
        HelpName = "N",
        DefaultValueFactory = _ => 4,
        Recursive = true,
    };

    private readonly Option<int?> _requests = new("--requests-per-minute")
    {
        Description = "The most calls in any minute. [default: no limit]",
        HelpName = "N",
        Recursive = true,
    };

    private readonly Option<int?> _tokens = new("--tokens-per-minute")
    {
        Description = "The most tokens in any minute, estimated before each call and corrected after it. [default: no limit]",
        HelpName = "N",
        Recursive = true,
    };

    /// <summary>Adds the options.</summary>
    public void AddTo(Command root)
    {
        _retries.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)
                && number is < 0 or > MostRetries)
            {
                result.AddError($"--retries takes a number from 0 to {MostRetries}, and not {result.Tokens[0].Value}.");
            }
        });
        ModelOptions.RequirePositive(_requests);
        ModelOptions.RequirePositive(_tokens);
        root.Add(_retries);
        root.Add(_requests);
        root.Add(_tokens);
    }

    /// <summary>What was asked for.</summary>
    public ModelPipeline Read(ParseResult parsed, int parallel) =>
        new(parallel, parsed.GetValue(_retries), parsed.GetValue(_requests), parsed.GetValue(_tokens));
}
