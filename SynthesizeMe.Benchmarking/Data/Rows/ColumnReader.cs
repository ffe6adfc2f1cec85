using Parquet;
using Parquet.Schema;

namespace SynthesizeMe.Benchmarking;

/// <summary>
/// Puts the values of a column together again, row by row, from its leaves and their levels (Melnik and others, Dremel, VLDB 2010, §4): a definition
/// level says how much of the path to a value is there, a repetition level which list a value goes on.
/// </summary>
internal abstract class ColumnReader
{
    /// <summary>The next value.</summary>
    public abstract Cell Next();

    /// <summary>The definition level of what comes next.</summary>
    protected abstract int Definition { get; }

    /// <summary>The repetition level of what comes next; 0 at the end, where the next row would begin.</summary>
    protected abstract int Repetition { get; }

    /// <summary>Passes over what is not there: an absent or empty list or record takes one place in every leaf.</summary>
    protected abstract void Skip();

    /// <summary>Reads a column of a row group into memory.</summary>
    public static async Task<ColumnReader> OpenAsync(ParquetRowGroupReader group, Field field, CancellationToken cancellationToken)
    {
        switch (field)
        {
            case ListField list:
                return new ListReader(list, await OpenAsync(group, list.Item, cancellationToken).ConfigureAwait(false));
            case StructField record:
                var parts = new (string, ColumnReader)[record.Fields.Count];
                for (int i = 0; i < parts.Length; i++)
                {
                    parts[i] = (record.Fields[i].Name, await OpenAsync(group, record.Fields[i], cancellationToken).ConfigureAwait(false));
                }

                return new RecordReader(record, parts);
            case DataField leaf:
                return await LeafReader.OpenAsync(group, leaf, cancellationToken).ConfigureAwait(false);

            default:
                throw new NotSupportedException($"the type {field.SchemaType} is not read");
        }
    }

    private sealed class LeafReader : ColumnReader
    {
        private readonly int _full;
        private readonly int[]? _definitions;
        private readonly int[]? _repetitions;
        private readonly object[] _values;
        private int _level;
        private int _value;

        private LeafReader(int full, int[]? definitions, int[]? repetitions, object[] values) =>
            (_full, _definitions, _repetitions, _values) = (full, definitions, repetitions, values);

        /// <summary>Each type by its name: to have the package find it out would take reflection, which native programs lack.</summary>
        public static Task<LeafReader> OpenAsync(ParquetRowGroupReader group, DataField field, CancellationToken cancellationToken) =>
            field.ClrType == typeof(ReadOnlyMemory<char>) ? OpenAsync<ReadOnlyMemory<char>>(group, field, t => t.ToString(), cancellationToken)
            : field.ClrType == typeof(bool) ? OpenAsync<bool>(group, field, v => v, cancellationToken)
            : field.ClrType == typeof(double) ? OpenAsync<double>(group, field, v => v, cancellationToken)
            : field.ClrType == typeof(float) ? OpenAsync<float>(group, field, v => (double)v, cancellationToken)
            : field.ClrType == typeof(decimal) ? OpenAsync<decimal>(group, field, v => v, cancellationToken)
            : field.ClrType == typeof(long) ? OpenAsync<long>(group, field, v => v, cancellationToken)
            : field.ClrType == typeof(ulong) ? OpenAsync<ulong>(group, field, v => v, cancellationToken)
            : field.ClrType == typeof(int) ? OpenAsync<int>(group, field, v => (long)v, cancellationToken)
            : field.ClrType == typeof(uint) ? OpenAsync<uint>(group, field, v => (long)v, cancellationToken)
            : field.ClrType == typeof(short) ? OpenAsync<short>(group, field, v => (long)v, cancellationToken)
            : field.ClrType == typeof(ushort) ? OpenAsync<ushort>(group, field, v => (long)v, cancellationToken)
            : field.ClrType == typeof(sbyte) ? OpenAsync<sbyte>(group, field, v => (long)v, cancellationToken)
            : field.ClrType == typeof(byte) ? OpenAsync<byte>(group, field, v => (long)v, cancellationToken)
            : field.ClrType == typeof(DateTime) ? OpenAsync<DateTime>(group, field, v => v, cancellationToken)
            : field.ClrType == typeof(Guid) ? OpenAsync<Guid>(group, field, v => v.ToString(), cancellationToken)
            : throw new NotSupportedException($"the type {field.ClrType.Name} is not read");

        protected override int Definition => _definitions is null ? _full : _definitions[_level];

        protected override int Repetition => _repetitions is null || _level == _repetitions.Length ? 0 : _repetitions[_level];

        public override Cell Next()
        {
            bool there = Definition == _full;
            _level++;
            return new Cell(there ? _values[_value++] : null);
        }

        protected override void Skip() => _level++;

        private static async Task<LeafReader> OpenAsync<T>(
            ParquetRowGroupReader group, DataField field, Func<T, object> box, CancellationToken cancellationToken)
            where T : struct
        {
            int count = checked((int)(group.GetMetadata(field)?.MetaData?.NumValues
                ?? throw new InvalidDataException("the file does not say how many values it holds")));
            int full = field.MaxDefinitionLevel;
            int[]? definitions = full > 0 ? new int[count] : null;
            int[]? repetitions = field.MaxRepetitionLevel > 0 ? new int[count] : null;
            var values = new T[count];
            await group.ReadRawAsync(field, values.AsMemory(), Levels(definitions), Levels(repetitions), cancellationToken).ConfigureAwait(false);
            int there = definitions?.Count(d => d == full) ?? count;
            return new LeafReader(full, definitions, repetitions, Box(values.AsSpan(0, there), box));

            static Memory<int>? Levels(int[]? levels) => levels is null ? default(Memory<int>?) : new Memory<int>(levels);
        }

        private static object[] Box<T>(ReadOnlySpan<T> values, Func<T, object> box)
        {
            var boxed = new object[values.Length];
            for (int i = 0; i < boxed.Length; i++)
            {
                boxed[i] = box(values[i]);
            }

            return boxed;
        }
    }

    private sealed class RecordReader(StructField field, (string Name, ColumnReader Reader)[] parts) : ColumnReader
    {
        protected override int Definition => parts[0].Reader.Definition;

        protected override int Repetition => parts[0].Reader.Repetition;

        public override Cell Next()
        {
            if (Definition >= field.MaxDefinitionLevel)
            {
                return new Cell(parts.ToDictionary(p => p.Name, p => p.Reader.Next(), StringComparer.Ordinal));
            }

            Skip();
            return default;
        }

        protected override void Skip()
        {
            foreach ((_, ColumnReader part) in parts)
            {
                part.Skip();
            }
        }
    }

    private sealed class ListReader(ListField field, ColumnReader item) : ColumnReader
    {
        protected override int Definition => item.Definition;

        protected override int Repetition => item.Repetition;

        public override Cell Next()
        {
            if (Definition < field.MaxDefinitionLevel)
            {
                bool empty = Definition == field.MaxDefinitionLevel - 1;
                item.Skip();
                return empty ? new Cell(Array.Empty<Cell>()) : default;
            }

            var items = new List<Cell>();
            do
            {
                items.Add(item.Next());
            }
            while (Repetition >= field.MaxRepetitionLevel);

            return new Cell(items);
        }

        protected override void Skip() => item.Skip();
    }
}
