using System.Runtime.InteropServices;
using SynthesizeMe.Cli;

using var stop = new CancellationTokenSource();
using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, StopOnce);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, StopOnce);
return await new CommandLine(Surroundings.OfProcess()).RunAsync(args, stop.Token);

// The first signal stops cleanly and keeps what is finished; a second one ends the process at once.
void StopOnce(PosixSignalContext signal)
{
    signal.Cancel = !stop.IsCancellationRequested;
    _ = stop.CancelAsync();
}
