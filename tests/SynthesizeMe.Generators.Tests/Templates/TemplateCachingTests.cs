using Microsoft.CodeAnalysis;
using SynthesizeMe.Generators.Tests.Caching;

namespace SynthesizeMe.Generators.Tests.Templates;

/// <summary>An edit of a template regenerates the signature that names it, and nothing else.</summary>
public class TemplateCachingTests
{
    private static readonly SyntaxTree[] Signatures =
    [
        .. Enumerable.Range(0, 10).Select(i => Compiled.Parse(
            $"[Signature(Template = \"s{i}.prompt.scriban\")] public partial record S{i}([Input] string Question, [Output] string Answer);", $"S{i}.cs")),
        Compiled.Parse("[Signature] public partial record Plain([Input] string Question, [Output] string Answer);", "Plain.cs"),
    ];

    private static readonly TemplateFile[] Files = [.. Enumerable.Range(0, 10).Select(i => File(i, "Q"))];

    [Fact]
    public void An_edit_of_one_template_regenerates_its_signature_alone()
    {
        Steps steps = Steps.Between(Signatures, Files, [.. Files[..3], File(3, "Question"), .. Files[4..]]);
        Assert.Equal((0, 1), (steps.ChangedModels, steps.Rewritten));
    }

    [Fact]
    public void A_comment_in_a_template_regenerates_nothing()
    {
        Steps steps = Steps.Between(Signatures, Files, [.. Files[..3], File(3, "{{ # What is asked. }}Q"), .. Files[4..]]);
        Assert.Equal((0, 0), (steps.ChangedModels, steps.Rewritten));
    }

    [Fact]
    public void A_template_saved_without_a_change_regenerates_nothing()
    {
        Steps steps = Steps.Between(Signatures, Files, [.. Files[..3], File(3, "Q"), .. Files[4..]]);
        Assert.Equal((0, 0), (steps.ChangedModels, steps.Rewritten));
    }

    [Theory]
    [InlineData("readme.txt")]
    [InlineData("other.prompt.scriban")]
    public void A_new_file_that_no_signature_names_regenerates_nothing(string path)
    {
        Steps steps = Steps.Between(Signatures, Files, [.. Files, new TemplateFile(path, "Hello {{ whoever }} {{ if }}")]);
        Assert.Equal((0, 0), (steps.ChangedModels, steps.Rewritten));
    }

    [Fact]
    public void A_line_above_a_signature_with_a_template_regenerates_nothing()
    {
        SyntaxTree[] moved = [Compiled.Parse("// A comment.\n" + Signatures[0].ToString().Split('\n', 2)[1], "S0.cs")];
        CancellationToken token = TestContext.Current.CancellationToken;
        GeneratorDriver driver = Compiled.Driver().AddAdditionalTexts([.. Files]).RunGenerators(Compiled.Compile([Signatures[0]]), token);
        GeneratorRunResult result = driver.RunGenerators(Compiled.Compile(moved), token).GetRunResult().Results.Single();
        Assert.All(
            result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs), o => Assert.Equal(IncrementalStepRunReason.Cached, o.Reason));
    }

    private static TemplateFile File(int i, string label) =>
        new($"prompts/s{i}.prompt.scriban", $"{{{{ instructions }}}}\n{{{{ format }}}}\n{label}: {{{{ inputs.question }}}}{{{{ demos.size }}}}");
}
