using System.CommandLine;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>Where the commands that call a model keep its replies, and whether they call it at all.</summary>
internal sealed class StoreOptions
{
    /// <summary>The name of a store that nobody has named.</summary>
    public const string FileName = "replies.sqlite";

    private const string None = "none";

    private readonly Option<string?> _store;
    private readonly Option<string?> _batch;

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="fallback">What the help says about the store when none is named.</param>
    /// <param name="batches">Whether the command can leave its requests to a batch service.</param>
    public StoreOptions(Command command, string fallback, bool batches = true)
    {
        _store = new("--store")
        {
            Description = $"Keeps the model's replies: none is paid for twice, and the same command goes on where it was stopped. '{None}' keeps none. [default: {fallback}]",
            HelpName = "FILE",
        };
        _batch = new("--batch")
        {
            Description = "Call no model: write the requests that have no reply yet to BATCH/requests.jsonl, in the form of OpenAI's Batch API, and exit with 4. "
                + "When their replies have been imported into the store, the same command goes on from there. "
                + $"Where --store has no default, it is BATCH/{FileName}.",
            HelpName = "BATCH",
        };
        command.Add(_store);
        if (batches)
        {
            command.Add(_batch);
        }
    }

    /// <summary>Whether nothing is to be kept.</summary>
    public bool KeepsNothing(Invocation call) => call.Parsed.GetValue(_store) == None;

    /// <summary>Whether no model is called.</summary>
    public bool IsBatch(Invocation call) => call.Parsed.GetValue(_batch) is not null;

    /// <summary>Finds out what does not go together, before anything is read or asked.</summary>
    /// <exception cref="UsageException">The options do not go together.</exception>
    public void Require(Invocation call)
    {
        if (!IsBatch(call))
        {
            return;
        }

        if (KeepsNothing(call))
        {
            throw new UsageException($"--batch takes its replies from a store; leave out --store {None}");
        }

        if (call.Budget is not null)
        {
            throw new UsageException("--batch calls no model, so that a budget has no meaning; leave one out");
        }
    }

    /// <summary>Opens the model, behind the store.</summary>
    /// <param name="call">The invocation.</param>
    /// <param name="fallback">The store when none is named; <see langword="null"/> for none.</param>
    /// <param name="log">Is told of every prompt; <see langword="null"/> for nobody.</param>
    /// <exception cref="ReplyStoreException">The store cannot be opened.</exception>
    public ModelSession Open(Invocation call, string? fallback, RunLog? log = null)
    {
        log ??= new RunLog(call, null);
        string? named = call.Parsed.GetValue(_store);
        string? directory = call.Parsed.GetValue(_batch);
        string? path = named == None ? null : named ?? fallback ?? (directory is null ? null : Path.Combine(directory, FileName));
        if (directory is null)
        {
            IChatClient model = call.Open();
            try
            {
                return new ModelSession(log.Record(path is null ? model : Stored(call, model, path)), null, null, path);
            }
            catch
            {
                model.Dispose();
                throw;
            }
        }

        var round = new BatchRound();
        IChatClient silent = call.Surroundings.OpenModel(call.Model with { IsCalled = false });
        return new ModelSession(log.Record(new BatchChatClient(silent, OpenStore(call, path!), round, ownsStore: true)), round, directory, path);
    }

    /// <summary>
    /// The model behind its store. Twice as many calls as may run at once come to the store: enough for no call to wait for another's reply to be written,
    /// and a kill loses no more.
    /// </summary>
    private static BoundedChatClient Stored(Invocation call, IChatClient model, string path) =>
        new(new ReplyStoreChatClient(model, OpenStore(call, path), ownsStore: true), new ConcurrencyBound(2 * call.Options.Parallel(call.Parsed)));

    /// <summary>Opens several models behind one store.</summary>
    /// <param name="call">The invocation.</param>
    /// <param name="models">The models; <see langword="null"/> in the place of one that is not needed.</param>
    /// <param name="fallback">The store when none is named; <see langword="null"/> for none.</param>
    /// <exception cref="ReplyStoreException">The store cannot be opened.</exception>
    public ModelSessions OpenAll(Invocation call, IReadOnlyList<ModelChoice?> models, string? fallback)
    {
        string? named = call.Parsed.GetValue(_store);
        string? path = named == None ? null : named ?? fallback;
        ReplyStore? store = path is null ? null : OpenStore(call, path);
        var clients = new List<IChatClient?>();
        try
        {
            foreach (ModelChoice? model in models)
            {
                IChatClient? client = model is null ? null : call.Open(model);
                clients.Add(client is null || store is null ? client : new ReplyStoreChatClient(client, store));
            }

            return new(clients, store, path);
        }
        catch
        {
            new ModelSessions(clients, store, path).Dispose();
            throw;
        }
    }

    /// <summary>Opens a store, and warns where the one that was there had to be set aside.</summary>
    /// <exception cref="ReplyStoreException">It cannot be opened.</exception>
    public static ReplyStore OpenStore(Invocation call, string path)
    {
        ReplyStore store = ReplyStore.Open(path);
        if (store.SetAside is { } aside)
        {
            call.Errors.Warn($"{path}: the reply store was broken. It was moved to {aside}, and a new one is begun.");
        }

        return store;
    }
}

/// <summary>A model that is open for one command.</summary>
/// <param name="client">The model, behind its store.</param>
/// <param name="round">Takes the requests of a batch; <see langword="null"/> where the model is called.</param>
/// <param name="directory">Where the requests go.</param>
/// <param name="store">Where the replies are; <see langword="null"/> for nowhere.</param>
internal sealed class ModelSession(IChatClient client, BatchRound? round, string? directory, string? store) : IDisposable
{
    /// <summary>The model.</summary>
    public IChatClient Client => client;

    /// <summary>The requests that have no reply yet. Where there are some, nothing that came of them is a result.</summary>
    public int Missing => round?.Count ?? 0;

    /// <summary>Writes the requests that have no reply yet, and says what to do with them.</summary>
    /// <returns>The exit code; <see langword="null"/> when nothing is missing.</returns>
    public async Task<int?> WriteRequestsAsync(ErrorReporter errors, CancellationToken cancellationToken)
    {
        if (round is null)
        {
            return null;
        }

        string[] files = [.. await round.WriteAsync(directory!, cancellationToken)];
        if (files.Length == 0)
        {
            return null;
        }

        string answers = Path.Combine(directory!, "answers.jsonl");
        errors.Note($"{Figures.Count(Missing, "request")} without a reply {(Missing == 1 ? "is" : "are")} in {string.Join(", ", files)}");
        errors.Note($"1. Have {(files.Length == 1 ? "it" : "each file")} answered: by a provider's batch service, or with"
            + $" synthesizeme replies answer {files[0]} --model MODEL --output {answers}");
        errors.Note($"2. synthesizeme replies import {answers} --store {store}");
        errors.Note("3. Run this command again: it goes on from there.");
        return ExitCodes.Waiting;
    }

    /// <inheritdoc/>
    public void Dispose() => client.Dispose();
}

/// <summary>Several models that are open for one command, behind one store.</summary>
/// <param name="clients">The models; <see langword="null"/> in the place of one that is not needed.</param>
/// <param name="store">Keeps their replies; <see langword="null"/> for nothing.</param>
/// <param name="path">Where; <see langword="null"/> for nowhere.</param>
internal sealed class ModelSessions(IReadOnlyList<IChatClient?> clients, ReplyStore? store, string? path) : IDisposable
{
    /// <summary>The models, in the order in which they were asked for.</summary>
    public IReadOnlyList<IChatClient?> Clients => clients;

    /// <summary>Where the replies are kept; <see langword="null"/> for nowhere.</summary>
    public string? Path => path;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IChatClient? client in clients)
        {
            client?.Dispose();
        }

        store?.Dispose();
    }
}
