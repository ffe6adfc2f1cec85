using System.Text;

namespace SynthesizeMe.Signatures;

/// <summary>Knows what opens a section in the layout of one adapter, and so what no text of a field may be a part of.</summary>
internal abstract class FieldGuard
{
    private static readonly FieldGuard Sections = new SectionGuard();

    /// <summary>Whether elements open sections, and not markers.</summary>
    public bool GuardsElements => this is ElementGuard;

    /// <summary>The guard of a layout for one signature.</summary>
    public static FieldGuard Of(FieldStyle style, SignatureDescriptor signature) => style.Encoding == FieldEncoding.Xml
        ? new ElementGuard([.. signature.Inputs.Concat(signature.Outputs).Select(f => f.Name), SectionMarker.Reasoning, SectionMarker.Respond])
        : Sections;

    /// <summary>Finds the next opening from a place on: where it starts and ends, and where a backslash makes it harmless.</summary>
    protected abstract bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end, out int breakAt);

    /// <summary>The text from a place on, with every opening broken in which a field has a part.</summary>
    public static string Protect(FieldGuard? guard, ReadOnlySpan<char> text, int from, ReadOnlySpan<FieldSpan> fields)
    {
        StringBuilder? safe = null;
        int copied = from;
        int next = from;
        int field = 0;
        while (guard is not null && !fields.IsEmpty && guard.TryFind(text, next, out int start, out int end, out int breakAt))
        {
            next = breakAt;
            while (field < fields.Length && fields[field].End <= start)
            {
                field++;
            }

            if (field == fields.Length)
            {
                break;
            }

            if (fields[field].Start < end)
            {
                safe = (safe ?? new StringBuilder(text.Length + 16)).Append(text[copied..breakAt]).Append('\\');
                copied = breakAt;
            }
        }

        return safe is null ? text[from..].ToString() : safe.Append(text[copied..]).ToString();
    }

    private sealed class SectionGuard : FieldGuard
    {
        protected override bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end, out int breakAt)
        {
            start = SectionMarker.NextEscape(text, from, 0);
            breakAt = start + 2;
            end = start < 0 ? 0 : breakAt + text[breakAt..].IndexOf('#') + 2;
            return start >= 0;
        }
    }

    /// <summary>Guards the elements that are called like fields, be they opened or closed.</summary>
    private sealed class ElementGuard(string[] names) : FieldGuard
    {
        protected override bool TryFind(ReadOnlySpan<char> text, int from, out int start, out int end, out int breakAt)
        {
            (end, breakAt) = (0, 0);
            for (start = Next(text, from); start >= 0; start = Next(text, start + 1))
            {
                breakAt = start + 1;
                int name = breakAt < text.Length && text[breakAt] == '/' ? breakAt + 1 : breakAt;
                foreach (string candidate in names)
                {
                    end = name + candidate.Length;
                    if (text[name..].StartsWith(candidate, StringComparison.OrdinalIgnoreCase) && (end == text.Length || !IsNamePart(text[end])))
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        private static int Next(ReadOnlySpan<char> text, int from)
        {
            int next = text[from..].IndexOf('<');
            return next < 0 ? -1 : from + next;
        }

        private static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '-';
    }
}
