using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>One invocation of a command: what was asked for, and where the answer goes.</summary>
/// <param name="Surroundings">What the tool touches outside itself.</param>
/// <param name="Options">The options that every command has.</param>
/// <param name="Parsed">The command line.</param>
internal sealed record Invocation(Surroundings Surroundings, ModelOptions Options, ParseResult Parsed)
{
    private readonly Lazy<Budget?> _budget = new(() => Options.Spending(Parsed).Budget(Options.Model(Parsed), Surroundings.Time));

    /// <summary>Takes warnings and errors.</summary>
    public ErrorReporter Errors { get; } = new(Surroundings, Options.Verbose(Parsed));

    /// <summary>Takes the result.</summary>
    public Screen Out => Surroundings.Out;

    /// <summary>Whether the result is to be JSON.</summary>
    public bool Json { get; } = Options.Json(Parsed);

    /// <summary>The model.</summary>
    public ModelChoice Model { get; } = Options.Model(Parsed);

    /// <summary>Shows how far a run is.</summary>
    public ProgressDisplay Progress { get; } = new(Surroundings.Error, Surroundings.Time);

    /// <summary>What the run may spend; <see langword="null"/> without a limit.</summary>
    /// <exception cref="UsageException">The limit on cost has no price.</exception>
    /// <exception cref="InputException">The price table cannot be used.</exception>
    public Budget? Budget => _budget.Value;

    /// <summary>The arguments as they may be written into files: without keys, and addresses without credentials and queries, which may hold some.</summary>
    public IEnumerable<string> Arguments => Parsed.Tokens.Skip(1).Select(t => Errors.Redact(
        Uri.TryCreate(t.Value, UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https" ? address.WithoutCredentials() : t.Value));

    /// <summary>Opens the model behind the limits of the command line, without the budget.</summary>
    public IChatClient Open() => Open(Model);

    /// <summary>Opens another model behind the limits of the command line, without the budget.</summary>
    public IChatClient Open(ModelChoice model) => Options.Limits(Parsed).Around(Surroundings.OpenModel(model), Surroundings.Time);

    /// <summary>Opens a model that embeds texts behind the limits of the command line.</summary>
    public IEmbeddingGenerator<string, Embedding<float>> OpenEmbeddings(ModelChoice model) =>
        Options.Limits(Parsed).Around(Surroundings.OpenEmbeddings(model), Surroundings.Time);

    /// <summary>Opens the model behind the limits of the command line and within the budget.</summary>
    public IChatClient OpenWithinBudget() => WithinBudget(Open());

    /// <summary>The client within the budget.</summary>
    public IChatClient WithinBudget(IChatClient client) => Budget is { } budget ? new BudgetChatClient(client, budget) : client;

    /// <summary>Writes the result as JSON.</summary>
    public void Write<T>(T document, JsonTypeInfo<T> type) => Out.Write(JsonSerializer.Serialize(document, type) + "\n");
}
