using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <summary>Wires declarations to models, and models to code.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class PromptGenerator : IIncrementalGenerator
{
    internal const string SignatureStep = "Signature";
    internal const string TemplateStep = "Template";
    internal const string CompiledStep = "Compiled";
    internal const string ProgramStep = "Program";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var kept = new ReadingCache();
        var signatures = context.SyntaxProvider.CreateSyntaxProvider(MarkedType.IsCandidate, kept.Reusing(KnownTypes.Signature, SignatureReader.Read))
            .Where(static declared => declared is not null).Select(static (declared, _) => declared!);
        var templates = context.AdditionalTextsProvider.Where(TemplateSources.IsTemplate)
            .Select(TemplateSources.Read).WithTrackingName(TemplateStep).Collect();
        var compiled = Sound(context, signatures.Select(static (declared, _) => declared.Reading), SignatureStep)
            .Combine(templates).Select(static (both, _) => TemplateSources.Join(both.Left, both.Right))
            .Select(static (source, _) => TemplateCompiler.Compile(source));
        Emit(context, compiled, CompiledStep, "Signature", static model => model.Signature.Place.Unique, SignatureEmitter.Emit);
        var uses = signatures.Select(static (declared, _) => declared.Template).Where(static use => use is not null);
        Report(context, uses.Combine(templates).Select(static (both, _) => TemplateSources.Check(both.Left!, both.Right)));

        var programs = context.SyntaxProvider.CreateSyntaxProvider(MarkedType.IsCandidate, kept.Reusing(KnownTypes.PromptProgram, ProgramReader.Read))
            .Where(static program => program is not null).Select(static (program, _) => program!);
        Emit(context, programs, ProgramStep, "Program", static model => model.Place.Unique, ProgramEmitter.Emit);

        Report(context, context.SyntaxProvider.ForAttributeWithMetadataName(
            KnownTypes.Input, static (node, _) => StrayMarkReader.MayStray(node), static (mark, _) => StrayMarkReader.ReadField(mark)));
        Report(context, context.SyntaxProvider.ForAttributeWithMetadataName(
            KnownTypes.Output, static (node, _) => StrayMarkReader.MayStray(node), static (mark, _) => StrayMarkReader.ReadField(mark)));
        Report(context, context.SyntaxProvider.ForAttributeWithMetadataName(
            KnownTypes.Predictor, static (node, _) => StrayMarkReader.MayStray(node), static (mark, _) => StrayMarkReader.ReadPredictor(mark)));
    }

    private static void Emit<TModel>(
        IncrementalGeneratorInitializationContext context,
        IncrementalValuesProvider<Reading<TModel>> readings,
        string step,
        string kind,
        Func<TModel, string> name,
        Func<TModel, string> emit)
        where TModel : class, IEquatable<TModel>
    {
        IncrementalValuesProvider<TModel> models = Sound(context, readings, step);
        IncrementalValueProvider<EquatableArray<string>> alike =
            models.Select((model, _) => name(model)).Collect().Select(static (names, _) => FileNames.Alike(names));
        context.RegisterSourceOutput(
            models.Combine(alike).Select((both, _) => (File: FileNames.Of(name(both.Left), kind, both.Right), Model: both.Left)),
            (output, named) => output.AddSource(named.File, emit(named.Model)));
    }

    /// <summary>The models that were read; what is wrong with the others is reported.</summary>
    private static IncrementalValuesProvider<TModel> Sound<TModel>(
        IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<Reading<TModel>> readings, string step)
        where TModel : class, IEquatable<TModel>
    {
        Report(context, readings.SelectMany(static (r, _) => r.Diagnostics.Cast<DiagnosticInfo?>()));
        return readings.Where(static r => r.Model is not null).Select(static (r, _) => r.Model!).WithTrackingName(step);
    }

    private static void Report(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<DiagnosticInfo?> problems) =>
        context.RegisterSourceOutput(problems, static (output, problem) =>
        {
            if (problem is not null)
            {
                output.ReportDiagnostic(problem.ToDiagnostic());
            }
        });
}
