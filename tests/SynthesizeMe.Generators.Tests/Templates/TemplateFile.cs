using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace SynthesizeMe.Generators.Tests.Templates;

/// <summary>An additional file in memory.</summary>
internal sealed class TemplateFile(string path, string text) : AdditionalText
{
    public override string Path => path;

    public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
}
