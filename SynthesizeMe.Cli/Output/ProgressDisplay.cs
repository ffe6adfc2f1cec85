using System.Globalization;
using Spectre.Console;

namespace SynthesizeMe.Cli;

/// <summary>How far a run is.</summary>
/// <param name="What">What is being done.</param>
/// <param name="Share">How much of the whole is done, 0 to 1.</param>
internal readonly record struct ProgressStep(string What, double Share);

/// <summary>Shows how far a run is: a bar on a terminal, a line now and then elsewhere.</summary>
/// <param name="screen">Where.</param>
/// <param name="time">Measures the time between lines.</param>
internal sealed class ProgressDisplay(Screen screen, TimeProvider time)
{
    /// <summary>The time between plain lines; nothing is shown before.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Shows a run while it goes on. The run may report from any thread.</summary>
    public Task<T> ShowAsync<T>(string title, Func<IProgress<ProgressStep>, Task<T>> run) =>
        screen.IsLive ? ShowBarAsync(title, run) : run(new Lines(screen, time));

    private async Task<T> ShowBarAsync<T>(string title, Func<IProgress<ProgressStep>, Task<T>> run) =>
        await screen.Console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(PlainText.Excerpt(title, 50)), maxValue: 1);
                return run(new Bar(task));
            });

    private sealed class Bar(ProgressTask task) : IProgress<ProgressStep>
    {
        public void Report(ProgressStep value)
        {
            task.Description = Markup.Escape(PlainText.Excerpt(value.What, 50));
            task.Value = value.Share;
        }
    }

    private sealed class Lines(Screen screen, TimeProvider time) : IProgress<ProgressStep>
    {
        private readonly Lock _lock = new();
        private long _last = time.GetTimestamp();

        public void Report(ProgressStep value)
        {
            lock (_lock)
            {
                if (time.GetElapsedTime(_last) < Interval)
                {
                    return;
                }

                _last = time.GetTimestamp();
            }

            screen.Line(string.Create(CultureInfo.InvariantCulture, $"{value.Share * 100,3:0} %  {PlainText.OneLine(value.What)}"));
        }
    }
}
