using System.Collections.Immutable;
using System.Globalization;

namespace BuildCost;

/// <summary>A file of the project that is built.</summary>
internal sealed record SourceFile(string Path, string Text);

/// <summary>Signatures as people write them, some with a template and some with records and lists, by the hundred.</summary>
internal static class Sources
{
    public const string Unrelated = "Unrelated.cs";

    /// <summary>The signature of that number; the wording is what an edit changes.</summary>
    public static SourceFile Signature(int number, bool templated, string wording = "Decide which completion this person prefers")
    {
        string template = templated ? $"(Template = \"judge{Text(number)}.prompt.scriban\")" : "";
        return new($"Judge{Text(number)}.cs", $$"""
            using SynthesizeMe.Signatures;

            namespace Generated.Judges;

            public enum Choice{{number}} { First, Second, Neither }

            public sealed record Point{{number}}(string Text, int Weight, bool IsStrong);

            /// <summary>{{wording}}, number {{number}}.</summary>
            [Signature{{template}}]
            public partial record Judge{{number}}(
                [Input("The conversation that leads up to the completions.")] Conversation Conversation,
                [Input("The first completion.")] string FirstCompletion,
                [Input("The second completion.")] string SecondCompletion,
                [Input("What is known of the person.")] string? Persona,
                [Output("What speaks for either.")] IReadOnlyList<Point{{number}}> Points,
                [Output("How sure the decision is, from 0 to 1.")] double Confidence,
                [Output("The completion this person prefers.")] Choice{{number}} Choice);
            """);
    }

    public static SourceFile Template(int number) => new($"judge{Text(number)}.prompt.scriban", """
        {{ role "system" }}
        {{ instructions }}

        {{~ if reasoning ~}}
        Think before you decide.
        {{~ end ~}}
        {{ format }}
        {{~ for demo in demos ~}}
        {{ role "user" }}
        Example {{ for.index + 1 }} of {{ demos.size }}
        {{ demo.inputs.conversation }}
        A: {{ demo.inputs.first_completion | string.strip }}
        B: {{ demo.inputs.second_completion | string.strip }}
        {{ role "assistant" }}
        {{ demo.reply }}
        {{~ end ~}}
        {{ role "user" }}
        {{ inputs.persona ?? "Nothing is known of this person." }}
        {{ inputs.conversation }}
        A: {{ inputs.first_completion | string.strip }}
        B: {{ inputs.second_completion | string.strip }}
        """);

    public static SourceFile Other(int edits = 0) => new(Unrelated, $$"""
        namespace Generated;

        public static class Unrelated
        {
            public static int Edits => {{edits}};
        }
        """);

    /// <summary>A project of so many signatures, the first of which have templates.</summary>
    public static ImmutableArray<SourceFile> Project(int signatures, int templates) =>
    [
        .. Enumerable.Range(0, signatures).Select(i => Signature(i, i < templates)),
        .. Enumerable.Range(0, templates).Select(Template),
        Other(),
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
