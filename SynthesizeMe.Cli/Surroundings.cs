using System.Text;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Cli;

/// <summary>All that the tool touches outside itself, apart from the files it is told to read and write.</summary>
internal sealed record Surroundings
{
    /// <summary>The standard input.</summary>
    public required TextReader In { get; init; }

    /// <summary>Takes results, and nothing else.</summary>
    public required Screen Out { get; init; }

    /// <summary>Takes progress, warnings and errors.</summary>
    public required Screen Error { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Opens a model.</summary>
    public required Func<ModelChoice, IChatClient> OpenModel { get; init; }

    /// <summary>Opens a model that embeds texts.</summary>
    public required Func<ModelChoice, IEmbeddingGenerator<string, Embedding<float>>> OpenEmbeddings { get; init; }

    /// <summary>Measures the time between lines of progress.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Those of this process. Colours and live progress are for terminals only, and not for CI, <c>NO_COLOR</c> or dumb terminals.</summary>
    public static Surroundings OfProcess()
    {
        Func<string, string?> environment = System.Environment.GetEnvironmentVariable;
        bool dumb = environment("TERM") == "dumb" || !string.IsNullOrEmpty(environment("CI"));
        bool colours = !dumb && string.IsNullOrEmpty(environment("NO_COLOR"));
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = Encoding.UTF8;
        }

        var models = new ModelFactory(environment);
        return new()
        {
            In = Console.In,
            Out = new Screen(Console.Out, !Console.IsOutputRedirected, isLive: false, colours),
            Error = new Screen(Console.Error, !Console.IsErrorRedirected, isLive: !dumb, colours),
            Environment = environment,
            OpenModel = models.Open,
            OpenEmbeddings = models.OpenEmbeddings,
        };
    }
}
