using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using SynthesizeMe.Offline;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Population;

/// <summary>
/// A model of the simulated world. Like every model it knows the prompt and nothing else: it reads traits off texts, learns from the choices and the
/// persona that it is shown as well as its profile allows, errs, leans to one side, and sometimes gives no answer. Equal prompts give equal replies.
/// </summary>
internal sealed class SimulatedModel(JudgeProfile profile, int seed) : IChatClient
{
    private const string NoAnswer = "Both have their merits, and it would be wrong to rank them.";

    private static readonly (double Strength, string Adverb)[] Levels = [(1.2, "strongly "), (0.6, ""), (0.25, "slightly ")];

    private readonly double[] _general = [.. Person.GeneralTaste(seed).Zip(Errors(profile, seed), (taste, error) => taste + error)];

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        OfflinePrompt prompt = OfflinePrompt.Read(messages);
        var chance = new Draw(seed, string.Join('\n', messages.Select(m => m.Text)));
        string reply = chance.Uniform() < profile.Failures ? NoAnswer
            : prompt.Task == OfflineTask.Judge ? Judge(prompt, chance)
            : WritePersona(prompt, chance);
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, reply))
        {
            Usage = new() { InputTokenCount = prompt.Characters / 4, OutputTokenCount = reply.Length / 4 },
        });
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatResponse response = await GetResponseAsync(messages, options, cancellationToken);
        foreach (ChatResponseUpdate update in response.ToChatResponseUpdates())
        {
            yield return update;
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceKey is null && serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose()
    {
    }

    private static double[] Errors(JudgeProfile profile, int seed)
    {
        var draw = new Draw(seed, $"errors of {profile.Name}");
        return [.. Traits.Names.Select(_ => profile.Ignorance * draw.Normal())];
    }

    private string Judge(OfflinePrompt prompt, Draw chance)
    {
        double[] prior = [.. _general];
        if (prompt.Live[OfflinePrompt.Persona] is { } persona)
        {
            for (int k = 0; k < prior.Length; k++)
            {
                prior[k] += profile.Obedience * Stated(persona, Traits.Names[k]);
            }
        }

        double attention = profile.Attention / (1 + (prompt.Demos.Count / profile.Crowding));
        double[] taste = Learned(prior, [.. prompt.Demos.Select(d => Shown(d.Question, d.Answer)).OfType<double[]>()], attention);
        string first = prompt.Live[OfflinePrompt.FirstCompletion]!;
        string second = prompt.Live[OfflinePrompt.SecondCompletion]!;
        double[] difference = Traits.Difference(first, second);
        double pull = Dot(taste, difference) + (profile.Misreading * Misread(first, second)) + profile.PositionBias + (profile.Noise * chance.Normal());
        string preference = pull > 0 ? OfflinePrompt.First : OfflinePrompt.Second;
        string reasons = string.Join(" and ", Enumerable.Range(0, Traits.Count)
            .OrderByDescending(k => taste[k] * difference[k] * Math.Sign(pull))
            .Take(3)
            .Select(k => $"{(difference[k] * pull > 0 ? "more" : "less")} {Traits.Names[k]}"));
        return Reply(prompt.WantsReasoning ? $"What decides is {reasons}." : null, OfflinePrompt.Preference, preference);
    }

    /// <summary>The model's error on a pair, the same in both orders.</summary>
    private double Misread(string first, string second)
    {
        bool swapped = string.CompareOrdinal(first, second) > 0;
        double error = new Draw(seed, swapped ? $"{second}\n{first}" : $"{first}\n{second}").Normal();
        return swapped ? -error : error;
    }

    /// <summary>What a demonstration shows the person to like; reasoning draws the eye to what it names.</summary>
    private double[]? Shown(MessageSections question, MessageSections answer)
    {
        if (answer[OfflinePrompt.Preference]?.Trim() is not { } label)
        {
            return null;
        }

        double[] difference = Traits.Difference(question[OfflinePrompt.FirstCompletion] ?? "", question[OfflinePrompt.SecondCompletion] ?? "");
        string? reasoning = answer[SectionMarker.Reasoning];
        int sign = label == OfflinePrompt.First ? 1 : -1;
        return [.. difference.Select((d, k) => sign * d * (reasoning is null ? 1
            : reasoning.Contains(Traits.Names[k], StringComparison.Ordinal) ? profile.Insight
            : profile.Insight * profile.Tunnel))];
    }

    private string WritePersona(OfflinePrompt prompt, Draw chance)
    {
        using JsonDocument judgements = JsonDocument.Parse(prompt.Live[OfflinePrompt.Judgements] ?? "[]");
        double[][] choices = [.. judgements.RootElement.EnumerateArray().Select(j => Traits.Difference(
            j.GetProperty("preferred").GetString()!, j.GetProperty("other").GetString()!))];
        double[] taste = Learned(_general, choices, 1);
        var persona = new StringBuilder("Compared with others:");
        for (int k = 0; k < Traits.Count; k++)
        {
            double own = taste[k] - _general[k] + (profile.Invention * chance.Normal());
            if (Levels.FirstOrDefault(l => Math.Abs(own) >= l.Strength) is { Adverb: { } adverb })
            {
                persona.Append($" {adverb}{(own > 0 ? "likes" : "dislikes")} {Traits.Names[k]}.");
            }
        }

        return Reply(prompt.WantsReasoning ? "I compare the choices." : null, OfflinePrompt.Persona, persona.ToString());
    }

    private static double Stated(string persona, string trait)
    {
        double stated = 0;
        foreach ((double strength, string adverb) in Levels)
        {
            stated += persona.Contains($" {adverb}likes {trait}.", StringComparison.Ordinal) ? strength : 0;
            stated -= persona.Contains($" {adverb}dislikes {trait}.", StringComparison.Ordinal) ? strength : 0;
        }

        return stated;
    }

    /// <summary>The taste that the choices suggest, by gradient steps from where it starts: what in-context learning was found to be like.</summary>
    private static double[] Learned(double[] start, double[][] choices, double attention)
    {
        const int Steps = 25;
        const double Rate = 0.05;
        const double PriorVariance = 0.35;
        double[] taste = [.. start];
        for (int step = 0; step < Steps && choices.Length > 0; step++)
        {
            double[] slope = [.. taste.Select((w, k) => (start[k] - w) / PriorVariance)];
            foreach (double[] choice in choices)
            {
                double surprise = attention / (1 + Math.Exp(Dot(taste, choice)));
                for (int k = 0; k < slope.Length; k++)
                {
                    slope[k] += surprise * choice[k];
                }
            }

            for (int k = 0; k < slope.Length; k++)
            {
                taste[k] += Rate * slope[k];
            }
        }

        return taste;
    }

    private static double Dot(double[] left, double[] right) => left.Zip(right, (l, r) => l * r).Sum();

    private static string Reply(string? reasoning, string name, string content)
    {
        string thought = reasoning is null ? "" : $"{SectionMarker.Open(SectionMarker.Reasoning)}\n{reasoning}\n\n";
        return $"{thought}{SectionMarker.Open(name)}\n{content}\n\n{SectionMarker.Open(SectionMarker.Completed)}";
    }
}
