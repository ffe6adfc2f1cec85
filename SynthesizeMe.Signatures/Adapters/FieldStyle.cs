namespace SynthesizeMe.Signatures;

internal enum FieldEncoding
{
    /// <summary>Text as it is, but for section markers.</summary>
    Marked,

    /// <summary>Text as a JSON string.</summary>
    Json,

    /// <summary>Text with <c>&amp;</c> and <c>&lt;</c> as entities.</summary>
    Xml,

    /// <summary>Text as it is, after the field's name: for comparing, never for a prompt.</summary>
    Plain,
}

/// <summary>How one field after the other is written.</summary>
/// <param name="Encoding">How text is kept from leaving its field.</param>
/// <param name="Begin">What opens a message.</param>
/// <param name="Separator">What stands between fields.</param>
/// <param name="End">What closes a message.</param>
internal sealed record FieldStyle(FieldEncoding Encoding, string Begin, string Separator, string End)
{
    public static FieldStyle Marked { get; } = new(FieldEncoding.Marked, "", "\n\n", "");

    public static FieldStyle MarkedAndClosed { get; } = Marked with { End = "\n\n" + SectionMarker.Open(SectionMarker.Completed), Nothing = SectionMarker.Open(SectionMarker.Completed) };

    public static FieldStyle Json { get; } = new(FieldEncoding.Json, "{\n", ",\n", "\n}") { Nothing = "{}" };

    public static FieldStyle Xml { get; } = new(FieldEncoding.Xml, "", "\n\n", "");

    public static FieldStyle XmlReply { get; } = Xml with { Nothing = XmlAdapter.Nothing };

    public static FieldStyle Plain { get; } = new(FieldEncoding.Plain, "", "\n", "");

    /// <summary>A message without fields.</summary>
    public string Nothing { get; init; } = "";

    public string Header(string field) => Encoding switch
    {
        FieldEncoding.Json => $"  \"{field}\": ",
        FieldEncoding.Xml => $"<{field}>\n",
        FieldEncoding.Plain => $"{field}: ",
        _ => SectionMarker.Open(field) + "\n",
    };

    public string Footer(string field) => Encoding == FieldEncoding.Xml ? $"\n</{field}>" : "";
}
