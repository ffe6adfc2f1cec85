using System.Collections.Immutable;
using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>
/// Judges by a weighted rubric that is written for this person and this conversation before the completions are seen; the larger weighted sum wins.
/// It is the prompt-only variant of P-GenRM (ICLR 2026, arXiv 2602.12116), which writes persona, rubric and scores for every query.
/// Immutable and safe for concurrent use.
/// </summary>
public sealed class RubricJudge
{
    /// <summary>The most characters of earlier choices that a rubric is written from; the latest go before.</summary>
    private const int MaxHistoryCharacters = 24_000;

    private readonly Predict<WriteRubric> _write;
    private readonly ChainOfThought<ScoreByRubric> _score;
    private readonly string? _persona;
    private readonly ImmutableArray<Judgement> _judgements;

    /// <summary>Creates a judge.</summary>
    /// <param name="chatClient">The model.</param>
    /// <param name="persona">What is known of the person; <see langword="null"/> for nothing.</param>
    /// <param name="choices">Earlier choices of the person, oldest first.</param>
    /// <param name="options">How to call the model.</param>
    public RubricJudge(IChatClient chatClient, string? persona, IEnumerable<PreferencePair> choices, PredictOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(choices);
        _write = WriteRubric.Predict(chatClient, options);
        _score = ScoreByRubric.ChainOfThought(chatClient, options);
        _persona = persona;
        _judgements = Latest([.. choices]);
        MaxCalls = _write.MaxCalls + (2 * _score.MaxCalls);
    }

    /// <summary>The most calls of a rubric and of scores in both orders.</summary>
    public int MaxCalls { get; }

    /// <summary>Writes the rubric for answers to a conversation.</summary>
    /// <param name="context">The conversation.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="PromptParseException">There was no readable rubric.</exception>
    public async Task<Rubric> WriteAsync(Conversation context, CancellationToken cancellationToken = default)
    {
        Prediction<WriteRubric> p = await _write.PredictAsync(new WriteRubric.Inputs(_persona, _judgements, context), cancellationToken).ConfigureAwait(false);
        return p.Value.Rubric.Count > 0
            ? new([.. p.Value.Rubric], p.Usage)
            : throw new PromptParseException("rubric", "[]", "it has no quality") { Usage = p.Usage };
    }

    /// <summary>Scores two completions by a rubric, in one order.</summary>
    /// <param name="rubric">The rubric.</param>
    /// <param name="context">The conversation that leads up to the completions.</param>
    /// <param name="first">The completion that the model sees first.</param>
    /// <param name="second">The completion that it sees second.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    /// <exception cref="PromptParseException">The points could not be read, or are not one entry for each quality.</exception>
    public async Task<RubricScores> ScoreAsync(
        Rubric rubric, Conversation context, string first, string second, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rubric);
        Prediction<ScoreByRubric> p = await _score.PredictAsync(
            new ScoreByRubric.Inputs(rubric.Criteria, context, first, second), cancellationToken).ConfigureAwait(false);
        if (p.Value.Scores.Count != rubric.Criteria.Length)
        {
            throw new PromptParseException("scores", string.Join('\n', p.Value.Scores), string.Create(
                CultureInfo.InvariantCulture, $"it has {p.Value.Scores.Count} entries for {rubric.Criteria.Length} qualities"))
            {
                Usage = p.Usage,
            };
        }

        double weights = rubric.Criteria.Sum(c => (double)c.Weight);
        double lead = rubric.Criteria.Zip(p.Value.Scores).Sum(s => s.First.Weight * (s.Second.First - s.Second.Second)) / weights;
        return new([.. p.Value.Scores], lead, p.Reasoning, p.Usage);
    }

    private static ImmutableArray<Judgement> Latest(PreferencePair[] choices)
    {
        var latest = new Stack<PreferencePair>();
        long left = MaxHistoryCharacters;
        foreach (PreferencePair choice in choices.AsEnumerable().Reverse())
        {
            if (Length(choice) <= left)
            {
                left -= Length(choice);
                latest.Push(choice);
            }
        }

        return [.. latest.Select(c => new Judgement(c.Context, c.Chosen, c.Rejected, null))];
    }

    private static long Length(PreferencePair pair) => pair.Context.Turns.Sum(t => t.Text.Length) + pair.Chosen.Length + pair.Rejected.Length;
}

/// <summary>What completions are scored by.</summary>
/// <param name="Criteria">The qualities and their weights; at least one.</param>
/// <param name="Usage">Calls and tokens of writing it.</param>
public sealed record Rubric(ImmutableArray<Criterion> Criteria, Usage Usage);

/// <summary>Two completions' points.</summary>
/// <param name="Scores">The points, in the rubric's order.</param>
/// <param name="Lead">The weighted mean of the first completion's points less the second's: from -9 to 9; 0 is a tie.</param>
/// <param name="Reasoning">The chain of thought.</param>
/// <param name="Usage">Calls and tokens.</param>
public sealed record RubricScores(ImmutableArray<CriterionScore> Scores, double Lead, string? Reasoning, Usage Usage);
