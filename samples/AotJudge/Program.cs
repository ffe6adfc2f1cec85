// A judge of two answers as a native program of a few megabytes: dotnet publish -c Release, then
//   AotJudge                              the offline model judges, without a network
//   AotJudge http://localhost:11434/v1    a model behind any endpoint that speaks OpenAI's API; a key, if it needs one, is in OPENAI_API_KEY
//   AotJudge https://api.openai.com/v1 gpt-4o-mini
using System.ClientModel;
using AotJudge;
using Microsoft.Extensions.AI;
using OpenAI;
using SynthesizeMe;
using SynthesizeMe.Offline;
using SynthesizeMe.Signatures;

const string Question = "How long do I boil an egg for a soft yolk?";
const string First = "Six minutes from the moment the water boils, then straight into cold water.";
const string Second = "It depends on many factors, for instance on the size of the egg, and people generally disagree about it.";

if (args is [])
{
    using var offline = new OfflineModel();
    var judge = new PersonalizedJudge(new JudgeArtefact { Method = JudgeMethod.Generic }, offline);
    Verdict verdict = await judge.CompareAsync(Conversation.FromUser(Question), First, Second);
    Print(verdict.Preferred?.ToString() ?? "neither", verdict.Forward.Reasoning, verdict.Usage);
    return;
}

using IChatClient chatClient = Open(new Uri(args[0]), model: args.ElementAtOrDefault(1) ?? "default");
Prediction<CompareAnswers> prediction = await new AnswerJudge(chatClient).PredictAsync(new CompareAnswers.Inputs(Question, First, Second));
Print($"{prediction.Value.Winner}, {prediction.Value.Confidence} % sure", prediction.Calls[^1].Demo.Reasoning, prediction.Usage);

static IChatClient Open(Uri endpoint, string model)
{
    // OpenAI's client insists on a key; a local server takes any.
    string key = Environment.GetEnvironmentVariable("OPENAI_API_KEY") is { Length: > 0 } given ? given : "none";
    return new OpenAIClient(new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = endpoint }).GetChatClient(model).AsIChatClient();
}

static void Print(string value, string? reasoning, Usage usage)
{
    Console.WriteLine($"Better: {value}");
    Console.WriteLine($"Because: {reasoning}");
    Console.WriteLine($"Used: {usage.Calls} calls, {usage.InputTokenCount} + {usage.OutputTokenCount} tokens");
}
