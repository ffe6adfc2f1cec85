// Learns what four people prefer from their earlier choices, and predicts their later ones.
using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe;
using SynthesizeMe.Offline;
using SynthesizeMe.Signatures;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// Any Microsoft.Extensions.AI chat client will do, for example:
//   new OpenAIClient(key).GetChatClient("gpt-4o-mini").AsIChatClient()
// The offline model is no language model but a small learner of style, so that the sample runs anywhere.
using IChatClient chatClient = new OfflineModel();

IReadOnlyList<PreferencePair> everyone = await PreferencePairs.ReadAsync(Path.Combine(AppContext.BaseDirectory, "people.jsonl"));
string folder = Directory.CreateDirectory("quickstart-output").FullName;
var summary = new List<string>();

foreach (IGrouping<string, PreferencePair> person in everyone.GroupBy(pair => pair.UserId))
{
    // Learn from the earlier conversations; the later third is held back, to measure on.
    PreferencePair[][] conversations = PreferenceSplit.InTimeOrder(person);
    (PreferencePair[] earlier, PreferencePair[] later) = PreferenceSplit.Cut(conversations, share: 2.0 / 3);

    Fit fit = await new PersonaSynthesizer(chatClient).FitAsync(earlier);

    double generic = await AccuracyAsync(fit.Judges[JudgeMethod.Generic], later);
    double personal = await AccuracyAsync(fit.Judge, later);
    string file = Path.Combine(folder, $"{person.Key}.judge.json");
    await fit.Judge.SaveAsync(file);

    Console.WriteLine($"== {person.Key} ==");
    Console.WriteLine($"Learned from {earlier.Length} choices, held back {later.Length}. Chosen method: {fit.Judge.Method}.");
    Console.WriteLine();
    Console.WriteLine($"Persona: {fit.Judges.Values.Select(judge => judge.Persona).FirstOrDefault(persona => persona is not null) ?? "none"}");
    Console.WriteLine();
    Console.WriteLine($"Demonstrations: {fit.Judge.Demos.Length}, {fit.Judge.Demos.Count(demo => demo.Verified)} of them with reasoning that predicted the choice.");
    foreach (Demo demo in fit.Judge.Demos.Take(3))
    {
        Console.WriteLine($"  {Excerpt(Preferred(demo), 90)}");
        Console.WriteLine($"    {Excerpt(demo.Reasoning ?? "(chosen; no reasoning predicted it)", 110)}");
    }

    Console.WriteLine();
    Console.WriteLine($"Right about held-back choices: generic {generic:P0}, personalised {personal:P0}.");
    Console.WriteLine($"Calls to the model: {fit.Usage.Calls}.");
    Console.WriteLine();
    summary.Add($"{person.Key,-8} {generic,8:P0} {personal,13:P0} {fit.Usage.Calls,7} {fit.Judge.Method,16}");
}

Console.WriteLine($"{"person",-8} {"generic",8} {"personalised",13} {"calls",7} {"method",16}");
summary.ForEach(Console.WriteLine);
Console.WriteLine();
Console.WriteLine($"The judges are in {folder}. Ask one: synthesizeme judge, or PersonalizedJudge.LoadAsync.");

// A demonstration is a past choice, written down for a judge that knows the persona or for one that does not.
static string Preferred(Demo demo) => demo switch
{
    Demo<JudgePreference> { Value: var x } => x.Preference == Preference.First ? x.FirstCompletion : x.SecondCompletion,
    Demo<JudgePreferenceForPersona> { Value: var x } => x.Preference == Preference.First ? x.FirstCompletion : x.SecondCompletion,
    _ => "",
};

static string Excerpt(string text, int length)
{
    string line = string.Join(' ', text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
    return line.Length <= length ? line : line[..(length - 1)] + "…";
}

// Every pair is asked in both orders; a pair whose two answers disagree counts one half.
static async Task<double> AccuracyAsync(PersonalizedJudge judge, PreferencePair[] pairs)
{
    double right = 0;
    foreach (PreferencePair pair in pairs)
    {
        Verdict verdict = await judge.CompareAsync(pair.Context, pair.Chosen, pair.Rejected);
        right += verdict.Preferred switch { Preference.First => 1, null => 0.5, _ => 0 };
    }

    return right / pairs.Length;
}
