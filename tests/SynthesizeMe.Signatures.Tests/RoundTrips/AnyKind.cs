using System.Collections.Immutable;
using CsCheck;
using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.RoundTrips;

/// <summary>Any value of the kinds that are written in a form of their own.</summary>
internal static class AnyKind
{
    private static readonly Gen<Uri> Address = Gen.OneOf(
        "https://example.org", "https://example.org/a%20b?c=d&e=[f]#g", "mailto:a@b.c", "urn:isbn:1", "/rooted/path", "../up", "a.html", "?q=1", "#top", "ftp://h/(x)", "x.", "//host/p", "file:///c/x")
        .Select(text => new Uri(text, text.StartsWith('/') && !text.StartsWith("//", StringComparison.Ordinal) ? UriKind.Relative : UriKind.RelativeOrAbsolute));

    private static readonly Gen<DateTime> Moment = Gen.Select(
        Gen.Long[0, DateTime.MaxValue.Ticks], Gen.OneOf(DateTimeKind.Utc, DateTimeKind.Unspecified), (ticks, kind) => new DateTime(ticks, kind));

    private static readonly Gen<DateTimeOffset> Instant = Gen.Select(
        Gen.Long[TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay], Gen.Int[-14 * 60, 14 * 60],
        (ticks, minutes) => new DateTimeOffset(ticks, TimeSpan.FromMinutes(minutes)));

    private static readonly Gen<TimeSpan> Length = Gen.OneOf(
        Gen.Long, Gen.Int.Select(i => (long)i), Gen.Int[-90, 90].Select(i => i * TimeSpan.TicksPerMinute), Gen.OneOf(long.MinValue, long.MaxValue, 0L)).Select(t => new TimeSpan(t));

    private static readonly Gen<DateOnly> Day = Gen.Int[0, DateOnly.MaxValue.DayNumber].Select(DateOnly.FromDayNumber);

    private static readonly Gen<Tree> Tree = TreeOf(3);

    private static readonly Gen<Figure> Figure = FigureOf(3);

    public static Gen<Kinds> Kinds { get; } = Gen.Select(
        Gen.Select(Day, Gen.Long[0, TimeSpan.TicksPerDay - 1].Select(t => new TimeOnly(t)), Moment, Instant, Length, (day, hour, moment, instant, length) => (day, hour, moment, instant, length)),
        Gen.Select(Gen.Guid, Address, Gen.Select(Gen.Bool, Length, (some, v) => some ? v : (TimeSpan?)null), Address.Null(), (id, link, wait, source) => (id, link, wait, source)),
        Gen.Select(MapOf(Any.Text, Gen.Int), MapOf(Any.Mood, Any.Text.Null()), MapOf(Any.Text, Any.Item).Null(), (counts, notes, items) => (counts, notes, items)),
        Gen.Select(Day.Array[0, 3], Any.Text.HashSet[0, 4], Gen.Int.HashSet[0, 4].Null(), (days, tags, ranks) => (days, tags, ranks)),
        Gen.Select(Tree, Figure, Figure.Array[0, 3], (tree, figure, figures) => (tree, figure, figures)),
        (a, b, c, d, e) => new Kinds(
            a.day, c.counts, e.figure, a.day, a.hour, a.moment, a.instant, a.length, b.id, b.link, b.wait, b.source, c.counts, c.notes,
            c.items?.ToImmutableSortedDictionary(StringComparer.Ordinal), [.. d.days], d.tags, d.ranks?.ToImmutableHashSet(), e.tree, e.figure, e.figures));

    private static Gen<Dictionary<TKey, TValue>> MapOf<TKey, TValue>(Gen<TKey> key, Gen<TValue> value)
        where TKey : notnull => Gen.Select(key, value).Array[0, 4].Select(all => all.DistinctBy(e => e.Item1).ToDictionary(e => e.Item1, e => e.Item2));

    private static Gen<Tree> TreeOf(int depth) => depth == 0
        ? Any.Text.Select(name => new Tree(name, []))
        : Gen.Select(Any.Text, TreeOf(depth - 1).Array[0, 2], (name, branches) => new Tree(name, branches));

    private static Gen<Figure> FigureOf(int depth)
    {
        Gen<double> size = Gen.Double[0, 9];
        Gen<Figure> circle = Gen.Select(Any.Text, size, (name, radius) => (Figure)new Circle(name, radius));
        Gen<Figure> ring = Gen.Select(Any.Text, size, size, (name, radius, inner) => (Figure)new Ring(name, radius, inner));
        return depth == 0
            ? Gen.OneOf(circle, ring)
            : Gen.OneOf(circle, ring, Gen.Select(Any.Text, FigureOf(depth - 1).Array[0, 2], (name, all) => (Figure)new Group(name, [.. all])));
    }
}
