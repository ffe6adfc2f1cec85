using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

[Signature("Answer.")]
public partial record Drill([Input] string Words, [Output] string Answer);

[Signature("Shorten.")]
public partial record Shorten([Input] string Words, [Output] string Brief);

[Signature("Finish.")]
public partial record Finish([Input] string Brief, [Output] string Answer);

/// <summary>A program of two steps, each with its own rule to learn.</summary>
[PromptProgram]
public sealed partial class Relay : PromptProgram<Drill>
{
    [Predictor]
    public partial Predict<Shorten> Shortening { get; }

    [Predictor]
    public partial Predict<Finish> Finishing { get; }

    private async Task<Drill> ForwardAsync(Drill.Inputs x, CancellationToken ct)
    {
        Prediction<Shorten> brief = await Shortening.PredictAsync(x.Words, ct);
        return new Drill(x.Words, (await Finishing.PredictAsync(brief.Value.Brief, ct)).Value.Answer);
    }
}

/// <summary>
/// Tasks whose best instructions are known: the model does to the words what its instructions say, in these words only, and the right answer takes all
/// rules of the task.
/// </summary>
internal static partial class Drills
{
    public const string FirstWord = "Take the first word only.";
    public const string UpperCase = "Write in upper case.";
    public const string Backwards = "Write backwards.";

    private static readonly string[] Rules = [FirstWord, UpperCase, Backwards];

    /// <summary>What the task asks, by the rules that its best instructions name.</summary>
    public static string Apply(string words, params IEnumerable<string> rules)
    {
        HashSet<string> all = [.. rules];
        string answer = all.Contains(FirstWord) ? words.Split(' ')[0] : words;
        answer = all.Contains(UpperCase) ? answer.ToUpperInvariant() : answer;
        return all.Contains(Backwards) ? new string([.. answer.Reverse()]) : answer;
    }

    public static Example<Drill>[] Examples(int count, int from, params IEnumerable<string> rules) =>
        [.. Enumerable.Range(from, count).Select(i => new Example<Drill>(new Drill(Words(i), Apply(Words(i), rules)), $"drill {i}"))];

    /// <summary>1 for the right answer, else up to a half for the rules it keeps; the feedback names the first rule that it breaks.</summary>
    public static Metric<Drill> Metric(params string[] rules) => (expected, prediction, _) =>
    {
        string[] kept = Explain([(expected.Words, prediction.Value.Answer)]) ?? [];
        string[] broken = [.. rules.Except(kept)];
        double score = prediction.Value.Answer == expected.Answer ? 1 : .5 * (rules.Length - broken.Length) / rules.Length;
        return new(new Score(score, broken.Length == 0 ? "No rule is broken." : $"Broken rule: {broken[0]}"));
    };

    /// <summary>Does what the instructions say.</summary>
    public static ScriptedChatClient Model(Func<PromptRead, string?>? instead = null) => new((messages, options) =>
    {
        var prompt = new PromptRead(messages, options);
        return instead?.Invoke(prompt) ?? (prompt.Asks("brief")
            ? PromptRead.Reply(("brief", Apply(prompt.Inputs["words"], RulesIn(prompt.Instructions))))
            : PromptRead.Reply(("answer", Apply(prompt.Inputs.GetValueOrDefault("words") ?? prompt.Inputs["brief"], RulesIn(prompt.Instructions)))));
    });

    /// <summary>
    /// Writes instructions from what it is shown: as a proposer it works the rules out from the examples in the prompt, as a reflector it heeds the
    /// feedback. Every third rollout it writes something useless.
    /// </summary>
    public static ScriptedChatClient Writer() => new((messages, options) =>
    {
        var prompt = new PromptRead(messages, options);
        bool isIdle = Rollout.Of(options) % 3 == 2;
        if (prompt.Asks("observations"))
        {
            string examples = prompt.Inputs["examples"].Replace("\\n", "\n", StringComparison.Ordinal);
            string[] seen = Explain(PairPattern().Matches(examples).Select(m => (m.Groups[1].Value, m.Groups[2].Value))) ?? [];
            bool isKnown = seen.All(prompt.Inputs["noticed"].Contains);
            return PromptRead.Reply(("observations", $"Rules: {string.Join(' ', seen)}"), ("nothing_new", isKnown ? "true" : "false"));
        }

        if (prompt.Asks("summary"))
        {
            return PromptRead.Reply(("summary", prompt.Inputs["noticed"]));
        }

        string known = prompt.Inputs.GetValueOrDefault("data") ?? prompt.Inputs["runs"];
        string step = prompt.Inputs["step"];
        string[] learned = [.. RulesIn(known).Where(r => step.Contains("The step self", StringComparison.Ordinal)
            || step.Contains("Shortening", StringComparison.Ordinal) == (r == FirstWord))];
        string text = isIdle ? "Do your best." : string.Join(' ', RulesIn(prompt.Inputs["present_instructions"]).Union(learned).Prepend("Answer."));
        return PromptRead.Reply(("lessons", "Heed them."), ("new_instructions", text));
    });

    /// <summary>One client for both.</summary>
    public static ScriptedChatClient Both(IChatClient model, IChatClient writer) => new((messages, options) =>
        (new PromptRead(messages, options) is var p && (p.Asks("observations") || p.Asks("summary") || p.Asks("new_instructions")) ? writer : model)
            .GetResponseAsync(messages, options).GetAwaiter().GetResult().Text);

    public static IPromptProgram<Drill> Program(IChatClient model, int reasks = 0) => Drill.Predict(model, new() { MaxReasks = reasks });

    public static Relay TwoSteps(IChatClient model) => new(model, new() { MaxReasks = 0 });

    /// <summary>The score of a state that was saved and loaded, in a program that knows nothing else.</summary>
    public static async Task<double> LoadedScoreAsync<T>(
        IPromptProgram<T> program, ProgramState state, Metric<T> metric, IReadOnlyList<Example<T>> examples, CancellationToken ct)
        where T : class, ISignature<T>
    {
        ProgramState loaded = ProgramStateJson.Read(ProgramStateJson.Write(state), program.Predictors);
        return (await new Evaluate<T> { Metric = metric }.RunAsync(program.With(loaded), examples, cancellationToken: ct)).Results.Average(r => r.Score.Value);
    }

    private static string Words(int i) => $"{"alpha bravo cedar delta echo fox gamma hotel".Split(' ')[i % 8]}{(char)('a' + (i / 8 % 26))} and more";

    private static IEnumerable<string> RulesIn(string text) => Rules.Where(text.Contains);

    /// <summary>The fewest rules by which all of these words give these answers; null when none do.</summary>
    private static string[]? Explain(IEnumerable<(string Words, string Answer)> pairs) => Enumerable.Range(0, 1 << Rules.Length)
        .Select(bits => Rules.Where((_, i) => (bits >> i & 1) == 1).ToArray())
        .OrderBy(rules => rules.Length)
        .FirstOrDefault(rules => pairs.All(p => p.Answer == Apply(p.Words, rules)));

    [GeneratedRegex("words: ([^\n\"]*)\nanswer: ([^\n\"]*)")]
    private static partial Regex PairPattern();
}

/// <summary>Keeps replies by messages and rollout, as a store of replies does, and can refuse to go on after so many calls.</summary>
internal sealed class ReplayChatClient(IChatClient inner, ConcurrentDictionary<string, string> replies, int callsUntilCut = int.MaxValue) : DelegatingChatClient(inner)
{
    private int _calls;

    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (Interlocked.Increment(ref _calls) > callsUntilCut)
        {
            throw new HttpRequestException("The line was cut.");
        }

        string key = $"{Rollout.Of(options)} {options?.Temperature} {string.Join('\n', messages.Select(m => $"{m.Role}: {m.Text}"))}";
        if (!replies.TryGetValue(key, out string? reply))
        {
            reply = (await base.GetResponseAsync(messages, options, cancellationToken)).Text;
            Assert.True(replies.TryAdd(key, reply), "A reply was paid for twice.");
        }

        return new ChatResponse(new ChatMessage(ChatRole.Assistant, reply));
    }
}
