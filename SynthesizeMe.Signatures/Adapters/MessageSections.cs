using System.Collections.Immutable;

namespace SynthesizeMe.Signatures;

/// <summary>The sections of a message, as a model reads them: by name, with what stands in them.</summary>
public sealed class MessageSections
{
    private readonly ImmutableArray<(string Name, string Content)> _sections;

    private MessageSections(ImmutableArray<(string Name, string Content)> sections) => _sections = sections;

    /// <summary>The names in the order of the message.</summary>
    public IEnumerable<string> Names => _sections.Select(s => s.Name);

    /// <summary>What stands in the first section of that name; <see langword="null"/> when there is none.</summary>
    public string? this[string name]
    {
        get
        {
            foreach ((string candidate, string content) in _sections)
            {
                if (FieldNames.Match(candidate, name))
                {
                    return content;
                }
            }

            return null;
        }
    }

    /// <summary>Divides a message at its markers.</summary>
    public static MessageSections Read(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var sections = ImmutableArray.CreateBuilder<(string, string)>();
        bool any = SectionMarker.TryFind(message, 0, out int start, out int end, out ReadOnlySpan<char> name);
        while (any)
        {
            string current = name.ToString();
            int open = end;
            any = SectionMarker.TryFind(message, open, out start, out end, out name);
            Section content = ReplySections.Content(message, open, any ? start : message.Length);
            sections.Add((current, SectionMarker.Unescape(content.In(message))));
        }

        return new(sections.ToImmutable());
    }
}
