using System.CommandLine;
using System.Globalization;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>The options that limit what a run may spend.</summary>
internal sealed class BudgetOptions
{
    private readonly Option<long?> _calls = new("--budget-calls")
    {
        Description = "The most calls to the model. When they are spent, what is finished is kept and the exit code is 3. [default: no limit]",
        HelpName = "N",
        Recursive = true,
    };

    private readonly Option<long?> _tokens = new("--budget-tokens")
    {
        Description = "The most tokens, of prompts and replies together; never exceeded. [default: no limit]",
        HelpName = "N",
        Recursive = true,
    };

    private readonly Option<decimal?> _cost = new("--budget-cost")
    {
        Description = "The most money, in the currency of --prices; never exceeded. [default: no limit]",
        HelpName = "AMOUNT",
        Recursive = true,
    };

    private readonly Option<string?> _prices = new("--prices")
    {
        Description = "What models charge per million tokens, as JSON: {\"prices\": [{\"model\": \"NAME or pattern*\", \"input\": 0.1, \"cachedInput\": 0.05, \"output\": 0.4}]}.",
        HelpName = "FILE",
        Recursive = true,
    };

    private readonly Option<string?> _deadline = new("--deadline")
    {
        Description = "When to stop, counted from the start: 90s, 30m or 2h. Calls that are under way then are broken off. [default: none]",
        HelpName = "TIME",
        Recursive = true,
    };

    /// <summary>Adds the options.</summary>
    public void AddTo(Command root)
    {
        ModelOptions.RequirePositive(_calls);
        ModelOptions.RequirePositive(_tokens);
        _cost.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && decimal.TryParse(result.Tokens[0].Value, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal amount) && amount <= 0)
            {
                result.AddError($"--budget-cost takes an amount above 0, and not {result.Tokens[0].Value}.");
            }
        });
        _deadline.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && Duration(result.Tokens[0].Value) is null)
            {
                result.AddError($"--deadline takes a time such as 90s, 30m or 2h, and not {result.Tokens[0].Value}.");
            }
        });
        root.Add(_calls);
        root.Add(_tokens);
        root.Add(_cost);
        root.Add(_prices);
        root.Add(_deadline);
    }

    /// <summary>What was asked for.</summary>
    public SpendingLimits Read(ParseResult parsed) => new(
        parsed.GetValue(_calls),
        parsed.GetValue(_tokens),
        parsed.GetValue(_cost),
        parsed.GetValue(_prices),
        parsed.GetValue(_deadline) is { } time ? Duration(time) : null);

    private static TimeSpan? Duration(string text)
    {
        double? unit = text.Length < 2 ? null : text[^1] switch { 's' => 1, 'm' => 60, 'h' => 3600, _ => null };
        return unit is { } seconds && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            && number * seconds is > 0 and < 31_536_000
            ? TimeSpan.FromSeconds(number * seconds)
            : null;
    }
}

/// <summary>What a run may spend, as the command line says it.</summary>
/// <param name="Calls">The most calls.</param>
/// <param name="Tokens">The most tokens.</param>
/// <param name="Cost">The most money.</param>
/// <param name="PriceFile">Where prices are.</param>
/// <param name="Time">How long it may take.</param>
internal sealed record SpendingLimits(long? Calls, long? Tokens, decimal? Cost, string? PriceFile, TimeSpan? Time)
{
    /// <summary>A persona with its reasoning fits.</summary>
    private const int LongestReply = 4096;

    /// <summary>The budget; <see langword="null"/> without a limit.</summary>
    /// <exception cref="UsageException">The limit on cost has no price.</exception>
    /// <exception cref="InputException">The price table cannot be used.</exception>
    public Budget? Budget(ModelChoice model, TimeProvider time) => Budget([model], time);

    /// <summary>The budget that several models share; <see langword="null"/> without a limit.</summary>
    /// <exception cref="UsageException">The limit on cost has no price.</exception>
    /// <exception cref="InputException">The price table cannot be used.</exception>
    public Budget? Budget(IReadOnlyList<ModelChoice> models, TimeProvider time)
    {
        PriceTable? prices = ReadPrices();
        ModelChoice[] charging = [.. models.Where(m => m != ModelChoice.Offline)];
        if (Cost is not null && charging.Length > 0)
        {
            if (prices is null)
            {
                throw new UsageException("--budget-cost needs what the model charges; name a file with --prices");
            }

            if (charging.FirstOrDefault(m => prices.Find(m.Name) is null) is { } free)
            {
                throw new InputException($"{PriceFile} has no price for '{free.Name}'. Add one, or a pattern that fits it.");
            }
        }

        bool one = models.Distinct().Count() == 1;

        return (Calls, Tokens, Cost, Time) == default ? null : new Budget
        {
            Calls = Calls,
            Tokens = Tokens,
            Cost = Cost,
            Price = charging.Length == 0 ? new TokenPrice(0, 0) : one ? prices?.Find(models[0].Name) : null,
            Prices = one ? null : prices,
            Deadline = time.GetUtcNow() + Time,
            Time = time,
            AssumedOutputTokens = LongestReply,
        };
    }

    /// <summary>What the model's tokens cost, with the currency; <see langword="null"/> where no price is known.</summary>
    /// <exception cref="InputException">The price table cannot be used.</exception>
    public (TokenPrice Price, string? Currency)? PriceOf(ModelChoice model)
    {
        PriceTable? prices = ReadPrices();
        return model == ModelChoice.Offline ? (new TokenPrice(0, 0), prices?.Currency)
            : prices?.Find(model.Name) is { } price ? (price, prices.Currency)
            : null;
    }

    /// <summary>What the model charges; <see langword="null"/> when that is not known.</summary>
    /// <exception cref="InputException">The price table cannot be used.</exception>
    public TokenPrice? Price(ModelChoice model) => model == ModelChoice.Offline ? new TokenPrice(0, 0) : ReadPrices()?.Find(model.Name);

    private PriceTable? ReadPrices()
    {
        try
        {
            return PriceFile is null ? null : PriceTable.Read(File.ReadAllText(PriceFile), PriceFile);
        }
        catch (PriceTableException e)
        {
            throw new InputException(e.Message);
        }
    }
}
