namespace SynthesizeMe.Aot.Tests;

/// <summary>A program that has the whole of every library in it.</summary>
public sealed class CompatibilityTests
{
    [Fact]
    public void The_libraries_are_compiled_without_a_warning() => Published.Compatibility.WasPublishedWithoutAWarning();

    [Fact]
    public async Task What_the_libraries_promise_holds_in_a_native_program()
    {
        Outcome run = await Published.Compatibility.RunAsync([]);

        Assert.True(run is { Code: 0, Error: "" }, run.ToString());
        Assert.DoesNotContain("FAILED", run.Out, StringComparison.Ordinal);
        Assert.EndsWith(" hold\n", run.Out, StringComparison.Ordinal);
    }
}
