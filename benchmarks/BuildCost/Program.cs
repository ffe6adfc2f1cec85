using System.Collections.Immutable;
using System.Globalization;
using BuildCost;

const int signatures = 500;
const int templates = 100;
const int rounds = 3;

ImmutableArray<SourceFile> files = Sources.Project(signatures, templates);
var keystrokes = new Keystrokes(files);
keystrokes.Everything();
TimeSpan everything = keystrokes.Everything();
SourceFile plain = Sources.Signature(signatures - 1, templated: false);
SourceFile templated = Sources.Signature(0, templated: true);
Keystroke signature = keystrokes.Measure(plain.Path, i => Sources.Signature(signatures - 1, templated: false, Line($"Decide, edit {i}")));
Keystroke withTemplate = keystrokes.Measure(templated.Path, i => Sources.Signature(0, templated: true, Line($"Decide, edit {i}")));
Keystroke unrelated = keystrokes.Measure(Sources.Unrelated, Sources.Other);

Console.WriteLine(Line($"{signatures} signatures, {templates} of them with a template; builds: medians of {rounds}, taken in turn"));
Console.WriteLine();
Console.WriteLine("| what                                        |   measured |          files written | to reach |");
Console.WriteLine("| ------------------------------------------- | ---------- | ---------------------- | -------- |");
Row("the generator alone, everything", Line($"{everything.TotalMilliseconds:0} ms"), Line($"{signatures}"), "");
Edit("keystroke in a signature", signature, 1);
Edit("keystroke in a signature with a template", withTemplate, 1);
Edit("keystroke anywhere else", unrelated, 0);

if (args is ["--edits"])
{
    return;
}

using var build = new CleanBuild(files);
build.WarmUp();
var with = new List<double>();
var without = new List<double>();
for (int round = 0; round < rounds; round++)
{
    without.Add(build.Measure(generate: false).TotalSeconds);
    with.Add(build.Measure(generate: true).TotalSeconds);
}

Row("clean build without the generator", Line($"{Median(without):0.00} s"), "", "");
Row("clean build with it", Line($"{Median(with):0.00} s"), "", "");
Row("added", Line($"{Median(with) - Median(without):0.00} s"), Line($"{signatures}"), "≤ 2 s");

static void Edit(string what, Keystroke keystroke, int files) => Row(
    what, Line($"{keystroke.Median.TotalMicroseconds:#,0} µs"), Line($"{keystroke.Rewritten} (to be {files})"), "≤ 10 ms");

static void Row(string what, string measured, string written, string target) =>
    Console.WriteLine($"| {what,-43} | {measured,10} | {written,22} | {target,8} |");

static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);

static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
