using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using SynthesizeMe.Benchmarks;

// Without arguments: everything, quietly, and one table at the end. --peers FOLDER adds ax and BAML; BenchmarkDotNet's own arguments
// (--filter, --list, …) narrow the run and show its log.
var rest = args.ToList();
string? peers = Environment.GetEnvironmentVariable(Peers.Variable);
if (rest.IndexOf("--peers") is var at and >= 0)
{
    if (at == rest.Count - 1)
    {
        Console.Error.WriteLine("--peers needs the folder of run.sh.");
        return 1;
    }

    peers = rest[at + 1];
    rest.RemoveRange(at, 2);
}

bool quiet = rest.Count == 0;
ManualConfig config = quiet
    ? ManualConfig.CreateEmpty().AddLogger(NullLogger.Instance).AddColumnProvider(DefaultColumnProviders.Instance)
    : ManualConfig.Create(DefaultConfig.Instance);
config.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
var figures = new List<Figure>();
Type[] classes = [typeof(RenderBenchmarks), typeof(TemplateBenchmarks), typeof(ParseBenchmarks), typeof(StreamingBenchmarks), typeof(PredictBenchmarks)];
if (quiet)
{
    foreach (Type type in classes)
    {
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {type.Name} ..."));
        Add([BenchmarkRunner.Run(type, config)]);
    }
}
else
{
    Add(BenchmarkSwitcher.FromTypes(classes).Run([.. rest], config));
}

(IReadOnlyList<Figure> theirs, string? absent) = await Peers.MeasureAsync(peers);
figures.AddRange(theirs);
string table = Table.Markdown(figures);
Console.WriteLine(table);
if (absent is not null)
{
    Console.WriteLine(absent);
}

return 0;

void Add(IEnumerable<Summary> summaries) => figures.AddRange(summaries.SelectMany(Table.Figures));
