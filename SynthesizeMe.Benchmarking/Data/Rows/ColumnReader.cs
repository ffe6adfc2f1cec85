using Parquet;
using Parquet.Data;
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
                using (RawColumnData raw = await group.ReadRawColumnDataBaseAsync(leaf, cancellationToken).ConfigureAwait(false))
                {
                    return new LeafReader(leaf, raw);
                }

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

        public LeafReader(DataField field, RawColumnData raw)
        {
            _full = field.MaxDefinitionLevel;
            _definitions = _full > 0 ? raw.DefinitionLevels.ToArray() : null;
            _repetitions = field.MaxRepetitionLevel > 0 ? raw.RepetitionLevels.ToArray() : null;
            _values = Values(raw);
        }

        protected override int Definition => _definitions is null ? _full : _definitions[_level];

        protected override int Repetition => _repetitions is null || _level == _repetitions.Length ? 0 : _repetitions[_level];

        public override Cell Next()
        {
            bool there = Definition == _full;
            _level++;
            return new Cell(there ? _values[_value++] : null);
        }

        protected override void Skip() => _level++;

        private static object[] Values(RawColumnData raw) => raw switch
        {
            RawColumnData<ReadOnlyMemory<char>> text => Box(text.Values, t => t.ToString()),
            RawColumnData<bool> truths => Box(truths.Values, v => v),
            RawColumnData<double> numbers => Box(numbers.Values, v => v),
            RawColumnData<float> numbers => Box(numbers.Values, v => (double)v),
            RawColumnData<long> numbers => Box(numbers.Values, v => v),
            RawColumnData<ulong> numbers => Box(numbers.Values, v => (double)v),
            RawColumnData<int> numbers => Box(numbers.Values, v => (long)v),
            RawColumnData<uint> numbers => Box(numbers.Values, v => (long)v),
            RawColumnData<short> numbers => Box(numbers.Values, v => (long)v),
            RawColumnData<ushort> numbers => Box(numbers.Values, v => (long)v),
            RawColumnData<sbyte> numbers => Box(numbers.Values, v => (long)v),
            RawColumnData<byte> numbers => Box(numbers.Values, v => (long)v),
            RawColumnData<decimal> numbers => Box(numbers.Values, v => (double)v),
            RawColumnData<DateTime> times => Box(times.Values, v => v),
            RawColumnData<Guid> ids => Box(ids.Values, v => v.ToString()),
            _ => throw new NotSupportedException($"the type {raw.GetType().GenericTypeArguments[0].Name} is not read"),
        };

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
