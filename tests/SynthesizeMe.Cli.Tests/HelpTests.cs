using SynthesizeMe.Testing;

namespace SynthesizeMe.Cli.Tests;

public sealed class HelpTests
{
    [Theory]
    [InlineData("")]
    [InlineData("fit")]
    [InlineData("judge")]
    [InlineData("evaluate")]
    [InlineData("curate")]
    [InlineData("bench")]
    [InlineData("report")]
    [InlineData("prompt")]
    [InlineData("replies")]
    [InlineData("replies answer")]
    [InlineData("replies import")]
    [InlineData("replies export")]
    [InlineData("replies stats")]
    [InlineData("runs")]
    [InlineData("runs show")]
    [InlineData("import-dspy")]
    public async Task Help_tells_what_a_command_takes(string command)
    {
        using var cli = new Cli();

        Outcome help = await cli.RunAsync([.. command.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--help"]);

        Assert.Equal((0, ""), (help.Code, help.Error));
        Assert.All(help.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 110));
        Snapshot.Match(help.Out, command.Length == 0 ? "root" : command.Replace(' ', '_'));
    }

    [Fact]
    public async Task The_version_is_the_librarys()
    {
        using var cli = new Cli();

        Outcome version = await cli.RunAsync("--version");

        Assert.Equal(0, version.Code);
        Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", version.Out);
    }
}
