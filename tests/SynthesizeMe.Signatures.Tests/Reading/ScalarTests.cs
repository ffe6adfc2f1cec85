using System.Text.Json;
using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>Dates, times, identifiers and addresses: what is read as written, what is read with a repair, and what could mean two things.</summary>
public class ScalarTests
{
    [Theory]
    [InlineData("2024-02-29", "2024-02-29")]
    [InlineData("`2024-02-29`.", "2024-02-29", true)]
    [InlineData("2024/2/29", "2024-02-29", true)]
    [InlineData("March 5, 2024", "2024-03-05", true)]
    [InlineData("5 Mar 2024", "2024-03-05", true)]
    [InlineData("03/05/2024", null)]
    [InlineData("2023-02-29", null)]
    [InlineData("2024-02-29 or 2024-03-01", null)]
    [InlineData("tomorrow", null)]
    [InlineData("", null)]
    public void A_date(string text, string? expected, bool repaired = false) => Check(ScalarFormats.Date, text, expected, repaired);

    [Theory]
    [InlineData("14:30", "14:30:00")]
    [InlineData("14:30:05.25", "14:30:05.25")]
    [InlineData("2:30 PM", "14:30:00", true)]
    [InlineData("24:00", null)]
    [InlineData("half past two", null)]
    public void A_time(string text, string? expected, bool repaired = false) => Check(ScalarFormats.Time, text, expected, repaired);

    [Theory]
    [InlineData("2026-03-31T14:30:00", "2026-03-31T14:30:00")]
    [InlineData("2026-03-31T14:30", "2026-03-31T14:30:00")]
    [InlineData("2026-03-31T14:30:00Z", "2026-03-31T14:30:00Z")]
    [InlineData("2026-03-31T14:30:00+02:00", "2026-03-31T12:30:00Z")]
    [InlineData("2026-03-31 14:30:00", "2026-03-31T14:30:00", true)]
    [InlineData("2026-03-31 14:30Z", "2026-03-31T14:30:00Z", true)]
    [InlineData("2026-03-31", null)]
    public void A_date_and_time(string text, string? expected, bool repaired = false) => Check(ScalarFormats.DateTime, text, expected, repaired);

    [Theory]
    [InlineData("2026-03-31T14:30:00+02:00", "2026-03-31T14:30:00+02:00")]
    [InlineData("2026-03-31T14:30:00Z", "2026-03-31T14:30:00+00:00")]
    [InlineData("2026-03-31 14:30 -05:00", "2026-03-31T14:30:00-05:00", true)]
    [InlineData("2026-03-31T14:30:00", null)]
    public void An_instant_needs_its_offset(string text, string? expected, bool repaired = false) => Check(ScalarFormats.Instant, text, expected, repaired);

    [Theory]
    [InlineData("PT1H30M", "PT1H30M")]
    [InlineData("PT90M", "PT1H30M")]
    [InlineData("P2W", "P14D")]
    [InlineData("-P1DT0.5S", "-P1DT0.5S")]
    [InlineData("PT0.5H", "PT30M")]
    [InlineData("01:30:00", "PT1H30M", true)]
    [InlineData("01:30", null)]
    [InlineData("P1M", null)]
    [InlineData("P1Y", null)]
    [InlineData("PT", null)]
    [InlineData("P", null)]
    [InlineData("PT1M1H", null)]
    [InlineData("PT1.5H1M", null)]
    [InlineData("PT1H1H", null)]
    [InlineData("P99999999999999999999D", null)]
    [InlineData("PT99999999999999999999999999999999S", null)]
    [InlineData("an hour", null)]
    public void A_duration(string text, string? expected, bool repaired = false) => Check(ScalarFormats.Duration, text, expected, repaired);

    [Theory]
    [InlineData("123e4567-e89b-12d3-a456-426614174000", "123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("123E4567-E89B-12D3-A456-426614174000", "123e4567-e89b-12d3-a456-426614174000")]
    [InlineData("{123e4567-e89b-12d3-a456-426614174000}", "123e4567-e89b-12d3-a456-426614174000", true)]
    [InlineData("123e4567e89b12d3a456426614174000", "123e4567-e89b-12d3-a456-426614174000", true)]
    [InlineData("123e4567-e89b-12d3-a456", null)]
    public void A_uuid(string text, string? expected, bool repaired = false) => Check(ScalarFormats.Uuid, text, expected, repaired);

    [Theory]
    [InlineData("https://example.org/a_(b).", "https://example.org/a_(b).")]
    [InlineData("<https://example.org>", "https://example.org", true)]
    [InlineData("`a/b.html`", "a/b.html", true)]
    [InlineData("/rooted", "/rooted")]
    [InlineData("see https://example.org", null)]
    [InlineData("", null)]
    public void An_address(string text, string? expected, bool repaired = false) => Check(ScalarFormats.Uri, text, expected, repaired);

    [Fact]
    public void An_address_with_blanks_is_written_with_percent_signs() =>
        Assert.Equal("https://example.org/a%20b", ScalarFormats.Uri.Write(new Uri("https://example.org/a b")));

    [Fact]
    public void A_local_time_is_written_as_utc() =>
        Assert.EndsWith("Z", ScalarFormats.DateTime.Write(new DateTime(2026, 3, 31, 14, 30, 0, DateTimeKind.Local)), StringComparison.Ordinal);

    [Fact]
    public void A_repaired_form_is_listed_and_a_wrong_one_says_what_is_wanted()
    {
        string reply = Offline.Predict<Kinds>(new Demo<Kinds>(Kinds.Example)).Render(Kinds.Any).Turns[2].Text;
        string spoken = reply.Replace("2026-03-31\n", "March 31, 2026\n", StringComparison.Ordinal);
        Prediction<Kinds> read = Offline.Read(Kinds.Any, spoken);
        Assert.Equal(Kinds.Example.Day, read.Value.Day);
        Assert.Equal((RepairKind.ValueForm, "day"), (Assert.Single(read.Repairs).Kind, read.Repairs[0].Field));

        PromptParseException refused = Offline.Refuse(Kinds.Any, reply.Replace("2026-03-31\n", "03/31/2026\n", StringComparison.Ordinal));
        Assert.Equal(("day", "'03/31/2026' is not a date such as 2026-03-31"), (refused.Field, refused.Hint));
    }

    private static void Check<T>(ScalarFormat<T> format, string text, string? expected, bool repaired)
    {
        using JsonDocument json = JsonDocument.Parse(JsonSerializer.Serialize(text));
        List<RepairKind> repairs = [];
        string? read = null;
        try
        {
            read = format.Write(JsonShape.Scalar(json.RootElement, JsonPlace.Of("at", (kind, _) => repairs.Add(kind)), format));
        }
        catch (JsonShapeException)
        {
        }

        Assert.Equal(expected, read);
        Assert.Equal(repaired ? [RepairKind.ValueForm] : [], repairs);
    }
}
