using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.AI;
using SynthesizeMe.Generators;
using SynthesizeMe.Signatures;

namespace BuildCost;

/// <summary>Builds a project in a temporary folder from scratch, with and without the generator.</summary>
internal sealed class CleanBuild : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("synthesizeme-build-").FullName;

    public CleanBuild(ImmutableArray<SourceFile> files)
    {
        foreach (SourceFile file in files)
        {
            File.WriteAllText(Path.Combine(_folder, file.Path), file.Text);
        }

        string generator = typeof(PromptGenerator).Assembly.Location;
        string scriban = typeof(Scriban.Template).Assembly.Location;
        File.WriteAllText(Path.Combine(_folder, "Judges.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(SignatureAttribute).Assembly.Location}" />
                <Reference Include="{typeof(IChatClient).Assembly.Location}" />
                <AdditionalFiles Include="**/*.prompt.scriban" />
              </ItemGroup>
              <ItemGroup Condition="'$(Generate)' == 'true'">
                <Analyzer Include="{generator}" />
                <Analyzer Include="{scriban}" />
              </ItemGroup>
            </Project>
            """);
        Run("restore");
    }

    /// <summary>The time of a build from scratch.</summary>
    public TimeSpan Measure(bool generate)
    {
        Directory.Delete(Path.Combine(_folder, "bin"), recursive: true);
        var watch = Stopwatch.StartNew();
        Run("build", "--no-restore", "--no-incremental", $"-p:Generate={(generate ? "true" : "false")}");
        return watch.Elapsed;
    }

    /// <summary>Wakes the compiler up, so that the first measurement is like the others.</summary>
    public void WarmUp()
    {
        Run("build", "--no-restore", "-p:Generate=false");
        Run("build", "--no-restore", "--no-incremental", "-p:Generate=true");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Its output is not read: the compiler's server would keep it open when the build is over.</summary>
    private void Run(params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo("dotnet", [.. arguments, "--verbosity", "quiet"]) { WorkingDirectory = _folder })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"dotnet {string.Join(' ', arguments)} failed.");
        }
    }
}
