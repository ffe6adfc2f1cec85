using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>
/// Finds the output fields in a reply, whatever layout the model chose: marked sections, a JSON object, XML elements, labelled lines, or the
/// bare value of an only field (not of a text: any refusal would pass for one).
/// </summary>
/// <remarks>
/// An outer layout opens before what is quoted in it, so layouts are tried in the order in which their first signs stand in the reply. The
/// first that has every required field is taken, else the one that has most of them.
/// </remarks>
internal static class ReplyLocator
{
    private enum Layout
    {
        Marks,
        Object,
        Tags,
        Labels,
    }

    /// <summary>Locates every field.</summary>
    /// <param name="reply">The reply; replaced by the JSON within it when it is encoded twice.</param>
    /// <param name="fields">The fields asked for.</param>
    /// <param name="sections">Receives the place of each field that is found as text.</param>
    /// <param name="repairs">Receives what was left out or repaired; created when needed.</param>
    /// <param name="json">The fields' values when the reply is JSON; the caller disposes it.</param>
    /// <returns>Whether the reply came to its own end: a closing marker, brace or tag was there.</returns>
    /// <exception cref="PromptParseException">A field is answered twice in different ways.</exception>
    public static bool Locate(
        ref string reply, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, ref List<Repair>? repairs, out ReplyJson? json)
    {
        json = null;
        int start = Thoughts.Skip(reply, fields, ref repairs);
        ReadOnlySpan<char> text = reply.AsSpan(start);
        int mark = text.IndexOf("[[");
        if (mark >= 0 && !text[..mark].ContainsAny('{', '<'))
        {
            int before = repairs?.Count ?? 0;
            bool completed = ReplySections.Locate(reply, start, fields, sections, ref repairs);
            if (Score.Of(sections, fields).IsComplete)
            {
                return completed;
            }

            repairs?.RemoveRange(before, repairs.Count - before);
            sections.Clear();
        }

        if (ReplyObjects.ReadSound(reply, start, fields) is { } sound)
        {
            json = sound;
            Note(Layout.Object, start, ref repairs);
            return true;
        }

        if (ReplyObjects.Decode(text) is { } decoded)
        {
            (repairs ??= []).Add(new Repair(RepairKind.DoubleEncoded, "", start));
            (reply, start) = (decoded, 0);
        }

        Attempt best = FindBest(reply, start, fields);
        if (best.Score.Found == 0)
        {
            if (OfNothing(text) is { } nothing)
            {
                Note(nothing, start, ref repairs);
                return true;
            }

            LocateWhole(reply, start, fields, sections, ref repairs);
            return false;
        }

        json = best.Json;
        best.Sections.CopyTo(sections);
        Note(best.Layout, start, ref repairs);

        if (best.Repairs is { } more)
        {
            (repairs ??= []).AddRange(more);
        }

        return best.IsClosed;
    }

    private static Attempt FindBest(string reply, int start, ReadOnlySpan<FieldDescriptor> fields)
    {
        Attempt? best = null;
        foreach (Layout layout in Order(reply.AsSpan(start), stackalloc Layout[4]))
        {
            Attempt attempt = Try(layout, reply, start, fields);
            bool better = best is null || attempt.Score.IsBetterThan(best.Score);
            (better ? best : attempt)?.Json?.Dispose();
            best = better ? attempt : best!;
            if (best.Score.IsComplete)
            {
                break;
            }
        }

        return best!;
    }

    /// <summary>The layouts in the order of their first signs.</summary>
    private static Span<Layout> Order(ReadOnlySpan<char> text, Span<Layout> order)
    {
        Span<int> signs = [Sign(text, "[["), Sign(text, "{"), Sign(text, "<"), int.MaxValue];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = (Layout)i;
        }

        signs.Sort(order);
        return order;
    }

    private static int Sign(ReadOnlySpan<char> text, ReadOnlySpan<char> sign)
    {
        int at = text.IndexOf(sign);
        return at < 0 ? int.MaxValue - 1 : at;
    }

    private static Attempt Try(Layout layout, string reply, int start, ReadOnlySpan<FieldDescriptor> fields)
    {
        List<Repair>? repairs = null;
        if (layout == Layout.Object)
        {
            ReplyJson? json = ReplyObjects.Find(reply, start, fields, ref repairs);
            return new(layout, json is null ? default : Score.Of(json.Values, fields), [], json, repairs, json is { IsCut: false });
        }

        var sections = new Section[fields.Length];
        bool closed = layout switch
        {
            Layout.Marks => ReplySections.Locate(reply, start, fields, sections, ref repairs),
            Layout.Tags => ReplyTags.Locate(reply, start, fields, sections, ref repairs),
            _ => ReplyLabels.Locate(reply, start, fields, sections, ref repairs),
        };
        return new(layout, Score.Of(sections, fields), sections, null, repairs, closed);
    }

    /// <summary>Takes the whole reply as the only field's value.</summary>
    private static void LocateWhole(string reply, int start, ReadOnlySpan<FieldDescriptor> fields, Span<Section> sections, ref List<Repair>? repairs)
    {
        int first = Words.SkipBlanks(reply, start);
        if (fields.Length == 1 && !fields[0].IsText && first < reply.Length && !OtherLayout.Opens(reply.AsSpan(first), fields[0]))
        {
            sections[0] = new Section { Start = first, Length = reply.AsSpan(first).TrimEnd().Length, Style = SectionStyle.Plain };
            (repairs ??= []).Add(new Repair(RepairKind.WholeReply, fields[0].Name, first));
        }
    }

    /// <summary>The layout in which the whole reply says that there is nothing to say: a closing marker alone, or an empty object.</summary>
    private static Layout? OfNothing(ReadOnlySpan<char> reply)
    {
        ReadOnlySpan<char> text = Fences.Unwrap(reply).Trim();
        return text is ['{', .. var between, '}'] && between.IsWhiteSpace() ? Layout.Object
            : text.StartsWith("[[") && FieldNames.Match(text.Trim("[]# "), SectionMarker.Completed) ? Layout.Marks
            : text is XmlAdapter.Nothing or XmlAdapter.OpenNothing ? Layout.Tags
            : null;
    }

    private static void Note(Layout layout, int at, ref List<Repair>? repairs)
    {
        RepairKind? kind = layout switch
        {
            Layout.Object => RepairKind.WrittenAsJson,
            Layout.Tags => RepairKind.WrittenAsXml,
            Layout.Labels => RepairKind.WrittenAsLabels,
            _ => null,
        };
        if (kind is { } written)
        {
            (repairs ??= []).Add(new Repair(written, "", at));
        }
    }

    /// <summary>What one layout finds.</summary>
    private sealed record Attempt(Layout Layout, Score Score, Section[] Sections, ReplyJson? Json, List<Repair>? Repairs, bool IsClosed);

    /// <summary>How many fields a layout has.</summary>
    private readonly record struct Score(int Required, int Found, bool IsComplete)
    {
        public static Score Of(ReadOnlySpan<Section> sections, ReadOnlySpan<FieldDescriptor> fields)
        {
            var count = new Counter();
            for (int i = 0; i < fields.Length; i++)
            {
                count.Add(fields[i], sections[i].Found);
            }

            return count.Score;
        }

        public static Score Of(ReadOnlySpan<JsonElement> values, ReadOnlySpan<FieldDescriptor> fields)
        {
            var count = new Counter();
            for (int i = 0; i < fields.Length; i++)
            {
                count.Add(fields[i], values[i].ValueKind != JsonValueKind.Undefined);
            }

            return count.Score;
        }

        public bool IsBetterThan(Score other) => Required > other.Required || (Required == other.Required && Found > other.Found);
    }

    private struct Counter
    {
        private int _required;
        private int _found;
        private bool _lacks;

        public readonly Score Score => new(_required, _found, !_lacks && _found > 0);

        public void Add(FieldDescriptor field, bool found)
        {
            _found += found ? 1 : 0;
            _required += found && !field.Optional ? 1 : 0;
            _lacks |= !found && !field.Optional;
        }
    }
}
