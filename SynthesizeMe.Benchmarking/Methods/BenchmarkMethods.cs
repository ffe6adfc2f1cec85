using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>The methods of the benchmark.</summary>
public static class BenchmarkMethods
{
    /// <summary>The method that the others are compared with: the judge that is told nothing.</summary>
    public const string Generic = JudgeMethods.GenericName;

    /// <summary>All methods, in the order of the table.</summary>
    /// <param name="chatClient">The model.</param>
    /// <param name="embeddings">What reward models read: <see cref="StyleEmbeddings"/>, or a served model's.</param>
    /// <param name="samples">The samples of self-consistency in each order; positive.</param>
    /// <param name="seed">Decides what is drawn.</param>
    /// <param name="options">How to call the model.</param>
    public static ImmutableArray<IBenchmarkMethod> All(
        IChatClient chatClient, IEmbeddingGenerator<string, Embedding<float>> embeddings, int samples, int seed, PredictOptions? options = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(samples);
        var judges = new JudgeMethods(chatClient, options);
        return
        [
            LengthMethods.Random(seed),
            LengthMethods.Longer(),
            LengthMethods.Rule(),
            StyleMethods.Pooled(),
            StyleMethods.PerPerson(),
            judges.Direct(),
            judges.Generic(),
            judges.Demographics(),
            .. Fitted(judges),
            judges.Chosen(),
            judges.Rubric(),
            judges.SelfConsistency(samples),
            .. new RewardMethods(embeddings).All,
        ];
    }

    /// <summary>The methods of <see cref="HeldOutEvaluation"/>.</summary>
    internal static ImmutableArray<IBenchmarkMethod> OfFit(IChatClient chatClient, PredictOptions? options)
    {
        var judges = new JudgeMethods(chatClient, options);
        return [judges.Fitted(JudgeMethod.Generic, "Told nothing of the person."), .. Fitted(judges)];
    }

    private static IEnumerable<IBenchmarkMethod> Fitted(JudgeMethods judges) =>
    [
        judges.Fitted(JudgeMethod.History, "Shown the person's earlier choices as they are (memory)."),
        judges.Fitted(JudgeMethod.Persona, "Told the persona."),
        judges.Fitted(JudgeMethod.Demos, "Shown chosen demonstrations with reasoning that predicted the person's choice."),
        judges.Fitted(JudgeMethod.PersonaAndDemos, "Told the persona, and shown demonstrations chosen for it."),
    ];
}
