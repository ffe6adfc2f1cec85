using Microsoft.Extensions.AI;
using SynthesizeMe.Benchmarking;
using SynthesizeMe.Offline;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.AotCompatibility;

/// <summary>What must hold in a native program as it does under the runtime. Each check throws when it does not.</summary>
internal static class Checks
{
    private const string Json =
        """
        {
          "reasoning": "It says please.", "summary": "It is \"short\".", "tone": "very warm", "sure": true, "share": 0.25, "price": 9.90,
          "remarks": [{"quote": "please", "weight": 3, "tone": "Cool"}, {"quote": "say", "weight": 1, "tone": null}]
        }
        """;

    private static readonly PromptAdapter[] Adapters = [PromptAdapter.Chat, PromptAdapter.Json, PromptAdapter.Xml];

    /// <summary>A demonstration is rendered as the reply that the model should give; reading it gives the demonstration back.</summary>
    public static Task AdaptersAsync()
    {
        foreach (PromptAdapter adapter in Adapters)
        {
            ChainOfThought<Review> predictor = Review.ChainOfThought(new Replies(), new PredictOptions { Adapter = adapter })
                .With(PredictorState.Empty.WithDemos(new Demo<Review>(Review.Answered, "It says please.", Verified: true)));
            ChatPrompt prompt = predictor.Render(Review.Asked);
            Prediction<Review> prediction = predictor.Parse(Review.Asked, prompt.Turns[2].Text);
            Require(Review.Same(Review.Answered, prediction.Value), $"{adapter}: {prediction.Value}");
            Require(prediction is { Reasoning: "It says please.", Repairs: [] }, $"{adapter}: {string.Join(", ", prediction.Repairs)}");
        }

        return Task.CompletedTask;
    }

    public static Task BrokenReplyAsync()
    {
        string broken = $"Here you are:\n```json\n{Json.Replace("\"very warm\"", "Very Warm", StringComparison.Ordinal).TrimEnd('}', '\n')}";
        Prediction<Review> prediction = Review.ChainOfThought(new Replies()).Parse(Review.Asked, broken);
        Require(Review.Same(Review.Answered, prediction.Value), prediction.Value.ToString());
        Require(prediction.Repairs.Any(r => r.Kind == RepairKind.LabelSpelling), string.Join(", ", prediction.Repairs));
        return Task.CompletedTask;
    }

    public static async Task UnreadableReplyAsync()
    {
        try
        {
            await Review.Predict(new Replies("No.", "No.")).PredictAsync(Review.Asked);
        }
        catch (PromptParseException e)
        {
            Require(e is { Reply: "No.", Usage.Calls: 2 }, e.ToString());
            return;
        }

        throw new InvalidOperationException("It was read.");
    }

    public static async Task ProgramAsync()
    {
        var model = new Replies("""{"points": ["short", "<clear>"]}""", Json);
        Prediction<Review> prediction = await new Reviewer(model).PredictAsync(Review.Asked with { Points = [] });
        Require(Review.Same(Review.Answered, prediction.Value), prediction.Value.ToString());
        Require(prediction is { Reasoning: "It says please.", Usage.Calls: 2, Calls: [{ Predictor: "Find" }, { Predictor: "Judge" }] }, prediction.ToString());
    }

    public static Task StateAsync()
    {
        var program = new Reviewer(new Replies());
        ProgramState state = ProgramState.Empty
            .With("Find", new PredictorState("Name two.", []))
            .With("Judge", PredictorState.Empty.WithDemos(new Demo<Review>(Review.Answered, "It says please.", Verified: true)));
        string json = ProgramStateJson.Write(program.With(state).State);
        ProgramState read = ProgramStateJson.Read(json, program.Predictors);
        Require(json == ProgramStateJson.Write(read), json);
        Require(read["Judge"].Demos[0] is Demo<Review> { Verified: true } demo && Review.Same(Review.Answered, demo.Value), json);
        return Task.CompletedTask;
    }

    public static async Task ArtefactAsync()
    {
        using var model = new OfflineModel();
        Fit fit = await new PersonaSynthesizer(model, new SynthesisOptions { Candidates = 2 }).FitAsync(await PeopleAsync());
        DirectoryInfo folder = Directory.CreateTempSubdirectory("synthesizeme-aot-");
        try
        {
            foreach (PersonalizedJudge judge in fit.Judges.Values)
            {
                string path = Path.Combine(folder.FullName, $"{judge.Method}.judge.json");
                await judge.SaveAsync(path);
                PersonalizedJudge loaded = await PersonalizedJudge.LoadAsync(path, model);
                Require(loaded.ToJudgePrompt() == judge.ToJudgePrompt(), judge.Method.ToString());
                Require(loaded.Artefact.Provenance.Usage == judge.Artefact.Provenance.Usage, judge.Method.ToString());
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        Verdict verdict = await fit.Judge.CompareAsync(Conversation.FromUser("And tea?"), Short, Long);
        Require(verdict.Usage.Calls == 2, verdict.ToString());
    }

    public static async Task HeldOutAsync()
    {
        using var model = new OfflineModel();
        HeldOutReport report = await new HeldOutEvaluation(model, new HeldOutOptions { Synthesis = new() { Candidates = 2 } }).RunAsync(await PeopleAsync());
        Require(report.Interruption is null, report.Interruption?.ToString() ?? "");
    }

    public static async Task ReplyStoreAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("synthesizeme-aot-");
        try
        {
            string path = Path.Combine(folder.FullName, "replies.sqlite");
            var options = Rollout.With(new ChatOptions { Temperature = 0.5f }, 1);
            for (int run = 0; run < 2; run++)
            {
                using IChatClient client = new Replies("Yes.").UseReplyStore(path);
                ChatResponse reply = await client.GetResponseAsync("Well?", options);
                Require(reply.Text == "Yes.", reply.Text);
            }

            using ReplyStore store = ReplyStore.Open(path);
            Require(store.Statistics() is { Entries: 1, Hits: 1, Misses: 1 }, store.Statistics().ToString());
            using var lines = new StringWriter();
            await store.ExportAsync(lines);
            ReplyImport import = await store.ImportAsync(new StringReader(lines.ToString()));
            Require(import is { Added: 0, Known: 1, Problems: [] }, lines.ToString());
            ReplyKey key = ReplyKey.Of(null, [new(ChatRole.User, "Well?")], options)!.Value;
            BatchRequest request = BatchRequest.Read(new BatchRequest(key, "m", [new(ChatRole.User, "Well?")], options).ToLine());
            BatchResult result = BatchResult.Read(new BatchResult(key, new ChatResponse(new ChatMessage(ChatRole.Assistant, "Yes."))).ToLine());
            Require(request.Key == key && request.Messages[0].Text == "Well?" && result.Reply.Text == "Yes.", request.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private const string Short = "Three minutes.";
    private const string Long = "It generally depends on a number of factors, such as the leaves, the water and, perhaps, one's personal taste.";

    /// <summary>One person who likes it short, as the lines of a data file.</summary>
    private static async Task<IReadOnlyList<PreferencePair>> PeopleAsync()
    {
        IEnumerable<string> lines = Enumerable.Range(1, 6).Select(i =>
            $$"""
            {"user_id": "ann", "conversation_id": "c{{i}}", "context": [{"role": "user", "content": "Question {{i}}?"}], "chosen": {"role": "assistant", "content": "{{Short}}"}, "rejected": {"role": "assistant", "content": "{{Long}}"}, "timestamp": "2026-01-0{{i}}T10:00:00Z"}
            """);
        using var reader = new StringReader(string.Join('\n', lines));
        (IReadOnlyList<PreferencePair> pairs, var problems) = await PreferencePairs.ReadUsableAsync(reader, "people");
        Require(problems.IsEmpty, string.Join(", ", problems));
        return pairs;
    }

    private static void Require(bool holds, string found)
    {
        if (!holds)
        {
            throw new InvalidOperationException($"It does not hold: {found}");
        }
    }
}
