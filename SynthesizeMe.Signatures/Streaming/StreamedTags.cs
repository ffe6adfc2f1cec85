using System.Net;

namespace SynthesizeMe.Signatures;

/// <summary>Follows XML elements.</summary>
/// <param name="start">Where the layout begins.</param>
internal sealed class StreamedTags(int start) : StreamedLayout
{
    private const string CommentOpen = "<!--";
    private const string CommentClose = "-->";

    /// <summary>How long an entity may be: so much is undecided behind an ampersand.</summary>
    private const int LongestEntity = 40;

    private int _field = -1;

    /// <summary>Where the element's content begins.</summary>
    private int _open;

    /// <summary>How far it was passed on; 0 before.</summary>
    private int _taken;

    /// <summary>How many characters were passed on of it.</summary>
    private int _passed;

    /// <summary>Where another field's element opens in it: if no closing tag follows, the content has ended there.</summary>
    private int _other;

    /// <summary>Whether it has a part that is not decoded; the rest is passed on as a whole.</summary>
    private bool _hasCData;

    /// <summary>Where to look for the next tag.</summary>
    private int _scan = start;

    public override int Read(ReadOnlySpan<char> reply, FieldSink sink)
    {
        while (Find(reply, out ReadOnlySpan<char> tag))
        {
            int after = _scan + tag.Length + 2;
            int named = IndexOf(tag, sink.Fields);
            if (_field < 0 && named >= 0)
            {
                _field = tag.EndsWith('/') ? -1 : named;
                (_open, _taken, _passed, _other, _hasCData) = (after, 0, 0, 0, false);
            }
            else if (_field >= 0 && tag.StartsWith('/') && FieldNames.Match(tag[1..].Trim(), sink.Fields[_field].Name))
            {
                Close(reply, sink);
                _field = -1;
            }
            else
            {
                _other = _other == 0 && named >= 0 ? _scan : _other;
                after = _scan + 1;
            }

            _scan = after;
        }

        int certain = Grow(reply, sink);
        return certain + NextLook(reply.Length - certain);
    }

    /// <summary>Goes to the next tag that is complete, or to one that is not.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="tag">What stands between its brackets.</param>
    private bool Find(ReadOnlySpan<char> reply, out ReadOnlySpan<char> tag)
    {
        while (true)
        {
            int next = reply[_scan..].IndexOf('<');
            _scan = next < 0 ? reply.Length : _scan + next;
            ReadOnlySpan<char> rest = reply[_scan..];
            (string opening, string closing) = _field < 0 ? (CommentOpen, CommentClose) : (XmlText.CDataOpen, XmlText.CDataClose);
            tag = default;
            if (rest.IsEmpty || opening.AsSpan().StartsWith(rest))
            {
                return false;
            }

            if (rest.StartsWith(opening))
            {
                _hasCData = true;
                int end = rest.IndexOf(closing);
                _scan += end < 0 ? 0 : end + closing.Length;
                if (end < 0)
                {
                    return false;
                }

                continue;
            }

            int close = rest[..Math.Min(ReplyTags.LongestName, rest.Length)].IndexOf('>');
            if (close > 1)
            {
                tag = rest[1..close];
                return true;
            }

            if (close < 0 && rest.Length < ReplyTags.LongestName)
            {
                return false;
            }

            _scan++;
        }
    }

    /// <summary>The field whose element a tag opens; -1 when it is none. What stands between its brackets is given.</summary>
    public static int IndexOf(ReadOnlySpan<char> tag, ReadOnlySpan<FieldDescriptor> fields)
    {
        int name = tag.IndexOfAny(" \t\r\n/");
        return FieldNames.IndexOf(fields, name < 0 ? tag : tag[..name]);
    }

    /// <summary>Passes on what is content whatever follows; returns how far that goes.</summary>
    private int Grow(ReadOnlySpan<char> reply, FieldSink sink)
    {
        if (_field < 0 || _hasCData || !sink.Grows(_field))
        {
            return _scan;
        }

        ReadOnlySpan<char> content = reply[_open..(_other == 0 ? _scan : _other)].TrimEnd("\r\n");
        int ampersand = content.LastIndexOf('&');
        if (ampersand >= 0 && content.Length - ampersand < LongestEntity && !content[ampersand..].Contains(';'))
        {
            content = content[..ampersand];
        }

        if (content.IsWhiteSpace())
        {
            return _open;
        }

        _taken = _taken == 0 ? AfterLine(reply, _open) : _taken;
        int certain = _open + content.Length;
        if (certain > _taken)
        {
            Append(reply[_taken..certain], sink);
            _taken = certain;
        }

        return _other == 0 ? certain : reply.Length;
    }

    private void Close(ReadOnlySpan<char> reply, FieldSink sink)
    {
        ReadOnlySpan<char> content = reply[_open.._scan];
        if (!sink.Grows(_field))
        {
            sink.Complete(_field, content, SectionStyle.Tag);
            return;
        }

        if (_hasCData)
        {
            string text = XmlText.Decode(content);
            sink.Append(_field, text.AsSpan(Math.Min(_passed, text.Length)));
        }
        else
        {
            int end = content.EndsWith('\n') ? _scan - (content.EndsWith("\r\n") ? 2 : 1) : _scan;
            int from = _taken == 0 ? Math.Min(AfterLine(reply, _open), end) : _taken;
            Append(reply[from..Math.Max(from, end)], sink);
        }

        sink.CompleteText(_field);
    }

    private void Append(ReadOnlySpan<char> raw, FieldSink sink)
    {
        ReadOnlySpan<char> text = raw.Contains('&') ? WebUtility.HtmlDecode(raw.ToString()) : raw;
        _passed += text.Length;
        sink.Append(_field, text);
    }

    private static int AfterLine(ReadOnlySpan<char> reply, int at) =>
        reply[at..].StartsWith("\r\n") ? at + 2 : reply[at..].StartsWith('\n') ? at + 1 : at;
}
