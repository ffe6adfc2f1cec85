using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>The methods that ask the chat model which completion the person prefers.</summary>
/// <param name="chatClient">The model.</param>
/// <param name="options">How to call it.</param>
internal sealed class JudgeMethods(IChatClient chatClient, PredictOptions? options)
{
    public const string GenericName = "generic";
    public const string ChosenName = "chosen";

    private int CallsPerPair => 2 * (1 + (options ?? PredictOptions.Default).MaxReasks);

    /// <summary>A judge's name in tables and records.</summary>
    public static string NameOf(JudgeMethod method) => method switch
    {
        JudgeMethod.PersonaAndDemos => "persona+demos",
        _ => method.ToString().ToLowerInvariant(),
    };

    /// <summary>The generic judge, from the fit where there is one, because the fit knows how reliable it is.</summary>
    public PairMethod Generic() => new(
        GenericName,
        "Told nothing of the person; chain of thought.",
        BenchmarkNeeds.ChatModel,
        CallsPerPair,
        person => person.Fit is null ? Ready(new JudgeArtefact { Method = JudgeMethod.Generic }) : Of(person, JudgeMethod.Generic));

    public PairMethod Direct()
    {
        Predict<JudgePreference> judge = JudgePreference.Predict(chatClient, options);
        return new(
            "direct",
            "Told nothing of the person; answers at once, without reasoning.",
            BenchmarkNeeds.ChatModel,
            CallsPerPair,
            _ => PersonMethod.Ready(BothOrders(async (context, first, second, token) =>
            {
                Prediction<JudgePreference> p = await judge.PredictAsync(context, first, second, token).ConfigureAwait(false);
                return new(Of(p.Value.Preference), p.Usage);
            })));
    }

    public PairMethod Demographics()
    {
        ChainOfThought<JudgePreferenceOfSomeone> judge = JudgePreferenceOfSomeone.ChainOfThought(chatClient, options);
        return new(
            "demographics",
            "Told what the data say of the person, such as age and education; chain of thought.",
            BenchmarkNeeds.ChatModel | BenchmarkNeeds.Demographics,
            CallsPerPair,
            person =>
            {
                if (person.User.Demographics.IsEmpty)
                {
                    return PersonMethod.None("the data do not describe this person");
                }

                string description = string.Join('\n', person.User.Demographics.Select(d => $"{d.Key}: {d.Value}"));
                return PersonMethod.Ready(BothOrders(async (context, first, second, token) =>
                {
                    Prediction<JudgePreferenceOfSomeone> p = await judge.PredictAsync(description, context, first, second, token).ConfigureAwait(false);
                    return new(Of(p.Value.Preference), p.Usage);
                }));
            })
        {
            Against = training => training.People.All(p => p.User.Demographics.IsEmpty) ? "the data do not describe the people" : null,
        };
    }

    public PairMethod Fitted(JudgeMethod method, string about) => new(
        NameOf(method), about, BenchmarkNeeds.ChatModel | BenchmarkNeeds.Fit, CallsPerPair, person => Of(person, method));

    public PairMethod Chosen() => new(
        ChosenName,
        "What the fit of each person chose among generic, history, persona, demos and persona+demos.",
        BenchmarkNeeds.ChatModel | BenchmarkNeeds.Fit,
        CallsPerPair,
        person => Of(person, person.Fit!.Judge.Method) with { SameAs = NameOf(person.Fit.Judge.Method) });

    public PairMethod Rubric() => new(
        "rubric",
        "Writes a weighted rubric from persona, history and query, and scores both completions by it.",
        BenchmarkNeeds.ChatModel | BenchmarkNeeds.Fit,
        CallsPerPair * 3 / 2,
        person =>
        {
            string? persona = person.Fit!.Judges.GetValueOrDefault(JudgeMethod.Persona)?.Persona;
            var judge = new RubricJudge(chatClient, persona, person.Pairs, options);
            return PersonMethod.Ready((question, token) => AnswerAsync(judge, question, token));
        });

    public PairMethod SelfConsistency(int samples) => new(
        "self-consistency",
        $"The chosen judge, asked {samples.ToString(System.Globalization.CultureInfo.InvariantCulture)} times in each order at temperature 1; the majority decides.",
        BenchmarkNeeds.ChatModel | BenchmarkNeeds.Fit,
        CallsPerPair * samples,
        person =>
        {
            ImmutableArray<PersonalizedJudge> judges = [.. Enumerable.Range(1, samples).Select(rollout => Judge(person.Fit!.Judge.Artefact, Sampled(rollout)))];
            return PersonMethod.Ready((question, token) => VoteAsync(judges, question, token));
        });

    private PersonMethod Of(BenchmarkPerson person, JudgeMethod method) => person.Fit!.Judges.TryGetValue(method, out PersonalizedJudge? judge)
        ? Ready(judge.Artefact)
        : PersonMethod.None("the fit made no such judge");

    private PersonMethod Ready(JudgeArtefact artefact)
    {
        PersonalizedJudge judge = Judge(artefact, options);
        double? confidence = artefact.Reliability.Pairs > 0 ? artefact.Reliability.Confidence : null;
        return PersonMethod.Ready(BothOrders((context, first, second, token) => AskAsync(judge, context, first, second, token), confidence));
    }

    private PersonalizedJudge Judge(JudgeArtefact artefact, PredictOptions? call) => new(artefact, chatClient, call);

    private PredictOptions Sampled(int rollout)
    {
        ChatOptions sampled = Rollout.With(options?.ChatOptions, rollout);
        sampled.Temperature = 1;
        return (options ?? PredictOptions.Default) with { ChatOptions = sampled };
    }

    private static Said Of(Preference preference) => preference == Preference.First ? Said.First : Said.Second;

    private static async Task<OrderReply> AskAsync(PersonalizedJudge judge, Conversation context, string first, string second, CancellationToken cancellationToken)
    {
        OrderedAnswer answer = await judge.AskAsync(context, first, second, swapped: false, cancellationToken).ConfigureAwait(false);
        return new(Of(answer.Preferred), answer.Usage);
    }

    private static AnswerPair BothOrders(Func<Conversation, string, string, CancellationToken, Task<OrderReply>> ask, double? confidence = null) =>
        async (question, cancellationToken) =>
        {
            OrderReply[] replies = await InBothOrdersAsync(question, ask, cancellationToken).ConfigureAwait(false);
            return new(replies[0], replies[1], confidence);
        };

    private static Task<OrderReply[]> InBothOrdersAsync(
        TestQuestion question, Func<Conversation, string, string, CancellationToken, Task<OrderReply>> ask, CancellationToken cancellationToken) => Batch.RunAsync(
        [(question.One, question.Other), (question.Other, question.One)],
        maxParallel: 1,
        async (order, token) =>
        {
            try
            {
                return await ask(question.Context, order.Item1, order.Item2, token).ConfigureAwait(false);
            }
            catch (PromptParseException e)
            {
                return OrderReply.Failed(e);
            }
        },
        cancellationToken);

    private static async Task<MethodAnswer> AnswerAsync(RubricJudge judge, TestQuestion question, CancellationToken cancellationToken)
    {
        Rubric rubric;
        try
        {
            rubric = await judge.WriteAsync(question.Context, cancellationToken).ConfigureAwait(false);
        }
        catch (PromptParseException e)
        {
            return new(OrderReply.Failed(e), new(Said.Nothing, default, e.Message), null);
        }

        double[] leads = new double[2];
        OrderReply[] replies = await InBothOrdersAsync(
            question,
            async (context, first, second, token) =>
            {
                RubricScores scores = await judge.ScoreAsync(rubric, context, first, second, token).ConfigureAwait(false);
                leads[first == question.One ? 0 : 1] = scores.Lead;
                return new(scores.Lead > 0 ? Said.First : scores.Lead < 0 ? Said.Second : Said.Tie, scores.Usage);
            },
            cancellationToken).ConfigureAwait(false);
        replies[0] = replies[0] with { Usage = rubric.Usage + replies[0].Usage };

        // A point of the weighted mean is read as a unit of log odds, as scores are in Bradley and Terry's model.
        double lead = (leads[0] - leads[1]) / 2;
        return new(replies[0], replies[1], 1 / (1 + Math.Exp(-Math.Abs(lead))));
    }

    /// <summary>Self-consistency (Wang et al., ICLR 2023): each order's majority decides, and the share of all votes for the winner is the confidence.</summary>
    private static async Task<MethodAnswer> VoteAsync(ImmutableArray<PersonalizedJudge> judges, TestQuestion question, CancellationToken cancellationToken)
    {
        MethodAnswer[] samples = await Batch.RunAsync(
            judges,
            maxParallel: 1,
            async (judge, token) =>
            {
                OrderReply[] replies = await InBothOrdersAsync(question, (c, first, second, t) => AskAsync(judge, c, first, second, t), token).ConfigureAwait(false);
                return new MethodAnswer(replies[0], replies[1], null);
            },
            cancellationToken).ConfigureAwait(false);
        OrderReply one = Majority(samples.Select(s => s.OneFirst));
        OrderReply other = Majority(samples.Select(s => s.OtherFirst));
        int forOne = samples.Count(s => s.OneFirst.Said == Said.First) + samples.Count(s => s.OtherFirst.Said == Said.Second);
        int forOther = samples.Count(s => s.OneFirst.Said == Said.Second) + samples.Count(s => s.OtherFirst.Said == Said.First);
        int votes = forOne + forOther;
        return new(one, other, votes == 0 ? null : (double)Math.Max(forOne, forOther) / votes);
    }

    private static OrderReply Majority(IEnumerable<OrderReply> replies)
    {
        OrderReply[] all = [.. replies];
        Usage usage = all.Aggregate(default(Usage), (sum, r) => sum + r.Usage);
        int lead = all.Count(r => r.Said == Said.First) - all.Count(r => r.Said == Said.Second);
        return all.All(r => r.Failure is not null)
            ? new(Said.Nothing, usage, all[0].Failure)
            : new(lead > 0 ? Said.First : lead < 0 ? Said.Second : Said.Tie, usage);
    }
}

/// <summary>
/// One person is talking with an assistant. You are told who this person is, and you see the conversation so far and two ways in which the
/// assistant could go on. Decide which of the two this person prefers. In your reasoning, first say what may follow from who the person is
/// for this choice, and no more than does; then weigh both completions. The order of the completions means nothing.
/// </summary>
[Signature]
public partial record JudgePreferenceOfSomeone(
    [Input("Who this person is, in their own answers to a survey.")] string Person,
    [Input("The conversation that leads up to the completions.")] Conversation Conversation,
    [Input("The first completion.")] string FirstCompletion,
    [Input("The second completion.")] string SecondCompletion,
    [Output("The completion this person prefers.")] Preference Preference);
