using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using SynthesizeMe.Generators.Tests.Templates;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Generators.Tests.CodeFixes;

/// <summary>A template that a signature names and nobody has written is written by a fix, soundly.</summary>
public class TemplateFixTests
{
    [Fact]
    public async Task A_missing_template_is_added()
    {
        using var workbench = new Workbench($$"""
            {{Compiled.Usings}}[Signature(Template = "judges/ask.prompt.scriban")]
            public partial record Ask([Input] string Question, [Input] Conversation? FirstTurns, [Output] string Answer);
            """);
        Diagnostic problem = Assert.Single(await Workbench.DiagnoseAsync(workbench.Document), d => d.Id == "SM0201");
        (CodeAction action, Document mended) = Assert.Single(await workbench.OfferAsync(problem));
        Assert.Equal("Add the template 'judges/ask.prompt.scriban'", action.Title);
        TextDocument template = Assert.Single(mended.Project.AdditionalDocuments);
        Assert.Equal(["judges", "ask.prompt.scriban"], template.Folders.Append(template.Name));
        string text = (await template.GetTextAsync(TestContext.Current.CancellationToken)).ToString();
        Snapshot.Match(text);
        Compiled compiled = Compiled.Beside(await Workbench.TextAsync(mended), [new TemplateFile("judges/ask.prompt.scriban", text)]);
        Assert.Empty(compiled.Problems);
        Assert.Empty(compiled.Complaints);
    }

    [Fact]
    public async Task A_name_that_no_template_can_have_is_left_to_its_author()
    {
        using var workbench = new Workbench($$"""
            {{Compiled.Usings}}[Signature(Template = "ask.txt")]
            public partial record Ask([Input] string Question, [Output] string Answer);
            """);
        Diagnostic problem = Assert.Single(await Workbench.DiagnoseAsync(workbench.Document), d => d.Id == "SM0201");
        Assert.Empty(await workbench.OfferAsync(problem));
    }
}
