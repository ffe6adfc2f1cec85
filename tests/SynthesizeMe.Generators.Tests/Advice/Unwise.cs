using SynthesizeMe.Generators.Tests.Diagnostics;

namespace SynthesizeMe.Generators.Tests.Advice;

/// <summary>Legal signatures that leave a model to guess, and others that look alike and do not.</summary>
internal static class Unwise
{
    public static IReadOnlyList<Misuse> All { get; } =
    [
        new("SM0501", "", "[Signature] public partial record Judge([Input(\"What is asked.\")] string Question, [Output] string «Answer»);"),
        new("SM0501", "blank", "[Signature(\"Answer.\")] public partial record Judge([Input] string Question, [Output(\" \")] int «OverallScore»);"),
        new("SM0501", "part_of_a_word", "[Signature(\"Count the words.\")] public partial record Judge([Input] string Text, [Output] string «Word»);"),
        new("SM0502", "", """
            [Signature] public partial record Judge(
                [Input("A completion.")] string First,
                [Input("a completion. ")] string? «Second»,
                [Output("The better one.")] string Better);
            """),
        new("SM0502", "three", """
            [Signature] public partial record Judge(
                [Input("A completion.")] string First,
                [Input("A completion.")] string «Second»,
                [Input("A completion.")] string «Third»,
                [Output("The better one.")] string Better);
            """),
        new("SM0503", "", "[Signature(«\"\"»)] public partial record Judge([Input] string Question, [Output(\"The answer.\")] string Answer);"),
        new("SM0503", "spaces", "[Signature(«instructions: \"  \"»)] public partial record Judge([Input] string Question, [Output(\"The answer.\")] string Answer);"),
    ];

    public static TheoryData<string, string> Wise => new()
    {
        { "described", "[Signature] public partial record Judge([Input] string Question, [Output(\"The answer.\")] string Answer);" },
        { "mentioned", "[Signature(\"Write an answer.\")] public partial record Judge([Input] string Question, [Output] string Answer);" },
        { "mentioned by its prompt name", "[Signature(\"Give `overall_score`.\")] public partial record Judge([Input] string Question, [Output] int OverallScore);" },
        { "mentioned in words", "[Signature(\"Give an overall score.\")] public partial record Judge([Input] string Question, [Output] int OverallScore);" },
        {
            "mentioned in the summary", """
            /// <summary>Writes an answer.</summary>
            [Signature]
            public partial record Judge([Input] string Question, [Output] string Answer);
            """
        },
        { "undescribed inputs", "[Signature(\"Write an answer.\")] public partial record Judge([Input] string A, [Input] string B, [Output] string Answer);" },
        { "other types", "[Signature(\"Write an answer.\")] public partial record Judge([Input(\"It.\")] string A, [Input(\"It.\")] int B, [Output] string Answer);" },
        { "no signature", "public record Judge(string Question, string Answer);" },
    };
}
