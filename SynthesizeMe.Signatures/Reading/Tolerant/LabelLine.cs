using System.Buffers;

namespace SynthesizeMe.Signatures;

/// <summary>A label or a heading at the beginning of a line.</summary>
internal struct LabelLine
{
    /// <summary>No label.</summary>
    public const int None = -2;

    /// <summary>The closing marker.</summary>
    public const int Completed = -1;

    private const int LongestLabel = 100;

    private static readonly SearchValues<char> NameEnds = SearchValues.Create(":：=]#*_\"`\r");
    private static readonly SearchValues<char> Separators = SearchValues.Create(".,;|!?*)\"");
    private static readonly string[] Determiners = ["the ", "my ", "final ", "your ", "overall ", "a "];

    /// <summary>The field it names, <see cref="Completed"/> or <see cref="None"/>.</summary>
    public int Field;

    /// <summary>How many characters of the line it takes.</summary>
    public int Length;

    /// <summary>The emphasis that it opens and does not close: <c>**Answer: Paris**</c>.</summary>
    public int Emphasis;

    /// <summary>The label that opens the line.</summary>
    public static LabelLine At(ReadOnlySpan<char> line, ReadOnlySpan<FieldDescriptor> fields)
    {
        ReadOnlySpan<char> head = line[..Math.Min(line.Length, LongestLabel)];
        int start = 0;
        bool marked = false;
        bool bracketed = false;
        int stars = 0;
        for (; start < head.Length; start++)
        {
            char c = head[start];
            if (c is '*' or '_')
            {
                stars += start + 1 < head.Length && head[start + 1] == ' ' ? 0 : 1; // A star before a blank is a bullet.
            }
            else if (c is '#' or '[')
            {
                marked = true;
                bracketed |= c == '[';
            }
            else if (!(Words.IsBlank(c) || char.IsAsciiDigit(c) || c is '>' or '-' or '.' or ')' or '"' or '`' or '•'))
            {
                break;
            }
        }

        int end = head[start..].IndexOfAny(NameEnds);
        while (end >= 0 && start + end + 1 < head.Length && head[start + end] == '_' && char.IsLetterOrDigit(head[start + end + 1]))
        {
            int more = head[(start + end + 1)..].IndexOfAny(NameEnds);
            end = more < 0 ? -1 : end + 1 + more;
        }

        end = end < 0 ? head.Length : start + end;
        int field = Name(head[start..end], fields);
        if (field == None)
        {
            return new LabelLine { Field = None };
        }

        return Rest(head, end, line.Length, field, marked || stars >= 2, bracketed, stars);
    }

    /// <summary>A label within a line, after the end of a sentence or a separator; where it stands and what it is.</summary>
    public static LabelLine Within(ReadOnlySpan<char> line, ReadOnlySpan<FieldDescriptor> fields, out int at)
    {
        for (int colon = 0; ; colon++)
        {
            int next = line[colon..].IndexOfAny(":：=");
            at = -1;
            if (next < 0)
            {
                return new LabelLine { Field = None };
            }

            colon += next;
            int from = Math.Max(0, colon - LongestLabel);
            int separator = line[from..colon].LastIndexOfAny(Separators);
            if (separator < 0)
            {
                continue;
            }

            at = from + separator + 1;
            int field = Name(line[at..colon], fields);
            if (field >= 0)
            {
                return new LabelLine { Field = field, Length = colon + 1 - at };
            }
        }
    }

    /// <summary>Whether what follows the name makes it a label or a heading.</summary>
    private static LabelLine Rest(ReadOnlySpan<char> head, int end, int lineLength, int field, bool heading, bool bracketed, int stars)
    {
        int i = end;
        int closing = 0;
        bool colon = false;
        bool bracket = false;
        for (; i < head.Length && (head[i] is ' ' or '\t' or '#' or ']' or '*' or '_' or '"' or '`' || (!colon && head[i] is ':' or '：' or '=')); i++)
        {
            if (colon && head[i] is not ('*' or '_' or ']'))
            {
                break;
            }

            closing += head[i] is '*' or '_' ? 1 : 0;
            colon |= head[i] is ':' or '：' or '=';
            bracket |= head[i] == ']';
            if (colon && closing >= stars)
            {
                i++;
                break;
            }
        }

        bool ends = i >= lineLength || (i < head.Length && head[i] == '\r');
        bool opens = field == Completed ? heading && (bracket || ends) : colon || (bracketed && bracket) || (heading && ends);
        return new LabelLine { Field = opens ? field : None, Length = Math.Min(i, lineLength), Emphasis = Math.Max(0, stars - closing) };
    }

    private static int Name(ReadOnlySpan<char> written, ReadOnlySpan<FieldDescriptor> fields)
    {
        written = written.Trim();
        int field = FieldNames.IndexOf(fields, written);
        foreach (string word in Determiners)
        {
            if (field < 0 && written.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            {
                written = written[word.Length..].TrimStart();
                field = FieldNames.IndexOf(fields, written);
            }
        }

        return field >= 0 ? field : FieldNames.Match(written, SectionMarker.Completed) ? Completed : None;
    }
}
