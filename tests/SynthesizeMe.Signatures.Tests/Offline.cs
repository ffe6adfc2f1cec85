using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests;

/// <summary>Predictors that never call a model, for rendering and reading.</summary>
internal static class Offline
{
    private static readonly ScriptedChatClient Client = new("");

    public static Predict<T> Predict<T>(params IEnumerable<Demo> demos)
        where T : class, ISignature<T> => new Predict<T>(Client).With(PredictorState.Empty.WithDemos(demos));

    public static ChainOfThought<T> ChainOfThought<T>(params IEnumerable<Demo> demos)
        where T : class, ISignature<T> => new ChainOfThought<T>(Client).With(PredictorState.Empty.WithDemos(demos));

    /// <summary>Reads a reply that has the sections of a signature without inputs that matter.</summary>
    public static Prediction<T> Read<T>(IInputs<T> inputs, string reply)
        where T : class, ISignature<T> => Predict<T>().Parse(inputs, reply);

    /// <summary>The problem with a reply that cannot be read.</summary>
    public static PromptParseException Refuse<T>(IInputs<T> inputs, string reply)
        where T : class, ISignature<T> => Assert.Throws<PromptParseException>(() => Predict<T>().Parse(inputs, reply));
}
