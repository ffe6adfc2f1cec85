// Estimates the built-in prior of the offline model from files of preference pairs and prints it as C#:
//   dotnet run -c Release --project benchmarks/PriorFit -- ../shared/data/*.jsonl > SynthesizeMe/Offline/StylePriorConstants.cs
// With --validate it prints instead how well priors fitted on some people serve others; only training halves are read for either.
using PriorFit;

string[] paths = [.. args.Where(a => !a.StartsWith("--", StringComparison.Ordinal))];
if (paths.Length == 0)
{
    Console.Error.WriteLine("usage: PriorFit [--validate | --test] FILE.jsonl ...");
    return 2;
}
List<Person> people = [];
foreach (string path in paths)
{
    people.AddRange(await PreferenceFile.ReadAsync(path));
}

if (args.Contains("--validate"))
    Validation.Run(people, paths, Console.Out);
else if (args.Contains("--test"))
    Validation.Test(people, paths, Console.Out);
else
    ConstantsWriter.Write(PriorEstimator.Estimate(people), Console.Out);
return 0;
