using SynthesizeMe.Testing;

namespace SynthesizeMe.Generators.Tests.Templates;

/// <summary>The code of a template, as a person would read it.</summary>
public class TemplateCodeTests
{
    private const string Judge = """
        namespace Some.Where;

        public enum Preference { First, Second }

        /// <summary>Decide which completion this person prefers.</summary>
        [Signature(Template = "judge.prompt.scriban")]
        public partial record Judge(
            [Input] Conversation Conversation,
            [Input] string FirstCompletion,
            [Input] string SecondCompletion,
            [Output] Preference Preference);
        """;

    [Fact]
    public void A_judge() => Match(Judge, "judge.prompt.scriban", """
        {{ role "system" }}
        {{ instructions }}

        {{~ if reasoning ~}}
        Think before you decide.
        {{~ end ~}}
        {{ format }}
        {{~ for demo in demos ~}}
        {{ role "user" }}
        Example {{ for.index + 1 }} of {{ demos.size }}
        A: {{ demo.inputs.first_completion | string.strip }}
        B: {{ demo.inputs.second_completion | string.strip }}
        {{ role "assistant" }}
        {{ demo.reply }}
        {{~ end ~}}
        {{ role "user" }}
        {{ inputs.conversation }}

        A: {{ inputs.first_completion | string.strip }}
        B: {{ inputs.second_completion | string.strip }}
        """);

    [Fact]
    public void Optionals_lists_and_records() => Match("""
        public enum Mood { Good, Bad }
        public record Item(string Title, int? Rank, Mood Mood);

        [Signature(Template = "sub/find.prompt.scriban")]
        public partial record Find(
            [Input] string? Hint,
            [Input] int? Count,
            [Input] bool? Sure,
            [Input] Mood Mood,
            [Input] Mood? Other,
            [Input] List<Item> Items,
            [Input] Item? Best,
            [Input] IReadOnlyList<int>? Ranks,
            [Input] global::System.Uri? Link,
            [Input] global::System.DateOnly Day,
            [Input] IReadOnlySet<Mood>? Moods,
            [Input] IReadOnlyDictionary<string, int> Counts,
            [Output] string Answer);
        """, "/project/sub/find.prompt.scriban", """
        {{ instructions }}{{ format }}{{ demos.size }}
        {{ if inputs.hint }}Hint: {{ inputs.hint | string.truncate 20 }}{{ else if inputs.count > 3 && !inputs.sure }}Many{{ else }}None{{ end }}
        {{ inputs.mood }} {{ inputs.other ?? inputs.count ?? "unknown" }} {{ if inputs.mood == "Good" }}!{{ end }}
        {{ for item in inputs.items }}{{ item.title | string.upcase }}/{{ item.rank ?? 0 }}{{ if !for.last }}, {{ end }}{{ end }}
        {{ inputs.best.title }} {{ inputs.best }} {{ inputs.items }} {{ inputs.ranks | array.join ", " }} {{ inputs.ranks | array.size }}
        {{ inputs.link }} {{ inputs.day }} {{ inputs.best.mood ?? inputs.other }} {{ inputs.moods | array.join "/" }} {{ inputs.counts }}
        {{ for i in inputs.items }}{{ inputs.items }}{{ i }}{{ end }}
        """);

    [Fact]
    public void Contents_and_turns() => Match("""
        using Microsoft.Extensions.AI;

        [Signature(Template = "ask.prompt.scriban")]
        public partial record Ask(
            [Input(AsTurns = true)] Conversation? History,
            [Input] DataContent Photo,
            [Input] UriContent? Link,
            [Input] global::System.Collections.Immutable.ImmutableArray<DataContent> All,
            [Input] List<DataContent>? Some,
            [Output] string Answer);
        """, "ask.prompt.scriban", """
        {{ role "system" }}{{ instructions }}{{ format }}
        {{ for demo in demos }}{{ role "user" }}{{ demo.inputs.history }}{{ demo.inputs.photo }}{{ role "assistant" }}{{ demo.reply }}{{ end }}
        {{ inputs.history }}{{ role "user" }}{{ inputs.photo }}{{ if inputs.link }}{{ inputs.link }}{{ end }}{{ inputs.all }}{{ inputs.some }}
        {{ for one in inputs.some }}{{ for.index }}: {{ one }}{{ end }}{{ inputs.all.size }} after {{ inputs.history | string.size }}
        """);

    private static void Match(string source, string path, string template, [System.Runtime.CompilerServices.CallerMemberName] string member = "")
    {
        Compiled compiled = Compiled.With(source, new TemplateFile(path, template));
        Assert.Empty(compiled.Problems);
        Assert.Empty(compiled.Complaints);
        string code = compiled.OnlyFile();
        int start = code.IndexOf("    static bool", StringComparison.Ordinal);
        Snapshot.Match(code[start..code.IndexOf("    [global::System.CodeDom", start, StringComparison.Ordinal)], extension: "cs", member: member);
    }
}
