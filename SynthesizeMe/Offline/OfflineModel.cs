using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Offline;

/// <summary>
/// A chat client that needs no network. It is <b>not a language model</b>: it is a small statistical learner of writing style that reads
/// prompts in this library's layout and answers the tasks it knows: judging a preference, writing a persona, writing a rubric and scoring by one.
/// </summary>
/// <remarks>
/// It sees only the prompt. It measures how completions are written (length, lists, hedging, warmth and the like), starts from what people in
/// general were found to like, moves towards the person by the demonstrations and the persona in the prompt, and says in its reasoning what
/// decided. Of instructions it heeds one thing, how many preferences a persona is to name ("at most 5 preferences"). It does not understand what a text says. Equal prompts give equal replies. It serves tests, samples and as a baseline to beat.
/// Token counts are estimates of four characters each.
/// </remarks>
public sealed class OfflineModel : IChatClient
{
    /// <summary>The model's id.</summary>
    public const string ModelId = "offline-style-1";

    private const int CharactersPerToken = 4;

    private static readonly ChatClientMetadata Metadata = new("synthesizeme", defaultModelId: ModelId);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The prompt asks for something else than a preference, a persona, a rubric or scores by one.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        cancellationToken.ThrowIfCancellationRequested();
        OfflinePrompt prompt = OfflinePrompt.Read(messages);
        string reply = prompt.Task switch
        {
            OfflineTask.Judge => Judge(prompt),
            OfflineTask.Persona => WritePersona(prompt),
            OfflineTask.Rubric => WriteRubric(prompt),
            OfflineTask.Score => Score(prompt),
            _ => throw new NotSupportedException(
                $"The offline model judges preferences and writes personas and rubrics; this prompt asks for {prompt.Request}. Use a language model for it."),
        };
        long input = prompt.Characters / CharactersPerToken;
        long output = reply.Length / CharactersPerToken;
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, reply))
        {
            ModelId = ModelId,
            FinishReason = ChatFinishReason.Stop,
            Usage = new UsageDetails { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output },
        });
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (ChatResponseUpdate update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata) ? Metadata
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static string Judge(OfflinePrompt prompt)
    {
        var choices = new List<StyleVector>(prompt.Demos.Count);
        foreach ((MessageSections question, MessageSections answer) in prompt.Demos)
        {
            string? label = answer[OfflinePrompt.Preference]?.Trim();
            if (label is OfflinePrompt.First or OfflinePrompt.Second && Difference(question) is { } shown)
            {
                choices.Add(label == OfflinePrompt.First ? shown : shown.Negate());
            }
        }

        StyleVector difference = Difference(prompt.Live) ?? default;
        PersonaShift? persona = prompt.Live[OfflinePrompt.Persona] is { } text ? PersonaLanguage.Read(text) : null;
        PreferenceModel model = InContextLearner.Fit(StylePrior.General, choices.ToArray(), persona);
        string preference = model.PrefersFirst(difference) ? OfflinePrompt.First : OfflinePrompt.Second;
        return Reply(prompt, Explanation.Write(model, difference), (OfflinePrompt.Preference, preference));
    }

    private static string WritePersona(OfflinePrompt prompt)
    {
        PreferenceModel model = InContextLearner.Fit(StylePrior.General, Choices(prompt));
        return Reply(prompt, "I look at how the preferred texts are written, compared with the others.", (OfflinePrompt.Persona, PersonaLanguage.Write(model, prompt.MostPreferences)));
    }

    private static string WriteRubric(OfflinePrompt prompt)
    {
        PersonaShift? persona = prompt.Live[OfflinePrompt.Persona] is { } text ? PersonaLanguage.Read(text) : null;
        PreferenceModel model = InContextLearner.Fit(StylePrior.General, Choices(prompt), persona);
        return Reply(
            prompt,
            "I weigh how texts are written by what people in general like, the persona and the earlier choices.",
            (OfflinePrompt.Rubric, RubricLanguage.Write(model)));
    }

    private static string Score(OfflinePrompt prompt)
    {
        StyleVector difference = Difference(prompt.Live) ?? default;
        return Reply(
            prompt,
            "I give points for how the completions are written; where a quality says nothing of that, both get the same.",
            (OfflinePrompt.Scores, RubricLanguage.Score(prompt.Live[OfflinePrompt.Rubric]!, difference)));
    }

    private static StyleVector[] Choices(OfflinePrompt prompt)
    {
        var choices = new List<StyleVector>();
        using JsonDocument judgements = JsonDocument.Parse(prompt.Live[OfflinePrompt.Judgements] ?? "[]");
        foreach (JsonElement judgement in judgements.RootElement.EnumerateArray())
        {
            Conversation conversation = JsonShape.Conversation(JsonShape.Property(judgement, "conversation", ""), "conversation");
            string preferred = JsonShape.Text(JsonShape.Property(judgement, "preferred", ""), "preferred");
            string other = JsonShape.Text(JsonShape.Property(judgement, "other", ""), "other");
            choices.Add(Difference(conversation, preferred, other));
        }

        return [.. choices];
    }

    private static StyleVector? Difference(MessageSections sections) =>
        sections[OfflinePrompt.FirstCompletion] is { } first && sections[OfflinePrompt.SecondCompletion] is { } second
            ? Difference(ReadConversation(sections[OfflinePrompt.ConversationName]), first, second)
            : null;

    private static StyleVector Difference(Conversation conversation, string first, string second)
    {
        string request = conversation.Turns.LastOrDefault(t => t.Role == ChatRole.User).Text;
        StyleRequest style = StyleRequest.Read(request);
        return StyleVector.Difference(StyleFeatures.Measure(style, first), StyleFeatures.Measure(style, second));
    }

    /// <summary>A prompt that was carried here from elsewhere may write the conversation in another way; then it is one message.</summary>
    private static Conversation ReadConversation(string? text)
    {
        try
        {
            return Conversation.Parse(text ?? "");
        }
        catch (FormatException)
        {
            return Conversation.FromUser(text!);
        }
    }

    private static string Reply(OfflinePrompt prompt, string reasoning, (string Name, string Content) answer)
    {
        var reply = new StringBuilder();
        if (prompt.WantsReasoning)
        {
            Append(SectionMarker.Reasoning, reasoning);
        }

        Append(answer.Name, answer.Content);
        return reply.Append(SectionMarker.Open(SectionMarker.Completed)).ToString();

        void Append(string name, string content) =>
            reply.Append(SectionMarker.Open(name)).Append('\n').Append(SectionMarker.Escape(content)).Append("\n\n");
    }
}
