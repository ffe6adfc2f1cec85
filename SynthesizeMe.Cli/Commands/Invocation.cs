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

    /// <summary>Opens the model, with at most <c>--parallel</c> calls at once.</summary>
    public IChatClient Open() => new BoundedChatClient(Surroundings.OpenModel(Model), Options.Parallel(Parsed));

    /// <summary>Opens the model, with at most <c>--parallel</c> calls at once and <c>--budget-calls</c> in all.</summary>
    public IChatClient OpenWithinBudget() => WithinBudget(Open());

    /// <summary>The client with at most <c>--budget-calls</c> in all.</summary>
    public IChatClient WithinBudget(IChatClient client) => Options.Budget(Parsed) is { } budget ? new BudgetChatClient(client, budget) : client;

    /// <summary>Writes the result as JSON.</summary>
    public void Write<T>(T document, JsonTypeInfo<T> type) => Out.Write(JsonSerializer.Serialize(document, type) + "\n");
}
