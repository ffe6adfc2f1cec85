using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace SynthesizeMe.Generators.Tests.Caching;

/// <summary>Two runs of one driver, and what the second one did again.</summary>
internal sealed record Steps(
    IReadOnlyList<IncrementalStepRunReason> Signatures,
    IReadOnlyList<IncrementalStepRunReason> Programs,
    IReadOnlyList<IncrementalStepRunReason> Files)
{
    private static readonly IncrementalStepRunReason[] Idle = [IncrementalStepRunReason.Cached, IncrementalStepRunReason.Unchanged];

    /// <summary>The models that came out different.</summary>
    public int ChangedModels => Signatures.Concat(Programs).Count(r => !Idle.Contains(r));

    /// <summary>The files and reports that were written anew.</summary>
    public int Rewritten => Files.Count(r => r != IncrementalStepRunReason.Cached);

    /// <summary>Runs over some trees, then over the same with a change.</summary>
    public static Steps Between(IReadOnlyList<SyntaxTree> before, IReadOnlyList<SyntaxTree> after)
    {
        GeneratorDriver driver = Compiled.Driver().RunGenerators(Compiled.Compile(before));
        Assert.NotEmpty(driver.GetRunResult().GeneratedTrees);
        return Of(driver.RunGenerators(Compiled.Compile(after)));
    }

    /// <summary>Runs over some additional files, then over the same with a change.</summary>
    public static Steps Between(IReadOnlyList<SyntaxTree> trees, IReadOnlyList<AdditionalText> before, IReadOnlyList<AdditionalText> after)
    {
        CSharpCompilation compilation = Compiled.Compile(trees);
        GeneratorDriver driver = Compiled.Driver().AddAdditionalTexts([.. before]).RunGenerators(compilation);
        Assert.NotEmpty(driver.GetRunResult().GeneratedTrees);
        driver = driver.RemoveAdditionalTexts([.. before.Except(after)]).AddAdditionalTexts([.. after.Except(before)]);
        return Of(driver.RunGenerators(compilation));
    }

    private static Steps Of(GeneratorDriver driver)
    {
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        return new(
            Reasons(Named(result, PromptGenerator.SignatureStep)),
            Reasons(Named(result, PromptGenerator.ProgramStep)),
            Reasons(result.TrackedOutputSteps.SelectMany(s => s.Value)));
    }

    private static ImmutableArray<IncrementalGeneratorRunStep> Named(GeneratorRunResult result, string step) =>
        result.TrackedSteps.TryGetValue(step, out var steps) ? steps : [];

    private static IncrementalStepRunReason[] Reasons(IEnumerable<IncrementalGeneratorRunStep> steps) =>
        [.. steps.SelectMany(s => s.Outputs).Select(o => o.Reason)];
}
