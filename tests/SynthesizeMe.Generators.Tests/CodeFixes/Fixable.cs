using SynthesizeMe.Generators.Tests.Advice;
using SynthesizeMe.Generators.Tests.Diagnostics;

namespace SynthesizeMe.Generators.Tests.CodeFixes;

/// <summary>Code that a fix can mend: the misuses, and layouts in which a fix has to place itself well.</summary>
internal static class Fixable
{
    private const string Judge = "[Signature] public partial record Judge([Input] string Question, [Output] string Answer);\n";

    /// <summary>The rules that have a fix.</summary>
    public static readonly string[] Rules =
    [
        "SM0001", "SM0002", "SM0003", "SM0006", "SM0007", "SM0008", "SM0010", "SM0011", "SM0014", "SM0023",
        "SM0101", "SM0103", "SM0105", "SM0106", "SM0107", "SM0201", "SM0503",
    ];

    public static IReadOnlyList<Misuse> All { get; } =
    [
        .. Misuse.All.Concat(Unwise.All).Where(m => Rules.Contains(m.Rule)).Select(m => m with { Source = m.Source.Replace("«", "").Replace("»", "") }),
        new("SM0001", "below_attributes_and_summary", """
            /// <summary>Judges.</summary>
            [Signature]
            record Judge([Input] string Question, [Output] string Answer);
            """),
        new("SM0001", "record_class", "[Signature] public sealed record class Judge([Input] string Question, [Output] string Answer);"),
        new("SM0002", "struct", "[Signature] public readonly struct Judge([Input] string question, [Output] string answer);"),
        new("SM0002", "record_struct", "[Signature] public readonly partial record struct Judge([Input] string Question, [Output] string Answer);"),
        new("SM0002", "static_class", "[Signature] public static class Judge;"),
        new("SM0002", "derived_class", "public class Base; [Signature] public class Judge([Input] string question, [Output] string answer) : Base;"),
        new("SM0003", "record_struct", "public record struct Outer { public interface Inner { [Signature] public partial record Judge([Input] string Question, [Output] string Answer); } }"),
        new("SM0006", "among_others", """
            [Signature] public partial record Judge(
                // What is asked.
                [System.Obsolete] string Question,
                [Output] string Answer);
            """),
        new("SM0007", "apart", "[Signature] public partial record Judge([Input(\"In.\")] [Output(\"Out.\")] string Question, [Output] string Answer);"),
        new("SM0008", "lines", """
            [Signature]
            public partial record Judge(
                [Input] string Question,
                [Input] string Hint);
            """),
        new("SM0008", "defaults", "[Signature] public partial record Judge([Input] string Question, [Input] string Answer, [Input] int Count = 1);"),
        new("SM0008", "only_defaults", """
            [Signature]
            public partial record Judge(
                [Input] int Count = 1);
            """),
        new("SM0010", "used", """
            [Signature] public partial record Judge([Input] string FirstAnswer, [Input] string First_Answer, [Output] string firstAnswer)
            {
                public static Judge Example => new("a", First_Answer: "b", firstAnswer: "c");
                public int Length => First_Answer.Length + firstAnswer.Length;
            }
            """),
        new("SM0011", "used", """
            [Signature] public partial record Judge([Input] string Question, [Output] string Completed);
            public static class Use { public static int Length(Judge judge) => judge.Completed.Length; }
            """),
        new("SM0014", "nested", """
            public static class Outer
            {
                /// <summary>Judges.</summary>
                public sealed record Judge([Input] string Question, [Output] string Answer);
            }
            """),
        new("SM0014", "class", "public class Judge([Input] string question);"),
        new("SM0103", "commented", Judge + """
            [PromptProgram]
            public partial class Program : PromptProgram<Judge>
            {
                /// <summary>The first.</summary>
                [Predictor]
                public required Predict<Judge> First { get; init; } = null!; // Keeps this.

                private Task<Judge> ForwardAsync(Judge.Inputs inputs, CancellationToken cancellationToken) => throw null!;
            }
            """),
        new("SM0105", "other_predictor", Judge + """
            [Signature] public partial record Critique([Input] string Text, [Output] string Verdict);
            public partial class Outer
            {
                [PromptProgram]
                public partial class Program : PromptProgram<Judge>
                {
                    [Predictor] public partial Predict<Critique> Critic { get; }
                }
            }
            """),
        new("SM0105", "no_body", Judge + "[PromptProgram] public partial class Program : PromptProgram<Judge>;"),
        new("SM0106", "empty", Judge + "[PromptProgram]\npublic partial class Program : PromptProgram<Judge>\n{\n}"),
    ];

    /// <summary>Code without a single using, where names have to be written out.</summary>
    public const string WithoutUsings = """
        [SynthesizeMe.Signatures.Signature]
        public partial record Judge(string Question);

        [SynthesizeMe.Signatures.PromptProgram]
        public partial class Program : SynthesizeMe.Signatures.PromptProgram<Judge>
        {
        }
        """;
}
