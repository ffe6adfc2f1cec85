using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>How a <see cref="ReplyStore"/> is kept.</summary>
public sealed record ReplyStoreOptions
{
    /// <summary>
    /// The most bytes that the replies may take in the file; <see langword="null"/>, the default, for no limit. Over it, a tenth or so of the replies
    /// are evicted, those first that were not used for longest. The file does not shrink; its free pages are used again.
    /// </summary>
    public long? MaxBytes { get; init; }

    /// <summary>Tells when a reply came in, and when it was last used.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>What a store holds and has saved, over all runs that used it.</summary>
/// <param name="Entries">The replies in it.</param>
/// <param name="Bytes">What they take.</param>
/// <param name="Hits">The requests that were answered from it.</param>
/// <param name="Misses">The requests that a model answered, because the store had no reply.</param>
/// <param name="SavedInputTokens">The tokens of prompts that were not sent.</param>
/// <param name="SavedOutputTokens">The tokens of replies that were not paid for again.</param>
/// <remarks>A process that is killed takes some of its counts with it, but no reply.</remarks>
public sealed record ReplyStoreStatistics(long Entries, long Bytes, long Hits, long Misses, long SavedInputTokens, long SavedOutputTokens);

/// <summary>
/// Keeps the replies of models in a SQLite file, by the content of their requests. With it resume is replay: a run that was killed and is started again
/// with the same arguments gets from the store what it had paid for, and goes on from there.
/// </summary>
/// <remarks>
/// Safe for concurrent use, and shared by any number of processes. A reply is in the file before anyone sees it, so that a killed process loses none
/// that it has acted upon (<c>docs/reply-store.md</c> has the fine print). Requests are kept as hashes only: neither prompts nor keys nor addresses of
/// endpoints are in the file. Open a file once in a process: only through one store do equal concurrent calls of a process become one.
/// </remarks>
public sealed class ReplyStore : IDisposable
{
    private const string Hits = "hits";
    private const string Misses = "misses";
    private const string SavedInput = "saved_input";
    private const string SavedOutput = "saved_output";

    private readonly ReplyTail _tail;
    private readonly ReplyReader _reader;
    private readonly ReplyWriter _writer;
    private readonly ReplyStoreOptions _options;

    private ReplyStore(string path, ReplyTail tail, SqliteConnection connection, ReplyStoreOptions options, string? setAside)
    {
        (Path, _tail, _options, SetAside) = (path, tail, options, setAside);
        _reader = new ReplyReader(path, tail);
        _writer = new ReplyWriter(path, tail, _reader, connection, options);
        Flights = new Flights(tail.Locks);
    }

    /// <summary>The file, in full.</summary>
    public string Path { get; }

    /// <summary>
    /// Where the file that was there before has been moved to, because it was broken and a new one had to be begun; <see langword="null"/> when nothing
    /// was. Tell the user.
    /// </summary>
    public string? SetAside { get; }

    internal Flights Flights { get; }

    /// <summary>Opens a store, or begins one where there is no file.</summary>
    /// <param name="path">The file, best with the extension <c>.sqlite</c>. Its directory is made if need be.</param>
    /// <param name="options">How it is kept.</param>
    /// <exception cref="ReplyStoreException">
    /// The file is of something else, or newer than this library, or cannot be opened. A broken store is moved aside, see <see cref="SetAside"/>; a broken
    /// file whose name does not end with <c>.sqlite</c> or <c>.db</c> may be anything, and is left as it is.
    /// </exception>
    public static ReplyStore Open(string path, ReplyStoreOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = System.IO.Path.GetFullPath(path);
        options ??= new();
        SqliteConnection connection = ReplyFile.Open(full, out string? setAside);
        ReplyTail? tail = null;
        try
        {
            tail = ReplyTail.Open($"{full}-tail");
            return new ReplyStore(full, tail, connection, options, setAside);
        }
        catch (Exception e) when (e is SqliteException or ReplyStoreException)
        {
            tail?.Dispose();
            connection.Dispose();
            throw e is SqliteException cause ? ReplyFile.Explain(full, cause) : e;
        }
    }

    /// <summary>The reply to a request; <see langword="null"/> when there is none.</summary>
    /// <exception cref="ReplyStoreException">The file is damaged, or cannot be read.</exception>
    public ChatResponse? Find(ReplyKey key) => Take(key)?.Reply;

    /// <summary>Adds a reply. When the task has ended, it is in the file.</summary>
    /// <param name="key">The request's address.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="provider">Whose model answered.</param>
    /// <returns>False when there was a reply already, which stays, or when this one cannot be kept: it reports an error, or is not finished.</returns>
    /// <exception cref="ReplyStoreException">It cannot be written.</exception>
    public async Task<bool> AddAsync(ReplyKey key, ChatResponse reply, string? provider = null)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return ReplyJson.TryWrite(reply) is { } json && await AddAsync(Stored(key, reply, json, provider)).ConfigureAwait(false);
    }

    /// <summary>What it holds and has saved.</summary>
    /// <exception cref="ReplyStoreException">The file is damaged, or cannot be read.</exception>
    public ReplyStoreStatistics Statistics()
    {
        _writer.Settle();
        (long entries, long bytes, Dictionary<string, long> written) = _reader.Totals();
        Dictionary<string, long> pending = _writer.Counted();
        return new(entries, bytes, Sum(Hits), Sum(Misses), Sum(SavedInput), Sum(SavedOutput));

        long Sum(string name) => written.GetValueOrDefault(name) + pending.GetValueOrDefault(name);
    }

    /// <summary>Writes what is still to be written, and closes the file.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        _reader.Dispose();
        _tail.Dispose();
    }

    internal Task<bool> AddAsync(StoredReply reply) => _writer.AddAsync(reply, isNew: false);

    /// <summary>Adds a reply that was looked for, and that nobody else gets meanwhile.</summary>
    internal Task AddNewAsync(ReplyKey key, ChatResponse reply, byte[] json, string? provider) => _writer.AddAsync(Stored(key, reply, json, provider), isNew: true);

    /// <summary>The reply to a request, and how it is kept.</summary>
    internal Landing? Take(ReplyKey key)
    {
        if (_reader.Find(key) is not { } found)
        {
            return null;
        }

        if (found.Row is { } row)
        {
            _writer.Used(row);
        }

        CountHit(new Usage(1, found.Input, found.Output));
        return new(Read(key, found.Reply), found.Reply);
    }

    internal IEnumerable<StoredReply> All()
    {
        _writer.Settle();
        return _reader.All();
    }

    internal bool Contains(ReplyKey key) => _reader.Find(key) is not null;

    internal void CountMiss() => _writer.Count(Misses, 1);

    internal void CountHit(Usage saved)
    {
        _writer.Count(Hits, saved.Calls);
        _writer.Count(SavedInput, saved.InputTokenCount);
        _writer.Count(SavedOutput, saved.OutputTokenCount);
    }

    internal ChatResponse Read(ReplyKey key, byte[] json)
    {
        try
        {
            return ReplyJson.Read(json);
        }
        catch (System.Text.Json.JsonException e)
        {
            throw new ReplyStoreException($"{Path}: the reply to request {key} is damaged ({e.Message}). Move the store away and start again.", e);
        }
    }

    private StoredReply Stored(ReplyKey key, ChatResponse reply, byte[] json, string? provider) => new(
        key, provider, reply.ModelId, _options.Time.GetUtcNow(), reply.Usage?.InputTokenCount ?? 0, reply.Usage?.OutputTokenCount ?? 0, json);
}
