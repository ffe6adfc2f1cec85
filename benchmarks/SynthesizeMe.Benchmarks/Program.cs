using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using SynthesizeMe.Benchmarks;

// All benchmarks by default; BenchmarkDotNet's own arguments (--filter, --list, …) narrow the run.
IConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
BenchmarkSwitcher.FromAssembly(typeof(RenderBenchmarks).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args, config);
