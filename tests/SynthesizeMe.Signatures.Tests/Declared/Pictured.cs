using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures.Tests.Declared;

/// <summary>Answer the question about the photos.</summary>
[Signature]
public partial record Pictured(
    [Input("What was said before.", AsTurns = true)] Conversation? History,
    [Input("The photo in question.")] DataContent Photo,
    [Input("Photos to compare it with.")] IReadOnlyList<DataContent> More,
    [Input("Where it is from.")] UriContent? Source,
    [Input] string Question,
    [Output("In one sentence.")] string Answer,
    [Output("If there is something to add.")] string? Remark)
{
    public static DataContent Red { get; } = new(new byte[] { 0xFF, 0, 0 }, "image/png");

    public static DataContent Green { get; } = new(new byte[] { 0, 0xFF, 0, 1 }, "image/jpeg");

    public static DataContent Tone { get; } = new(new byte[] { 1, 2 }, "audio/wav");

    public static UriContent Page { get; } = new("https://example.org/a.png", "image/png");

    public static Pictured Example { get; } = new(
        new Conversation(new Turn(ChatRole.User, "Hello"), new Turn(ChatRole.Assistant, "Hi, what do you have?")),
        Red, [Green, Tone], Page, "Which colour?", "Red.", null);
}

/// <summary>Answer the question about the photos.</summary>
[Signature(Template = "pictured.prompt.scriban")]
public partial record TemplatedPictured(
    [Input(AsTurns = true)] Conversation? History,
    [Input] DataContent Photo,
    [Input] IReadOnlyList<DataContent> More,
    [Input] UriContent? Source,
    [Input] string Question,
    [Output] string Answer);

/// <summary>Only what was said counts.</summary>
[Signature]
public partial record Continue([Input(AsTurns = true)] Conversation Talk, [Output] string Next);
