using System.Buffers;
using System.Globalization;
using System.Text;

namespace SynthesizeMe.Signatures;

/// <summary>Durations in ISO 8601, in days, hours, minutes and seconds.</summary>
internal static class DurationText
{
    private static readonly (char Unit, long Ticks)[] Units =
    [
        ('W', 7 * TimeSpan.TicksPerDay), ('D', TimeSpan.TicksPerDay), ('H', TimeSpan.TicksPerHour), ('M', TimeSpan.TicksPerMinute), ('S', TimeSpan.TicksPerSecond),
    ];

    private static readonly SearchValues<char> Amount = SearchValues.Create("0123456789.");

    public static string Write(TimeSpan value)
    {
        if (value == TimeSpan.Zero)
        {
            return "PT0S";
        }

        var text = new StringBuilder(value < TimeSpan.Zero ? "-P" : "P");
        Append(Math.Abs((decimal)value.Days), 'D');
        if (value.Ticks % TimeSpan.TicksPerDay != 0)
        {
            text.Append('T');
            Append(Math.Abs((decimal)value.Hours), 'H');
            Append(Math.Abs((decimal)value.Minutes), 'M');
            Append(Math.Abs(value.Ticks % TimeSpan.TicksPerMinute / (decimal)TimeSpan.TicksPerSecond), 'S');
        }

        return text.ToString();

        void Append(decimal amount, char unit)
        {
            if (amount != 0)
            {
                text.Append(amount.ToString("0.#######", CultureInfo.InvariantCulture)).Append(unit);
            }
        }
    }

    /// <summary>Reads each amount with its unit, largest unit first and each at most once.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        bool negative = text is ['-', ..];
        text = negative ? text[1..] : text;
        if (text is not ['P', _, ..])
        {
            return false;
        }

        text = text[1..];
        decimal ticks = 0;
        int unit = 0;
        bool inTime = false;
        while (!text.IsEmpty)
        {
            if (text[0] == 'T')
            {
                if (inTime || text.Length == 1)
                {
                    return false;
                }

                (inTime, unit) = (true, 2);
                text = text[1..];
            }

            int length = text.IndexOfAnyExcept(Amount);
            if (length <= 0 || !decimal.TryParse(text[..length], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal amount))
            {
                return false;
            }

            int last = inTime ? Units.Length : 2;
            while (unit < last && Units[unit].Unit != text[length])
            {
                unit++;
            }

            if (unit == last || amount > long.MaxValue || (amount != decimal.Truncate(amount) && length < text.Length - 1))
            {
                return false;
            }

            ticks += amount * Units[unit++].Ticks;
            text = text[(length + 1)..];
        }

        ticks = negative ? -ticks : ticks;
        if (ticks is < long.MinValue or > long.MaxValue || ticks != decimal.Truncate(ticks))
        {
            return false;
        }

        value = new TimeSpan((long)ticks);
        return true;
    }
}
