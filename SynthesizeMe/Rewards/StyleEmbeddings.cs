using Microsoft.Extensions.AI;
using SynthesizeMe.Offline;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>
/// Embeds how a text is written, without a model: the 31 features that <see cref="OfflineModel"/> judges by (length, layout, tone, care), each in units of
/// its spread between two completions. Two more numbers say how well the text suits the person that <see cref="RewardText"/> describes: by the
/// persona, and by the choices shown; they are 0 where nothing is said. Of a text without the sections of <see cref="RewardText"/>, the
/// whole is measured. The same text gives the same numbers on every platform.
/// </summary>
public sealed class StyleEmbeddings : IEmbeddingGenerator<string, Embedding<float>>
{
    /// <summary>The length of an embedding.</summary>
    public const int Dimensions = StyleVector.Count + 2;

    private static readonly EmbeddingGeneratorMetadata Metadata = new("synthesizeme", null, "style-1", Dimensions);

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        var embeddings = new GeneratedEmbeddings<Embedding<float>>();
        Taste? last = null;
        foreach (string value in values)
        {
            cancellationToken.ThrowIfCancellationRequested();
            embeddings.Add(new Embedding<float>(Embed(value, ref last)));
        }

        return Task.FromResult(embeddings);
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(EmbeddingGeneratorMetadata) ? Metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <summary>Does nothing: there is nothing to release.</summary>
    public void Dispose()
    {
    }

    private static float[] Embed(string text, ref Taste? taste)
    {
        MessageSections sections = MessageSections.Read(text);
        string? completion = sections[RewardText.Completion];
        StyleVector features = StyleFeatures.Measure(Request(sections[RewardText.Conversation]), completion ?? text);
        var embedding = new float[Dimensions];
        for (int i = 0; i < StyleVector.Count; i++)
        {
            embedding[i] = (float)features[i];
        }

        if (completion is not null && sections.Names.First() != RewardText.Conversation)
        {
            // Texts of one person mostly come one after the other.
            taste = taste is not null && taste.IsOf(text) ? taste : Taste.Read(text, sections);
            embedding[StyleVector.Count] = (float)taste.FromPersona.Dot(features);
            embedding[StyleVector.Count + 1] = (float)taste.FromChoices.Dot(features);
        }

        return embedding;
    }

    private static StyleRequest Request(string? conversation) => conversation is null
        ? StyleRequest.None
        : StyleRequest.Read(Conversation.Parse(conversation).Turns.LastOrDefault(t => t.Role == ChatRole.User).Text ?? "");

    /// <summary>How a person differs from the general taste.</summary>
    private sealed record Taste(string Described, StyleVector FromPersona, StyleVector FromChoices)
    {
        private static readonly string End = SectionMarker.Open(RewardText.Conversation);

        public bool IsOf(string text) => text.StartsWith(Described, StringComparison.Ordinal) && text.AsSpan(Described.Length).StartsWith(End);

        public static Taste Read(string text, MessageSections sections)
        {
            PersonaShift? persona = sections[RewardText.Persona] is { } said ? PersonaLanguage.Read(said) : null;
            var choices = new List<StyleVector>();
            for (int number = 1; sections[RewardText.Numbered(RewardText.Preferred, number)] is { } preferred; number++)
            {
                StyleRequest request = Request(sections[RewardText.Numbered(RewardText.Conversation, number)]);
                string other = sections[RewardText.Numbered(RewardText.NotPreferred, number)] ?? "";
                choices.Add(StyleVector.Difference(StyleFeatures.Measure(request, preferred), StyleFeatures.Measure(request, other)));
            }

            PreferenceModel model = InContextLearner.Fit(StylePrior.General, choices.ToArray(), persona);
            int end = text.IndexOf(End, StringComparison.Ordinal);
            return new(text[..Math.Max(0, end)], model.FromPersona, model.FromChoices);
        }
    }
}
