using System.Runtime.CompilerServices;
using System.Text;

namespace SynthesizeMe.Signatures.Tests.States.Dspy;

/// <summary>Files in the form that DSPy saves, and imports as text.</summary>
internal static class DspyFiles
{
    public static string Read(string name, [CallerFilePath] string here = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "Files", name));

    /// <summary>A file with one predictor.</summary>
    public static string Of(string predictor, string demos, params string[] fields)
    {
        string all = string.Join(", ", fields.Select(f => $$"""{"prefix": "{{f}}:", "description": ""}"""));
        return $$"""{"{{predictor}}": {"traces": [], "train": [], "demos": {{demos}}, "signature": {"instructions": "Do it.", "fields": [{{all}}]}, "lm": null} }""";
    }

    /// <summary>An import, to be compared with a snapshot.</summary>
    public static string Show(DspyImport import)
    {
        var text = new StringBuilder($"DSPy {import.DspyVersion}\n{ProgramStateJson.Write(import.State)}\nleft out\n");
        text.AppendJoin("", import.LeftOut.Select(n => $"  {n}\n")).Append("converted\n").AppendJoin("", import.Converted.Select(n => $"  {n}\n"));
        return text.ToString();
    }
}
