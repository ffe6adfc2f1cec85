// Tunes the instructions by which personas are written, across many people, by what the personas are good for: how often a judge that knows only
// the persona is right about choices that the persona was not induced from.
//
//   dotnet run --project samples/TunePersona [people.jsonl]
using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe;
using SynthesizeMe.Offline;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Signatures;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// In earnest all three are language models; the reflector may be the strongest you have, it is asked a few times only.
using IChatClient model = new OfflineModel();
using IChatClient judge = new OfflineModel();
using IChatClient reflector = new Notebook(await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "instructions.txt")));

string file = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "people.jsonl");
PersonaTuning tuning = PersonaTuning.Of(await PreferencePairs.ReadAsync(file));

// Half of the people to reflect on, a quarter to compare on, and a quarter that no decision sees.
Example<SynthesizePersona>[] people = new SeededRandom(seed: 1, "people").Shuffle(tuning.Examples);
Example<SynthesizePersona>[] train = people[..(people.Length / 2)];
Example<SynthesizePersona>[] validation = people[(people.Length / 2)..(people.Length * 3 / 4)];
Example<SynthesizePersona>[] test = people[(people.Length * 3 / 4)..];

Predict<SynthesizePersona> program = SynthesizePersona.Predict(model);
var optimizer = new Gepa<SynthesizePersona>
{
    Metric = tuning.DownstreamAccuracy(judge),
    ReflectionModel = reflector,
    MaxMetricCalls = 20 * people.Length,
    Seed = 1,
};
Console.WriteLine($"{people.Length} people. At most {optimizer.WorstCaseCalls(program, train, validation)} personas and reflections, and twice the later choices for the judge of each.");
OptimizationResult<SynthesizePersona> result = await optimizer.OptimizeAsync(program, train, validation);

Console.WriteLine();
foreach (Candidate<SynthesizePersona> candidate in result.Candidates)
{
    string instructions = candidate.State.Predictors.Values.FirstOrDefault()?.Instructions ?? "(the library's own)";
    Console.WriteLine($"{candidate.Name,-12} {candidate.Status,-10} {candidate.Score,6:P1}  …{(instructions.Length <= 90 ? instructions : instructions[^90..])}");
}

var evaluate = new Evaluate<SynthesizePersona> { Metric = optimizer.Metric };
Interval before = (await evaluate.RunAsync(program, test)).Accuracy;
Interval after = (await evaluate.RunAsync(result.Program, test)).Accuracy;
await File.WriteAllTextAsync("persona-program.json", ProgramStateJson.Write(result.Best.State));

Console.WriteLine();
Console.WriteLine($"Judges that know only the persona, {test.Length} people that no decision saw: {before.Mean:P1} before, {after.Mean:P1} after.");
Console.WriteLine("Saved as persona-program.json: synthesizeme fit people.jsonl --all --persona-program persona-program.json");
