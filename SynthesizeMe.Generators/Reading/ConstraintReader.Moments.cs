using System.Globalization;
using System.Xml;
using Microsoft.CodeAnalysis;

namespace SynthesizeMe.Generators;

/// <content><c>[Range(typeof(DateOnly), "2026-01-01", "2026-12-31")]</c> on dates, times and durations.</content>
internal sealed partial class ConstraintReader
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;
    private static readonly string[] DateForms = ["yyyy-MM-dd"];
    private static readonly string[] TimeForms = ["HH:mm:ss", "HH:mm"];
    private static readonly string[] DateTimeForms = ["yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd"];
    private static readonly string[] InstantForms = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mmzzz", "yyyy-MM-dd'T'HH:mm:ss'Z'", "yyyy-MM-dd'T'HH:mm'Z'"];

    /// <summary>Whether values of the type come before and after one another.</summary>
    private static bool IsMoment(TypeModel type) => type is { Shape: Shape.Scalar, Scalar.Name: "Date" or "Time" or "DateTime" or "Instant" or "Duration" };

    private void ReadMoments(AttributeData attribute)
    {
        ScalarModel scalar = _target.Scalar!;
        TypedConstant[] arguments = [.. attribute.ConstructorArguments];
        if (arguments is not [{ Value: ITypeSymbol of }, { Value: string least }, { Value: string most }] || "global::" + of.ToDisplayString() != _target.CSharp)
        {
            string bare = _target.CSharp.Substring(_target.CSharp.LastIndexOf('.') + 1);
            Refuse(attribute, $"its bounds are of another type: write 'Range(typeof({bare}), \"...\", \"...\")'");
            return;
        }

        if (Moment(scalar.Name, least) is not { } minimum || Moment(scalar.Name, most) is not { } maximum)
        {
            Refuse(attribute, $"its bounds cannot be read: write them as {Form(scalar.Name)}");
            return;
        }

        (bool above, bool below) = Exclusive(attribute);
        if (minimum.Ticks > maximum.Ticks || (minimum.Ticks == maximum.Ticks && (above || below)))
        {
            Refuse(attribute, "nothing is in the range: give the earlier bound first");
            return;
        }

        string format = $"{Runtime.Namespace}.ScalarFormats.{scalar.Name}";
        if (!above && !below)
        {
            Add(new($"from {minimum.Text} to {maximum.Text}", "", $"Range(value, {format}, {minimum.Code}, {maximum.Code})", IsNote: true));
            return;
        }

        bool isDuration = scalar.Name == "Duration";
        (string over, string atLeast, string under, string atMost) = isDuration ? ("more than", "at least", "less than", "at most") : ("after", "not before", "before", "not after");
        Add(new($"{(above ? over : atLeast)} {minimum.Text}", "", $"{(above ? "After" : "NotBefore")}(value, {format}, {minimum.Code})", IsNote: true));
        Add(new($"{(below ? under : atMost)} {maximum.Text}", "", $"{(below ? "Before" : "NotAfter")}(value, {format}, {maximum.Code})", IsNote: true));
    }

    private static string Form(string scalar) => scalar switch
    {
        "Date" => "2026-03-31",
        "Time" => "14:30:00",
        "DateTime" => "2026-03-31T14:30:00",
        "Instant" => "2026-03-31T14:30:00+02:00",
        _ => "1.02:30:00, for days, hours, minutes and seconds",
    };

    /// <summary>A bound, as it is compared, said and written in code; null when it is not in the form of its type.</summary>
    private static (long Ticks, string Text, string Code)? Moment(string scalar, string text)
    {
        switch (scalar)
        {
            case "Date" when Read(DateForms, out DateTime date):
                return (date.Ticks, Say(date, DateForms[0]), $"new global::System.DateOnly({date.Year}, {date.Month}, {date.Day})");
            case "Time" when Read(TimeForms, out DateTime time):
                return (time.TimeOfDay.Ticks, Say(time, TimeForms[0]), $"new global::System.TimeOnly({time.Hour}, {time.Minute}, {time.Second})");
            case "DateTime" when Read(DateTimeForms, out DateTime moment):
                return (moment.Ticks, Say(moment, DateTimeForms[0]), $"new global::System.DateTime({Parts(moment)})");
            case "Instant" when DateTimeOffset.TryParseExact(text, InstantForms, Invariant, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant):
                string offset = $"global::System.TimeSpan.FromMinutes({(int)instant.Offset.TotalMinutes})";
                return (instant.UtcTicks, instant.ToString(InstantForms[0], Invariant), $"new global::System.DateTimeOffset({Parts(instant.DateTime)}, {offset})");
            case "Duration" when TimeSpan.TryParse(text, Invariant, out TimeSpan duration):
                return (duration.Ticks, XmlConvert.ToString(duration), $"new global::System.TimeSpan({duration.Ticks.ToString(Invariant)}L)");
            default:
                return null;
        }

        bool Read(string[] forms, out DateTime value) => DateTime.TryParseExact(text, forms, Invariant, DateTimeStyles.NoCurrentDateDefault, out value);

        static string Say(DateTime value, string form) => value.ToString(form, Invariant);

        static string Parts(DateTime m) => $"{m.Year}, {m.Month}, {m.Day}, {m.Hour}, {m.Minute}, {m.Second}";
    }
}
