using System.Buffers;

namespace SynthesizeMe.Offline;

/// <summary>Measures how a completion is written: one pass over its characters, no allocation for usual lengths.</summary>
internal static class StyleFeatures
{
    private const int OnStack = 1024;

    /// <summary>
    /// The features of <paramref name="completion"/> as an answer to the user turn <paramref name="request"/>, each in units of the
    /// spread of its difference between two completions, so that all weights speak the same unit.
    /// </summary>
    public static StyleVector Measure(StyleRequest request, ReadOnlySpan<char> completion)
    {
        StyleVector vector = MeasureRaw(request, completion);
        ReadOnlySpan<double> spread = StylePriorConstants.Spread;
        for (int i = 0; i < StyleVector.Count; i++)
            vector[i] /= spread[i];
        return vector;
    }

    /// <summary>The features in their own units, before they are brought to one scale.</summary>
    public static StyleVector MeasureRaw(StyleRequest request, ReadOnlySpan<char> completion)
    {
        int size = HashTable.SizeFor(completion.Length);
        if (size <= OnStack)
        {
            Span<uint> stack = stackalloc uint[2 * size];
            stack.Clear();
            return new Tally(request, stack[..size], stack[size..]).Run(completion);
        }
        uint[] rented = ArrayPool<uint>.Shared.Rent(2 * size);
        Span<uint> tables = rented.AsSpan(0, 2 * size);
        tables.Clear();
        try
        {
            return new Tally(request, tables[..size], tables[size..]).Run(completion);
        }
        finally
        {
            ArrayPool<uint>.Shared.Return(rented);
        }
    }

    /// <summary>The counts of one pass.</summary>
    private ref struct Tally(StyleRequest request, Span<uint> words, Span<uint> triples)
    {
        private readonly StyleRequest _request = request;
        private readonly HashSpan _seenWords = new(words);
        private readonly HashSpan _seenTriples = new(triples);

        private int _words, _letters, _distinct, _repeated, _echoed, _taken;
        private int _hedges, _certain, _first, _second, _reasons, _examples, _warm, _careless, _contractions, _shouted;
        private int _lines, _items, _fences, _emphasis, _strays, _digits, _questions, _exclamations, _marks, _emoji, _sentences;
        private bool _refuses, _sentenceOpen, _lineOpen;
        private uint _before, _previous;

        /// <summary>Counts everything and gives the features.</summary>
        public StyleVector Run(ReadOnlySpan<char> text)
        {
            WordScanner scanner = new(text);
            int gap = 0;
            bool more;
            do
            {
                more = scanner.Next(out uint hash, out int length);
                Between(text, gap, scanner.Start);
                if (more)
                    Word(text, in scanner, hash, length);
                gap = scanner.End;
            }
            while (more);
            CloseSentence();
            return Features(text);
        }

        private void Between(ReadOnlySpan<char> text, int from, int to)
        {
            for (int i = from; i < to; i++)
            {
                char c = text[i];
                switch (c)
                {
                    case ' ':
                        break;
                    case '\n':
                        CloseLine(text, i);
                        break;
                    case '.':
                        if (i + 1 == text.Length || char.IsWhiteSpace(text[i + 1]) || text[i + 1] is '"' or ')' or '\u201D')
                            CloseSentence();
                        break;
                    case '?':
                        _questions++;
                        CloseSentence();
                        break;
                    case '!':
                        _exclamations++;
                        CloseSentence();
                        break;
                    case ',' or ';' or '(' or ':':
                        _marks++;
                        break;
                    case '*' when _lineOpen && i + 1 < text.Length && text[i + 1] == '*':
                        _emphasis++;
                        i++;
                        break;
                    case > '\u007F':
                        if (c is >= '\uD83C' and <= '\uD83E' or >= '\u2600' and <= '\u27BF')
                            _emoji++;
                        OpenLine(text, i);
                        break;
                    default:
                        if (c > ' ')
                            OpenLine(text, i);
                        break;
                }
            }
        }

        private void OpenLine(ReadOnlySpan<char> text, int at)
        {
            if (_lineOpen)
                return;
            _lineOpen = true;
            _lines++;
            ReadOnlySpan<char> rest = text[at..];
            switch (rest[0])
            {
                case '-' or '+' or '\u2022' when rest.Length > 1 && rest[1] is ' ' or '\t':
                    _items++;
                    break;
                case '*':
                    if (rest.Length > 1 && rest[1] == ' ')
                        _items++;
                    else if (rest.StartsWith("**"))
                        _emphasis++;
                    break;
                case '\u2022':
                    _items++;
                    break;
                case '#':
                    _emphasis++;
                    break;
                case '`' when rest.StartsWith("```"):
                    _fences++;
                    break;
                case '<':
                    _strays++;
                    break;
            }
        }

        private void CloseLine(ReadOnlySpan<char> text, int at)
        {
            if (_lineOpen && at > 0 && text[at - 1] is not (',' or ' '))
                CloseSentence();
            _lineOpen = false;
        }

        private void CloseSentence()
        {
            if (_sentenceOpen)
                _sentences++;
            _sentenceOpen = false;
        }

        private void Word(ReadOnlySpan<char> text, in WordScanner scanner, uint hash, int length)
        {
            WordClasses classes = StyleLexicon.Find(hash);
            if (!_lineOpen)
                StartLine(text, in scanner, length, classes);
            if (!_sentenceOpen)
            {
                _sentenceOpen = true;
                if (char.IsAsciiLetterLower(text[scanner.Start]))
                    _careless++;
            }
            else if (length == 1 && text[scanner.Start] == 'i')
            {
                _careless++;
            }
            _words++;
            _letters += length;
            _digits += scanner.Digits;
            if (scanner.Apostrophe)
                _contractions++;
            if (scanner.Capitals == length && length > 1)
                _shouted++;
            if (classes != WordClasses.None)
                Classify(classes);
            if (_seenWords.Add(hash))
            {
                _distinct++;
                if (length >= 4 && _request.HasWord(hash))
                    _taken++;
            }
            if (_before != 0)
            {
                uint triple = HashTable.Combine(_before, _previous, hash);
                if (!_seenTriples.Add(triple))
                    _repeated++;
                if (_request.HasTriple(triple))
                    _echoed++;
            }
            (_before, _previous) = (_previous, hash);
        }

        private void StartLine(ReadOnlySpan<char> text, in WordScanner scanner, int length, WordClasses classes)
        {
            _lineOpen = true;
            _lines++;
            char next = scanner.End < text.Length ? text[scanner.End] : ' ';
            if (scanner.Digits == length && length <= 2 && next is '.' or ')')
                _items++;
            else if (next == ':' && (classes & WordClasses.Speaker) != 0)
                _strays++;
        }

        private void Classify(WordClasses classes)
        {
            int bits = (int)classes;
            _hedges += bits & 1;
            _certain += (bits >> 1) & 1;
            _first += (bits >> 2) & 1;
            _second += (bits >> 3) & 1;
            _reasons += (bits >> 4) & 1;
            _examples += (bits >> 5) & 1;
            _warm += (bits >> 6) & 1;
            _careless += (bits >> 7) & 1;
            if (_words <= 8 && (bits & (int)WordClasses.Refusal) != 0)
                _refuses = true;
        }

        private readonly StyleVector Features(ReadOnlySpan<char> text)
        {
            double words = Math.Max(1, _words);
            double length = Math.Log(1 + _words);
            ReadOnlySpan<char> trimmed = text.TrimEnd();
            bool open = trimmed.Length > 0 && (char.IsLetterOrDigit(trimmed[^1]) || trimmed[^1] is ',' or '-' or '(');
            StyleVector v = default;
            v[StyleFeature.Length] = Math.Log(1 + Math.Min(_words, 80));
            v[StyleFeature.LongWinded] = Math.Log(Math.Max(1, _words / 80.0));
            v[StyleFeature.LengthAgainstRequest] = _request.AsksForBrevity ? length : 0;
            v[StyleFeature.Lines] = Math.Log(1 + _lines);
            v[StyleFeature.ListItems] = Math.Log(1 + _items);
            v[StyleFeature.CodeFences] = Math.Log(1 + _fences);
            v[StyleFeature.Emphasis] = Math.Log(1 + _emphasis);
            v[StyleFeature.Digits] = Math.Sqrt(_digits / Math.Max(1.0, text.Length));
            v[StyleFeature.Questions] = Math.Log(1 + _questions);
            v[StyleFeature.Exclamations] = Math.Log(1 + _exclamations);
            v[StyleFeature.Hedging] = Rate(_hedges);
            v[StyleFeature.Certainty] = Rate(_certain);
            v[StyleFeature.FirstPerson] = Rate(_first);
            v[StyleFeature.SecondPerson] = Rate(_second);
            v[StyleFeature.Reasons] = Rate(_reasons);
            v[StyleFeature.Examples] = Math.Log(1 + _examples);
            v[StyleFeature.Warmth] = Rate(_warm);
            v[StyleFeature.Contractions] = Rate(_contractions);
            v[StyleFeature.WordLength] = Math.Min(8, _letters / words);
            v[StyleFeature.SentenceLength] = Math.Log(1 + _words / Math.Max(1.0, _sentences));
            v[StyleFeature.Punctuation] = Math.Min(0.5, _marks / (words + 10));
            v[StyleFeature.Variety] = _distinct / words;
            v[StyleFeature.Repetition] = _repeated / words;
            v[StyleFeature.Echo] = _echoed / words;
            v[StyleFeature.Relevance] = (double)_taken / Math.Max(1, _request.ContentWords);
            v[StyleFeature.Unfinished] = open && _words > 12 ? 1 : 0;
            v[StyleFeature.Carelessness] = Rate(_careless);
            v[StyleFeature.Shouting] = Rate(_shouted);
            v[StyleFeature.StrayTurns] = Math.Log(1 + _strays);
            v[StyleFeature.Refusal] = _refuses ? 1 : 0;
            v[StyleFeature.Emoji] = Math.Log(1 + _emoji);
            return v;
        }

        private readonly double Rate(int count) => Math.Log(1 + 100.0 * count / (_words + 20));
    }
}
