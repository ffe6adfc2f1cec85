using System.Collections.Immutable;
using System.CommandLine;
using Microsoft.Extensions.AI;
using SynthesizeMe.Benchmarking;

namespace SynthesizeMe.Cli;

/// <summary>The options of <c>bench</c> alone.</summary>
internal sealed class BenchOptions
{
    private const string All = "all";

    private readonly Option<string> _methods = new("--methods")
    {
        Description = "The methods to measure: all, or names with commas between them.",
        HelpName = "LIST",
        DefaultValueFactory = _ => All,
    };

    private readonly Option<string?> _output = new("--output", "-o") { Description = "The directory for what comes of it; it is made if need be.", HelpName = "DIR" };

    private readonly Option<double> _fraction = new("--test-fraction")
    {
        Description = "The share of each user's pairs, in the later conversations, that is tested on; where the data mark test pairs, those are.",
        HelpName = "SHARE",
        DefaultValueFactory = _ => 0.5,
    };

    private readonly Option<int?> _sample = new("--sample")
    {
        Description = "Draw so many users of each file, by the seed. [default: everyone]",
        HelpName = "N",
    };

    private readonly Option<int> _samples = new("--samples")
    {
        Description = "How often self-consistency asks in each order.",
        HelpName = "K",
        DefaultValueFactory = _ => 5,
    };

    private readonly Option<double> _confidence = new("--confidence")
    {
        Description = "How sure a method must be to answer rather than to abstain, 0.5 to 1.",
        HelpName = "P",
        DefaultValueFactory = _ => 0.7,
    };

    private readonly Option<string> _embeddings = new("--embeddings")
    {
        Description = "What reward models read: offline (how texts are written, no model), or the embeddings of openai:NAME or ollama:NAME, which are kept in DIR.",
        HelpName = "MODEL",
        DefaultValueFactory = _ => "offline",
    };

    private readonly Option<string?> _embeddingsEndpoint = new("--embeddings-endpoint")
    {
        Description = "The address of that model's API. [default: the provider's own]",
        HelpName = "URL",
    };

    private readonly Option<string?> _rewardEndpoint = new("--reward-endpoint")
    {
        Description = $"The address of a served reward model; measures {string.Join(" and ", RewardServer.Names)} as well, and keeps the scores in DIR. A key is taken from {RewardServer.KeyVariable}.",
        HelpName = "URL",
    };

    private readonly Option<string?> _rewardModel = new("--reward-model")
    {
        Description = "The name of the served reward model. [default: none is sent]",
        HelpName = "NAME",
    };

    private readonly Option<string> _rewardProtocol = new("--reward-protocol")
    {
        Description = "How it is spoken to: classify or score (vLLM), or rerank (text-embeddings-inference).",
        HelpName = "PROTOCOL",
        DefaultValueFactory = _ => "classify",
    };

    /// <summary>Adds them to a command.</summary>
    public BenchOptions(Command command)
    {
        ModelOptions.RequirePositive(_sample);
        ModelOptions.RequirePositive(_samples);
        ModelOptions.RequireDirectory(_output);
        RequireWithin(_fraction, v => v is > 0 and < 1, "a number between 0 and 1, such as 0.5");
        RequireWithin(_confidence, v => v is >= 0.5 and <= 1, "a number from 0.5 to 1, such as 0.7");
        _rewardProtocol.AcceptOnlyFromAmong([.. Enum.GetNames<RewardProtocol>().Select(n => n.ToLowerInvariant())]);
        foreach (Option option in (Option[])[_methods, _output, _fraction, _sample, _samples, _confidence, _embeddings, _embeddingsEndpoint, _rewardEndpoint, _rewardModel, _rewardProtocol])
        {
            command.Add(option);
        }
    }

    /// <summary>Where everything goes.</summary>
    /// <exception cref="UsageException">It is missing.</exception>
    public string Directory(ParseResult parsed) => parsed.GetValue(_output) ?? throw new UsageException("bench needs a directory for its results; name one with --output DIR, or use --dry-run");

    /// <summary>The share that is tested on.</summary>
    public double TestFraction(ParseResult parsed) => parsed.GetValue(_fraction);

    /// <summary>How many people are drawn.</summary>
    public int? Sample(ParseResult parsed) => parsed.GetValue(_sample);

    /// <summary>The samples of self-consistency.</summary>
    public int Samples(ParseResult parsed) => parsed.GetValue(_samples);

    /// <summary>The confidence below which a method abstains.</summary>
    public double Confidence(ParseResult parsed) => parsed.GetValue(_confidence);

    /// <summary>The model that embeds texts for reward models.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public ModelChoice Embeddings(ParseResult parsed) => ModelChoice.Parse(parsed.GetValue(_embeddings)!, parsed.GetValue(_embeddingsEndpoint), _embeddings.Name);

    /// <summary>Finds out whether other models than the chat model would be called.</summary>
    /// <exception cref="UsageException">They would.</exception>
    public void RequireNoOtherModels(Invocation call)
    {
        string? option = call.Parsed.GetValue(_rewardEndpoint) is not null ? _rewardEndpoint.Name
            : Embeddings(call.Parsed).Provider != ModelProvider.Offline ? _embeddings.Name
            : null;
        if (option is not null)
        {
            throw new UsageException($"--batch calls no model, so that {option} has no meaning; leave it out, and add it when the replies are there and --batch is gone");
        }
    }

    /// <summary>The served reward model; <see langword="null"/> for none.</summary>
    /// <param name="call">The call.</param>
    /// <param name="keep">Opens where its scores are kept.</param>
    /// <exception cref="UsageException">Its address is none, or is missing.</exception>
    public RewardServer? Served(Invocation call, Func<KeptNumbers?> keep)
    {
        string? model = call.Parsed.GetValue(_rewardModel);
        if (call.Parsed.GetValue(_rewardEndpoint) is not { } endpoint)
        {
            return model is null ? null : throw new UsageException("--reward-model needs the address of its server; name it with --reward-endpoint URL");
        }

        var served = new ServedRewardOptions
        {
            Endpoint = Addresses.Parse(_rewardEndpoint.Name, endpoint, "http://localhost:8000/classify"),
            Protocol = Enum.Parse<RewardProtocol>(call.Parsed.GetValue(_rewardProtocol)!, ignoreCase: true),
            Model = model,
        };
        ModelPipeline limits = call.Options.Limits(call.Parsed);
        return new(served, ModelFactory.KeyOf(call.Surroundings.Environment, RewardServer.KeyVariable), limits.Calls(call.Surroundings.Time), keep());
    }

    /// <summary>The methods that were asked for, in the order of the table.</summary>
    /// <exception cref="UsageException">One of them is none.</exception>
    public ImmutableArray<IBenchmarkMethod> Methods(
        ParseResult parsed, IChatClient client, IEmbeddingGenerator<string, Embedding<float>> embeddings, RewardServer? served, BenchmarkOptions options)
    {
        ImmutableArray<IBenchmarkMethod> all = [.. BenchmarkMethods.All(client, embeddings, options.Samples, options.People.Synthesis.Seed), .. served?.Methods ?? []];
        string list = parsed.GetValue(_methods)!;
        if (list == All)
        {
            return all;
        }

        string[] names = list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        string? unknown = names.FirstOrDefault(n => all.All(m => m.Name != n));
        if (served is not null && !names.Intersect(RewardServer.Names).Any())
        {
            throw new UsageException($"{_rewardEndpoint.Name} is for {string.Join(" and ", RewardServer.Names)}, and {_methods.Name} names neither; add one, or leave the address out");
        }

        return unknown is not null && RewardServer.Names.Contains(unknown)
            ? throw new UsageException($"'{unknown}' needs a served reward model; name its address with {_rewardEndpoint.Name} URL")
            : names.Length == 0 || unknown is not null
            ? throw new UsageException($"'{unknown ?? list}' is not a method; use {All}, or some of {string.Join(", ", all.Select(m => m.Name))}")
            : [.. all.Where(m => names.Contains(m.Name))];
    }

    private static void RequireWithin(Option<double> option, Func<double, bool> isWithin, string range) => option.Validators.Add(result =>
    {
        if (!isWithin(result.GetValueOrDefault<double>()))
        {
            result.AddError($"{option.Name} takes {range}.");
        }
    });
}
