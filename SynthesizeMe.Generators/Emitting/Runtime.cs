namespace SynthesizeMe.Generators;

/// <summary>The types that generated code refers to.</summary>
internal static class Runtime
{
    public const string Namespace = "global::SynthesizeMe.Signatures";
    public const string Generated = "[global::System.CodeDom.Compiler.GeneratedCode(\"SynthesizeMe.Generators\", \"0.1.0\")]";
    public const string ChatClient = "global::Microsoft.Extensions.AI.IChatClient";
    public const string Options = Namespace + ".PredictOptions";
    public const string CancellationToken = "global::System.Threading.CancellationToken";
    public const string Task = "global::System.Threading.Tasks.Task";
    public const string AsyncEnumerable = "global::System.Collections.Generic.IAsyncEnumerable";
    public const string JsonElement = "global::System.Text.Json.JsonElement";
    public const string JsonWriter = "global::System.Text.Json.Utf8JsonWriter";
    public const string ChatRole = "global::Microsoft.Extensions.AI.ChatRole";
    public const string TemplateText = Namespace + ".TemplateText";
    public const string Shape = Namespace + ".JsonShape";
}
