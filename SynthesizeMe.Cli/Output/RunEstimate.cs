using System.Globalization;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary>
/// Says how much longer a run takes, and what more it costs, by what it took since the model was first called: what a reply store answers before that takes
/// no time and costs nothing.
/// </summary>
/// <param name="meter">Counts what the model answers.</param>
/// <param name="price">What that costs; <see langword="null"/> when it is not known.</param>
/// <param name="atOnce">The most people under way at once; they count as half done.</param>
/// <param name="time">The clock.</param>
internal sealed class RunEstimate(UsageMeter meter, TokenPrice? price, int atOnce, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _began;
    private int? _doneBefore;

    /// <summary>The estimate; empty while there is nothing to go by.</summary>
    /// <param name="done">The people that are done.</param>
    /// <param name="all">All people.</param>
    public string Describe(int done, int all)
    {
        UsageReading used = meter.Read();
        lock (_lock)
        {
            if (_doneBefore is null)
            {
                if (used.Answered.Calls == 0)
                {
                    return "";
                }

                (_began, _doneBefore) = (time.GetTimestamp(), done);
            }

            int since = done - _doneBefore.Value;
            if (since <= 0 || done >= all)
            {
                return "";
            }

            double underWay = Math.Min(atOnce, all - done) / 2.0;
            double left = (all - done - underWay) / (since + underWay);
            string money = price is { } p && p.Of(used.Answered) is > 0 and var spent
                ? string.Create(CultureInfo.InvariantCulture, $" and {spent * (decimal)left:0.00} in money")
                : "";
            return $"; about {Describe(time.GetElapsedTime(_began) * left)}{money} left";
        }
    }

    private static string Describe(TimeSpan left) => left.TotalMinutes < 1 ? $"{Math.Max(1, (int)left.TotalSeconds).ToString(CultureInfo.InvariantCulture)} s"
        : left.TotalHours < 1 ? $"{((int)left.TotalMinutes).ToString(CultureInfo.InvariantCulture)} min"
        : string.Create(CultureInfo.InvariantCulture, $"{(int)left.TotalHours} h {left.Minutes} min");
}
