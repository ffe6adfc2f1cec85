using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>
/// What an optimizer needs to tune <see cref="SynthesizePersona"/> across many people, once and for all (the program Θ of the paper, section 3.2): a person's
/// earlier choices to induce a persona from, and as its score how often a judge that knows only this persona is right about the later ones.
/// </summary>
/// <remarks>
/// Any <see cref="IOptimizer{T}"/> takes it, such as <see cref="MiproV2{T}"/> or <see cref="Gepa{T}"/>; the state that it finds is
/// <see cref="SynthesisOptions.PersonaProgram"/>. Keep people whom the tuned program is measured on out of it. A score costs two calls of the judge for each later choice,
/// which an optimizer's worst case does not count: put a <see cref="BudgetChatClient"/> around the judge's client to bound them.
/// </remarks>
public sealed class PersonaTuning
{
    private const int MostExcerpts = 3;
    private const int ExcerptLength = 300;

    private readonly Dictionary<IReadOnlyList<Judgement>, ImmutableArray<PreferencePair>> _later;

    private PersonaTuning(
        ImmutableArray<Example<SynthesizePersona>> examples, Dictionary<IReadOnlyList<Judgement>, ImmutableArray<PreferencePair>> later, ImmutableArray<string> leftOut)
    {
        Examples = examples;
        LeftOut = leftOut;
        _later = later;
    }

    /// <summary>One example a person; its persona is empty, since nobody knows the right one.</summary>
    public ImmutableArray<Example<SynthesizePersona>> Examples { get; }

    /// <summary>The people whose choices are all of one conversation, so that there is nothing to judge.</summary>
    public ImmutableArray<string> LeftOut { get; }

    /// <summary>Cuts each person's choices by conversation, in time order.</summary>
    /// <param name="pairs">The choices of many people; those marked for testing are not looked at.</param>
    /// <param name="share">The share that the persona is induced from; between 0 and 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not between 0 and 1.</exception>
    public static PersonaTuning Of(IEnumerable<PreferencePair> pairs, double share = PreferenceSplit.TrainShare)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(share);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(share, 1);
        var examples = ImmutableArray.CreateBuilder<Example<SynthesizePersona>>();
        var leftOut = ImmutableArray.CreateBuilder<string>();
        var held = new Dictionary<IReadOnlyList<Judgement>, ImmutableArray<PreferencePair>>(ReferenceEqualityComparer.Instance);
        foreach (IGrouping<string, PreferencePair> person in pairs.Where(p => p.Split != DataSplit.Test).GroupBy(p => p.UserId, StringComparer.Ordinal))
        {
            PreferencePair[][] conversations = PreferenceSplit.InTimeOrder(person);
            if (conversations.Length < 2)
            {
                leftOut.Add(person.Key);
                continue;
            }

            (PreferencePair[] earlier, PreferencePair[] later) = PreferenceSplit.Cut(conversations, share);
            Judgement[] judgements = [.. earlier.Select(p => new Judgement(p.Context, p.Chosen, p.Rejected, null))];
            held.Add(judgements, [.. later]);
            examples.Add(new(new SynthesizePersona(judgements, ""), person.Key));
        }

        return new(examples.ToImmutable(), held, leftOut.ToImmutable());
    }

    /// <summary>
    /// The share of answers about a person's later choices, in both orders, that a judge gets right who is told the persona; what it got wrong is the
    /// feedback. A reply that cannot be read is not right.
    /// </summary>
    /// <param name="chatClient">The judge's model.</param>
    /// <param name="options">How to call it.</param>
    public Metric<SynthesizePersona> DownstreamAccuracy(IChatClient chatClient, PredictOptions? options = null) => async (expected, prediction, cancellationToken) =>
    {
        if (!_later.TryGetValue(expected.Judgements, out ImmutableArray<PreferencePair> later))
        {
            throw new ArgumentException("The example is of nobody here; take the examples that belong to this metric.", nameof(expected));
        }

        var judge = new PersonalizedJudge(new JudgeArtefact { Method = JudgeMethod.Persona, Persona = prediction.Value.Persona.Trim() }, chatClient, options);
        int right = 0;
        var missed = new List<PreferencePair>();
        foreach (PreferencePair pair in later)
        {
            int before = right;
            foreach (bool swapped in (bool[])[false, true])
            {
                right += await IsRightAsync(judge, pair, swapped, cancellationToken).ConfigureAwait(false) ? 1 : 0;
            }

            if (right - before < 2)
            {
                missed.Add(pair);
            }
        }

        return new Score((double)right / (2 * later.Length), Feedback(missed, later.Length));
    };

    private static async Task<bool> IsRightAsync(PersonalizedJudge judge, PreferencePair pair, bool swapped, CancellationToken cancellationToken)
    {
        try
        {
            return (await judge.AskAsync(pair.Context, pair.Chosen, pair.Rejected, swapped, cancellationToken).ConfigureAwait(false)).Preferred == Preference.First;
        }
        catch (PromptParseException)
        {
            return false;
        }
    }

    private static string Feedback(List<PreferencePair> missed, int all)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"A judge who knew only this persona predicted {all - missed.Count} of {all} later choices of the person.");
        foreach (PreferencePair pair in missed.Take(MostExcerpts))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nNot predicted: the person preferred \"{Excerpt(pair.Chosen)}\" to \"{Excerpt(pair.Rejected)}\".");
        }

        return text.ToString();
    }

    private static string Excerpt(string text) => text.Length <= ExcerptLength ? text : $"{text.AsSpan(0, ExcerptLength)}…";
}
