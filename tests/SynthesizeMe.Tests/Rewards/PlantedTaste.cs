using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Tests.Rewards;

/// <summary>People whose choices are drawn from known weights over texts whose embeddings are the numbers that they hold.</summary>
internal sealed class PlantedTaste : IEmbeddingGenerator<string, Embedding<float>>
{
    public const int Dimensions = 6;

    public int Asked { get; private set; }

    public string? Model { get; init; }

    public Func<float[], float[]> Change { get; init; } = v => v;

    /// <summary>Choices of a person with these weights, five to a conversation.</summary>
    public static PreferencePair[] Choices(string user, double[] weights, int count, int seed = 1)
    {
        var random = new SeededRandom(seed, user);
        return [.. Enumerable.Range(0, count).Select(i =>
        {
            double[] a = Draw();
            double[] b = Draw();
            double odds = a.Zip(b, weights).Sum(t => (t.First - t.Second) * t.Third);
            bool first = random.Next(1_000_000) < 1_000_000 / (1 + Math.Exp(-odds));
            return new PreferencePair(Conversation.FromUser("Go on."), Text(first ? a : b), Text(first ? b : a))
            {
                UserId = user,
                ConversationId = $"{user} {i / 5}",
            };
        })];

        double[] Draw() => [.. Enumerable.Range(0, Dimensions).Select(_ => (random.Next(2001) - 1000) / 1000.0)];
    }

    public static string Text(params double[] numbers) => string.Join(' ', numbers.Select(n => n.ToString("R", CultureInfo.InvariantCulture)));

    public static RewardRequest Request(string? user, params double[] numbers) =>
        new(Conversation.FromUser("Go on."), Text(numbers)) { Person = user is null ? null : new RewardPerson(user, null) };

    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        foreach (string value in values)
        {
            Asked++;
            string numbers = MessageSections.Read(value)["completion"]!;
            embeddings.Add(new(Change([.. numbers.Split(' ').Select(n => float.Parse(n, CultureInfo.InvariantCulture))])));
        }

        return Task.FromResult(embeddings);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("planted", null, Model, Dimensions) : null;

    public void Dispose()
    {
    }
}
