namespace SynthesizeMe.Signatures;

/// <summary>Follows sections between markers.</summary>
/// <param name="start">Where the layout begins.</param>
/// <param name="fenced">Whether a fence opens before it.</param>
internal sealed class StreamedMarks(int start, bool fenced) : StreamedLayout
{
    private const string Decoration = " \t\r\n*_#>-•";

    private readonly string _layout = fenced ? Decoration + "`~" : Decoration;
    private int _field = -1;

    /// <summary>Where the section's content begins.</summary>
    private int _open = start;

    /// <summary>How far it was passed on; 0 before.</summary>
    private int _taken;

    /// <summary>Where to look for the next marker.</summary>
    private int _scan = start;

    public override int Read(ReadOnlySpan<char> reply, FieldSink sink)
    {
        while (Find(reply))
        {
            SectionMarker.TryRead(reply, _scan, out int end, out ReadOnlySpan<char> name);
            int line = ReplySections.LineStart(reply, _open, _scan);
            Close(reply, line, sink);
            if (FieldNames.Match(name, SectionMarker.Completed))
            {
                HasEnded = true;
                return reply.Length;
            }

            _field = FieldNames.IndexOf(sink.Fields, name);
            _open = ReplySections.AfterMarker(reply, end, _scan > line);
            _taken = 0;
            _scan = _open;
        }

        int certain = Grow(reply, sink);
        return certain + NextLook(reply.Length - certain);
    }

    /// <summary>Goes to the next marker, if it is there with what follows it; otherwise to where it may begin.</summary>
    private bool Find(ReadOnlySpan<char> reply)
    {
        while (true)
        {
            int next = reply[_scan..].IndexOf("[[");
            _scan = next >= 0 ? _scan + next : reply.EndsWith('[') && _scan < reply.Length ? reply.Length - 1 : reply.Length;
            if (next < 0)
            {
                return false;
            }

            if (SectionMarker.TryRead(reply, _scan, out int end, out ReadOnlySpan<char> name))
            {
                return FieldNames.Match(name, SectionMarker.Completed) || !reply[end..].TrimStart("*_:").IsEmpty;
            }

            if (SectionMarker.MayBecome(reply[_scan..]))
            {
                return false;
            }

            _scan++;
        }
    }

    /// <summary>Passes on what is content whatever follows; returns how far that goes.</summary>
    private int Grow(ReadOnlySpan<char> reply, FieldSink sink)
    {
        int certain = reply[.._scan].TrimEnd(_layout).Length;
        if (_field < 0 || !sink.Grows(_field))
        {
            return certain;
        }

        if (_taken == 0 && certain > _open)
        {
            _taken = ReplySections.Content(reply, _open, certain).Start;
        }

        if (_taken == 0 || certain <= _taken)
        {
            return Math.Max(certain, _open);
        }

        sink.Append(_field, reply[_taken..certain]);
        _taken = certain;
        return certain;
    }

    private void Close(ReadOnlySpan<char> reply, int line, FieldSink sink)
    {
        if (_field < 0)
        {
            return;
        }

        Section content = ReplySections.Content(reply, _open, line, fenced);
        if (sink.Grows(_field))
        {
            int from = Math.Max(_taken, content.Start);
            sink.Append(_field, reply[from..Math.Max(from, content.Start + content.Length)]);
            sink.CompleteText(_field);
        }
        else
        {
            sink.Complete(_field, reply.Slice(content.Start, content.Length));
        }
    }
}
