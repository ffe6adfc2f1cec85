using CsCheck;

namespace SynthesizeMe.Tests.Preferences;

public class AnyLineTests
{
    private static readonly Gen<string> Mangled = Gen.Select(Gen.Int[0, 200], Gen.Int[0, 12], Nasty.Text, (at, cut, put) =>
    {
        string line = Lines.Line("\"user_id\": \"ann\", \"split\": \"val\", \"timestamp\": \"2026-01-31\"");
        at = Math.Min(at, line.Length);
        return line[..at] + put.ReplaceLineEndings(" ") + line[Math.Min(line.Length, at + cut)..];
    });

    [Fact]
    public async Task Any_line_is_a_pair_or_a_problem_and_never_a_crash() =>
        await Mangled.SampleAsync(async line =>
        {
            (IReadOnlyList<PreferencePair> pairs, var problems) = await PreferencePairs.ReadUsableAsync(new StringReader(line), Lines.File);
            Assert.Equal(1, pairs.Count + problems.Length);
        }, iter: 2000);
}
