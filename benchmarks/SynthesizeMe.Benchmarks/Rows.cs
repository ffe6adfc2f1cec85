using System.Collections.Immutable;

namespace SynthesizeMe.Benchmarks;

/// <summary>
/// The rows and columns of the table. A benchmark is one cell: its category names the row, its description the column. A parameter
/// in braces stands for its value, so that one benchmark fills several rows.
/// </summary>
internal static class Rows
{
    public const string Render = "render, {Demos} demonstrations, built-in layout";
    public const string RenderMessages = "render to chat messages, {Demos} demonstrations";
    public const string RenderAfresh = "render with new demonstrations, {Demos} of them";
    public const string RenderTemplate = "render, {Demos} demonstrations, template";
    public const string RenderTemplateAfresh = "render with new demonstrations, {Demos} of them, template";
    public const string ParseSections = "parse a clean reply, section markers";
    public const string ParseJson = "parse a clean reply, JSON";
    public const string ParseMalformed = "parse a malformed reply";
    public const string ParseList = "parse a malformed list of 200 items";
    public const string Predict = "`PredictAsync`, client without latency, 8 demonstrations";
    public const string Streaming = "stream a reply of 400 characters in 47 chunks";

    public const string Ours = "ours";
    public const string Floor = "floor";
    public const string Scriban = "Scriban";
    public const string Handlebars = "Handlebars.Net";
    public const string SemanticKernel = "Semantic Kernel";
    public const string Ax = "ax";
    public const string Baml = "BAML";

    /// <summary>The rows in their order.</summary>
    public static ImmutableArray<string> Order { get; } =
    [
        Render, RenderTemplate, RenderMessages, RenderAfresh, RenderTemplateAfresh, ParseSections, ParseJson, ParseMalformed, ParseList, Streaming, Predict,
    ];

    /// <summary>The columns beside ours, in their order.</summary>
    public static ImmutableArray<string> Others { get; } = [Floor, Scriban, Handlebars, SemanticKernel, Ax, Baml];

    /// <summary>What each row is held to.</summary>
    public static string Target(string row) => row switch
    {
        "render, 8 demonstrations, built-in layout" => "≤ 2 × floor",
        "render, 8 demonstrations, template" => "≤ 2 × floor, Scriban ≥ 100 ×",
        ParseSections or ParseJson => "≤ 1 µs",
        ParseMalformed => "≤ 4 µs",
        ParseList => "≤ 200 µs",
        Predict => "≤ 10 µs",
        Streaming => "≤ 30 µs",
        _ => "",
    };
}
