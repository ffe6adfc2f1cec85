#!/usr/bin/env bash
# Packs the libraries as they were built, and builds and runs a new project that has one package and nothing else of this repository.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for project in SynthesizeMe.Signatures SynthesizeMe.Generators SynthesizeMe.Optimizers SynthesizeMe; do
  dotnet pack "$root/$project" --no-build -c Debug -p:Version=0.0.0-try -o "$work/feed" -v quiet --nologo
done

mkdir "$work/new"
cd "$work/new"
cat >new.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <Nullable>enable</Nullable>
    <ImplicitUsings>enable</ImplicitUsings>
    <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
    <WarningsNotAsErrors>NU1603</WarningsNotAsErrors>
    <RestoreAdditionalProjectSources>../feed</RestoreAdditionalProjectSources>
    <RestorePackagesPath>../packages</RestorePackagesPath>
    <RestoreFallbackFolders>PACKAGES</RestoreFallbackFolders>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="SynthesizeMe" Version="0.0.0-try" />
  </ItemGroup>
</Project>
XML
sed -i.before "s|PACKAGES|$(dotnet nuget locals global-packages --list --force-english-output | sed 's/^global-packages: //')|" new.csproj
cat >greet.prompt.scriban <<'TEMPLATE'
{{ role "system" }}
{{ instructions }}
{{ format }}
{{~ for demo in demos ~}}
{{ role "user" }}
Say it to {{ demo.inputs.name }}.
{{ role "assistant" }}
{{ demo.reply }}
{{~ end ~}}
{{ role "user" }}
Say it to {{ inputs.name }}.
TEMPLATE
cat >Program.cs <<'CODE'
using SynthesizeMe.Offline;
using SynthesizeMe.Signatures;

Console.WriteLine(Greet.Predict(new OfflineModel()).Render(new Greet.Inputs("Ada")));

[Signature("Greet them.", Template = "greet.prompt.scriban")]
public partial record Greet([Input] string Name, [Output] string Greeting);
CODE
dotnet run -v quiet | tee said
grep -q "Say it to Ada." said

# The generator runs once where its own package is named, too.
sed -i.before 's|<PackageReference.*|&<PackageReference Include="SynthesizeMe.Generators" Version="0.0.0-try" />|' new.csproj
dotnet build -v quiet --nologo
