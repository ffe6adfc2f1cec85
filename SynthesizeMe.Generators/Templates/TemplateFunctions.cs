namespace SynthesizeMe.Generators;

/// <summary>The functions of Scriban that templates may call, each with what it takes.</summary>
internal static class TemplateFunctions
{
    private static readonly Dictionary<string, TemplateFunction> All = new()
    {
        ["string.upcase"] = new("Upcase", "T", ValueKind.Text, KeepsAbsence: true),
        ["string.downcase"] = new("Downcase", "T", ValueKind.Text, KeepsAbsence: true),
        ["string.capitalize"] = new("Capitalize", "T", ValueKind.Text),
        ["string.strip"] = new("Strip", "T", ValueKind.Text, KeepsAbsence: true),
        ["string.lstrip"] = new("StripStart", "T", ValueKind.Text, KeepsAbsence: true),
        ["string.rstrip"] = new("StripEnd", "T", ValueKind.Text, KeepsAbsence: true),
        ["string.strip_newlines"] = new("StripNewlines", "T", ValueKind.Text),
        ["string.replace"] = new("Replace", "TTT", ValueKind.Text),
        ["string.truncate"] = new("Truncate", "TNt", ValueKind.Text),
        ["string.append"] = new("Append", "TT", ValueKind.Text),
        ["string.prepend"] = new("Prepend", "TT", ValueKind.Text),
        ["string.size"] = new("Size", "T", ValueKind.Number),
        ["string.contains"] = new("Contains", "TT", ValueKind.Boolean),
        ["string.starts_with"] = new("StartsWith", "TT", ValueKind.Boolean),
        ["string.ends_with"] = new("EndsWith", "TT", ValueKind.Boolean),
        ["array.size"] = new("Size", "L", ValueKind.Number),
        ["array.join"] = new("Join", "JT", ValueKind.Text),
    };

    public static string Names => string.Join(", ", All.Keys);

    public static TemplateFunction? Find(string name) => All.TryGetValue(name, out TemplateFunction? found) ? found : null;
}

/// <param name="Method">The method of the runtime.</param>
/// <param name="Takes">Its arguments: <c>T</c> a text, <c>N</c> a whole number, <c>L</c> a list, <c>J</c> one that can be joined; small letters may be left out.</param>
/// <param name="Gives">What it returns.</param>
/// <param name="KeepsAbsence">Whether it returns nothing for an absent text, rather than an empty one.</param>
internal sealed record TemplateFunction(string Method, string Takes, ValueKind Gives, bool KeepsAbsence = false)
{
    public int Fewest => Takes.Count(char.IsUpper);

    /// <summary>Its arguments in words.</summary>
    public string InWords => string.Join(", ", Takes.Select(t => t switch
    {
        'T' => "a text",
        'N' => "a whole number",
        'L' or 'J' => "a list",
        _ => "and perhaps a text",
    }));
}
