using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators;

/// <summary>A signature and the template that it names; the template is null when it names none, or none that is there.</summary>
internal sealed record TemplatedSignature(SignatureModel Signature, TemplateModel? Template);

/// <summary>Where a signature names its template.</summary>
internal sealed record TemplateUse(string Name, LocationInfo? At);

/// <summary>Finds the templates that signatures name among the additional files.</summary>
internal static class TemplateSources
{
    private const string Extension = ".scriban";

    public static bool IsTemplate(AdditionalText file) => file.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase);

    public static TemplateModel Read(AdditionalText file, CancellationToken cancellationToken) =>
        TemplateParser.Parse(file.Path, file.GetText(cancellationToken)?.ToString() ?? "");

    public static TemplatedSignature Join(SignatureModel signature, ImmutableArray<TemplateModel> templates) =>
        new(signature, signature.Template is { } name && Named(name, templates) is [var only] ? only : null);

    /// <summary>The template that a <c>[Signature]</c> names, with the place of the name.</summary>
    public static TemplateUse? ReadUse(AttributeData attribute, CancellationToken cancellationToken)
    {
        if (NameIn(attribute) is not { } name)
        {
            return null;
        }

        var syntax = attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) as AttributeSyntax;
        AttributeArgumentSyntax? argument = syntax?.ArgumentList?.Arguments.FirstOrDefault(a => a.NameEquals?.Name.Identifier.Text == "Template");
        return new(name, LocationInfo.Of(argument?.Expression.GetLocation()));
    }

    /// <summary>The template's name, or null.</summary>
    public static string? NameIn(AttributeData attribute) => attribute.NamedArguments.FirstOrDefault(a => a.Key == "Template").Value.Value as string;

    /// <summary>What is wrong with a name: no file has it, or several have.</summary>
    public static DiagnosticInfo? Check(TemplateUse use, ImmutableArray<TemplateModel> templates)
    {
        List<TemplateModel> named = Named(use.Name, templates);
        return named.Count switch
        {
            1 => null,
            0 => new(Rules.TemplateNotFound, use.At, new([use.Name])),
            _ => new(Rules.AmbiguousTemplate, use.At, new([use.Name, string.Join(" and ", named.Select(t => $"'{t.Path}'").OrderBy(p => p, StringComparer.Ordinal))])),
        };
    }

    /// <summary>The files whose path is the name, or ends with it as whole parts.</summary>
    private static List<TemplateModel> Named(string name, ImmutableArray<TemplateModel> templates)
    {
        string sought = "/" + name.Replace('\\', '/').TrimStart('/');
        return [.. templates.Where(t => ("/" + t.Path.Replace('\\', '/')).EndsWith(sought, StringComparison.Ordinal))];
    }
}
