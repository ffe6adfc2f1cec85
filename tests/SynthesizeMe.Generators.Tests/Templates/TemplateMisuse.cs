namespace SynthesizeMe.Generators.Tests.Templates;

/// <summary>One mistake in a template, or in naming one.</summary>
/// <param name="Rule">The rule that it breaks.</param>
/// <param name="Name">What distinguishes it from other ways to break the rule.</param>
/// <param name="Template">The file; what is said of it besides the mistake is added.</param>
internal sealed record TemplateMisuse(string Rule, string Name, string Template)
{
    /// <summary>A sound rest for templates that are about something else.</summary>
    private const string Rest = "\n{{ instructions }}{{ format }}{{ inputs.question }}{{ inputs.hint }}{{ inputs.mood }}{{ inputs.tags }}{{ inputs.item }}"
        + "{{ inputs.count }}{{ inputs.price }}{{ inputs.ratio }}{{ demos.size }}";

    public const string Source = """
        public enum Mood { Good, Bad }
        public record Item(string Title, int? Rank);

        [Signature(Template = "ask.prompt.scriban")]
        public partial record Ask(
            [Input] string Question,
            [Input] string? Hint,
            [Input] Mood Mood,
            [Input] IReadOnlyList<string> Tags,
            [Input] Item Item,
            [Input] int Count,
            [Input] decimal Price,
            [Input] double Ratio,
            [Output] string Answer);
        """;

    public string Id => Name.Length == 0 ? Rule : $"{Rule}_{Name}";

    /// <summary>The additional files.</summary>
    public IReadOnlyList<TemplateFile> Files => Rule switch
    {
        "SM0201" => [new("prompts/other.prompt.scriban", Rest), new("task.prompt.scriban", Rest), new("ask.prompt.scriban.txt", Rest)],
        "SM0202" => [new("b/ask.prompt.scriban", Rest), new("a/ask.prompt.scriban", Rest)],
        _ => [new("prompts/ask.prompt.scriban", Template)],
    };

    public static IReadOnlyList<TemplateMisuse> All { get; } =
    [
        new("SM0201", "", ""),
        new("SM0202", "", ""),
        new("SM0203", "", "Question: {{ inputs.question | }}\n{{ if }}\n{{ )) }}" + Rest),
        new("SM0203", "end_without_beginning", "{{ end }}" + Rest),
        new("SM0203", "no_end", "{{ if reasoning }}\nThink." + Rest),
        new("SM0204", "assignment", "{{ x = 1 }}" + Rest),
        new("SM0204", "while", "{{ while reasoning }}{{ end }}" + Rest),
        new("SM0206", "include", "{{ include 'other' }}" + Rest),
        new("SM0204", "multiplication", "{{ inputs.count * 2 }}" + Rest),
        new("SM0204", "index", "{{ inputs.tags[0] }}" + Rest),
        new("SM0204", "array", "{{ for x in [1, 2] }}{{ end }}" + Rest),
        new("SM0204", "for_else", "{{ for x in inputs.tags }}a{{ else }}b{{ end }}" + Rest),
        new("SM0204", "for_limit", "{{ for x in inputs.tags limit:2 }}a{{ end }}" + Rest),
        new("SM0204", "break", "{{ for x in inputs.tags }}{{ break }}{{ end }}" + Rest),
        new("SM0204", "ternary", "{{ reasoning ? 'a' : 'b' }}" + Rest),
        new("SM0204", "local", "{{ $x }}" + Rest),
        new("SM0204", "function", "{{ func f }}{{ end }}" + Rest),
        new("SM0204", "capture", "{{ capture x }}a{{ end }}" + Rest),
        new("SM0204", "large_number", "{{ 99999999999 }}" + Rest),
        new("SM0205", "", "One line.\nQ: {{ inputs.qestion }}" + Rest),
        new("SM0205", "root", "{{ question }}" + Rest),
        new("SM0205", "of_a_demo", "{{ for demo in demos }}{{ demo.answer }}{{ end }}" + Rest),
        new("SM0205", "output_among_inputs", "{{ for demo in demos }}{{ demo.inputs.answer }}{{ demo.outputs.question }}{{ end }}" + Rest),
        new("SM0205", "of_a_record", "{{ inputs.item.name }}" + Rest),
        new("SM0205", "of_a_loop", "{{ for t in inputs.tags }}{{ for.rindex }}{{ end }}" + Rest),
        new("SM0205", "of_a_text", "{{ inputs.question.length }}" + Rest),
        new("SM0205", "after_its_loop", "{{ for t in inputs.tags }}{{ t }}{{ end }}{{ t }}" + Rest),
        new("SM0205", "live_output", "{{ outputs.answer }}" + Rest),
        new("SM0206", "", "{{ inputs.question | string.uppercase }}" + Rest),
        new("SM0206", "called", "{{ date.now() }}" + Rest),
        new("SM0207", "text_as_condition", "{{ if inputs.question }}a{{ end }}" + Rest),
        new("SM0207", "list_as_condition", "{{ if demos }}a{{ end }}" + Rest),
        new("SM0207", "different_kinds", "{{ if inputs.question == 3 }}a{{ end }}" + Rest),
        new("SM0207", "order_of_texts", "{{ if inputs.question < 'b' }}a{{ end }}" + Rest),
        new("SM0207", "never_null", "{{ if inputs.question == null }}a{{ end }}" + Rest),
        new("SM0207", "no_such_label", "{{ if inputs.mood == 'Godo' }}a{{ end }}" + Rest),
        new("SM0207", "decimal_and_double", "{{ if inputs.price == inputs.ratio }}a{{ end }}" + Rest),
        new("SM0207", "sum_of_a_double", "{{ inputs.ratio + 1 }}" + Rest),
        new("SM0207", "sum_of_lists", "{{ inputs.tags + 'a' }}" + Rest),
        new("SM0207", "needless_default", "{{ inputs.question ?? 'none' }}" + Rest),
        new("SM0207", "whole_group", "{{ inputs }}" + Rest),
        new("SM0207", "whole_demo", "{{ for demo in demos }}{{ demo }}{{ end }}" + Rest),
        new("SM0207", "loop_over_text", "{{ for c in inputs.question }}{{ c }}{{ end }}" + Rest),
        new("SM0207", "outside_of_a_loop", "{{ for.index }}" + Rest),
        new("SM0207", "too_few_arguments", "{{ inputs.question | string.replace 'a' }}" + Rest),
        new("SM0207", "wrong_argument", "{{ inputs.question | array.join ',' }}" + Rest),
        new("SM0207", "member_of_a_number", "{{ inputs.count.size }}" + Rest),
        new("SM0208", "", "{{ role \"tool\" }}" + Rest),
        new("SM0208", "not_literal", "{{ role inputs.question }}" + Rest),
        new("SM0208", "none", "{{ role }}" + Rest),
        new("SM0209", "", "\nAnswer.\n{{ role \"user\" }}" + Rest),
        new("SM0209", "value", "{{ inputs.question }}\n{{ if reasoning }}{{ role \"user\" }}{{ end }}" + Rest),
        new("SM0210", "", Rest.Replace("{{ format }}", "", StringComparison.Ordinal)),
        new("SM0211", "", Rest.Replace("{{ inputs.hint }}", "{{ for demo in demos }}{{ demo.inputs.hint }}{{ end }}", StringComparison.Ordinal)),
        new("SM0212", "", Rest.Replace("{{ instructions }}", "", StringComparison.Ordinal).Replace("{{ demos.size }}", "", StringComparison.Ordinal)),
        new("SM0213", "", "{{ for format in inputs.tags }}{{ format }}{{ end }}" + Rest),
        new("SM0213", "outer_loop", "{{ for t in inputs.tags }}{{ for t in demos }}a{{ end }}{{ end }}" + Rest),
    ];
}
