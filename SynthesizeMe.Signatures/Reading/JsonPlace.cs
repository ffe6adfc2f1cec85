using System.Globalization;
using System.Text;

namespace SynthesizeMe.Signatures;

/// <summary>A place within a JSON value: what a problem or a repair there is named by. Generated code passes it on.</summary>
public sealed partial class JsonPlace
{
    private readonly JsonPlace? _parent;
    private readonly string? _name;
    private readonly Action<RepairKind, string>? _note;
    private int _index;
    private JsonPlace? _properties;
    private JsonPlace? _sibling;

    private JsonPlace(JsonPlace? parent, string? name, int index, Action<RepairKind, string>? note)
    {
        _parent = parent;
        _name = name;
        _index = index;
        _note = note;
    }

    /// <summary>The whole value of a field.</summary>
    /// <param name="name">The field; empty for a value without a name.</param>
    /// <param name="note">Is told what is repaired, and where; without it nothing is, and a value that needs a repair is refused.</param>
    public static JsonPlace Of(string name, Action<RepairKind, string>? note = null) => new(null, name, -1, note);

    /// <summary>The whole value of that name; nothing in it may be repaired.</summary>
    public static implicit operator JsonPlace(string name) => Of(name);

    /// <summary>The place of a property that the type declares; the same one for the same text.</summary>
    public JsonPlace Property(string name)
    {
        for (JsonPlace? known = _properties; known is not null; known = known._sibling)
        {
            if (ReferenceEquals(known._name, name))
            {
                return known;
            }
        }

        return _properties = new(this, name, -1, _note) { _sibling = _properties };
    }

    /// <summary>The place of a dictionary's entry.</summary>
    internal JsonPlace Entry(string key) => new(this, key, -1, _note);

    /// <summary>The place of a list's item, counted from 0.</summary>
    public JsonPlace Item(int index) => new(this, null, index, _note);

    /// <summary>The path, such as <c>items[2].name</c>.</summary>
    public override string ToString()
    {
        var path = new StringBuilder();
        Append(path);
        return path.ToString();
    }

    /// <summary>Makes an item's place that of another item of the list: places are made by the thousand, and rarely told.</summary>
    internal void MoveTo(int index) => _index = index;

    /// <summary>Whether values may be repaired here.</summary>
    internal bool Repairs => _note is not null;

    internal void Note(RepairKind kind) => _note?.Invoke(kind, ToString());

    private void Append(StringBuilder path)
    {
        _parent?.Append(path);
        if (_name is null)
        {
            path.Append(CultureInfo.InvariantCulture, $"[{_index}]");
        }
        else if (_name.Length > 0)
        {
            path.Append(path.Length > 0 ? "." : "").Append(_name);
        }
    }
}
