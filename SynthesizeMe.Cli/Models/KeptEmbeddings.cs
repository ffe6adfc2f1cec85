using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Cli;

/// <summary>
/// Keeps embeddings in a file, so that none is paid for twice, and lets whoever asks for a text that is asked for just now wait for it. The file is made
/// when the first is looked for; several processes may share it.
/// </summary>
/// <param name="inner">The model.</param>
/// <param name="model">Its name and where it is: another one's embeddings are other numbers.</param>
/// <param name="path">The file.</param>
internal sealed class KeptEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner, string model, string path)
    : CachingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    /// <summary>Its usual name, in the directory of a run.</summary>
    public const string FileName = "embeddings.sqlite";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Task> _underWay = new(StringComparer.Ordinal);
    private SqliteConnection? _file;
    private int _length;

    /// <inheritdoc/>
    /// <exception cref="ModelFailedException">The model's embeddings are not as long as those that were kept.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        string[] texts = [.. values];
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        while (Begin(texts, done.Task) is { } other)
        {
            await other.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return OfOneLength(await base.GenerateAsync(texts, options, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            End(texts);
            done.SetResult();
        }
    }

    /// <inheritdoc/>
    protected override string GetCacheKey(params ReadOnlySpan<object?> values) => AIJsonUtilities.HashDataToString([model, .. values]);

    /// <inheritdoc/>
    protected override Task<Embedding<float>?> ReadCacheAsync(string key, CancellationToken cancellationToken)
    {
        byte[]? numbers = Use("SELECT numbers FROM embeddings WHERE key = $key", command =>
        {
            command.Parameters.AddWithValue("$key", key);
            return (byte[]?)command.ExecuteScalar();
        });
        return Task.FromResult(numbers is null ? null : new Embedding<float>(MemoryMarshal.Cast<byte, float>(numbers).ToArray()));
    }

    /// <inheritdoc/>
    protected override Task WriteCacheAsync(string key, Embedding<float> value, CancellationToken cancellationToken)
    {
        Use("INSERT OR REPLACE INTO embeddings VALUES ($key, $numbers)", command =>
        {
            command.Parameters.AddWithValue("$key", key);
            command.Parameters.AddWithValue("$numbers", MemoryMarshal.AsBytes(value.Vector.Span).ToArray());
            return command.ExecuteNonQuery();
        });
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file?.Dispose();
        }

        base.Dispose(disposing);
    }

    private GeneratedEmbeddings<Embedding<float>> OfOneLength(GeneratedEmbeddings<Embedding<float>> embeddings)
    {
        foreach (int length in embeddings.Select(e => e.Vector.Length))
        {
            int first = Interlocked.CompareExchange(ref _length, length, 0);
            if (first != 0 && first != length)
            {
                throw new ModelFailedException(
                    $"{model} gives embeddings of another length than those that {path} keeps of it ({Math.Min(first, length)} and {Math.Max(first, length)} numbers), so it is another model now. Move that file away.");
            }
        }

        return embeddings;
    }

    /// <summary>Takes all texts, or none where one of them is under way: then the end of that is returned.</summary>
    private Task? Begin(string[] texts, Task end)
    {
        lock (_underWay)
        {
            foreach (string text in texts)
            {
                if (_underWay.TryGetValue(text, out Task? other))
                {
                    return other;
                }
            }

            foreach (string text in texts)
            {
                _underWay[text] = end;
            }

            return null;
        }
    }

    private void End(string[] texts)
    {
        lock (_underWay)
        {
            foreach (string text in texts)
            {
                _underWay.Remove(text);
            }
        }
    }

    private T Use<T>(string statement, Func<SqliteCommand, T> use)
    {
        lock (_lock)
        {
            try
            {
                _file ??= Open();
                using SqliteCommand command = _file.CreateCommand();
                command.CommandText = statement;
                return use(command);
            }
            catch (SqliteException e)
            {
                throw new IOException($"{path}: embeddings cannot be kept there: {e.Message} Delete the file if it is broken, or keep nothing with --store none.", e);
            }
        }
    }

    private SqliteConnection Open()
    {
        var file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            file.Open();
            using SqliteCommand command = file.CreateCommand();
            command.CommandText =
                """
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = NORMAL;
                CREATE TABLE IF NOT EXISTS embeddings (key TEXT PRIMARY KEY, numbers BLOB NOT NULL) WITHOUT ROWID;
                """;
            command.ExecuteNonQuery();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
