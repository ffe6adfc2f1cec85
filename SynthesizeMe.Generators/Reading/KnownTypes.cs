namespace SynthesizeMe.Generators;

/// <summary>The names of the types that the generator looks for.</summary>
internal static class KnownTypes
{
    public const string Signature = "SynthesizeMe.Signatures.SignatureAttribute";
    public const string Input = "SynthesizeMe.Signatures.InputAttribute";
    public const string Output = "SynthesizeMe.Signatures.OutputAttribute";
    public const string PromptProgram = "SynthesizeMe.Signatures.PromptProgramAttribute";
    public const string Predictor = "SynthesizeMe.Signatures.PredictorAttribute";
    public const string Conversation = "SynthesizeMe.Signatures.Conversation";
    public const string DataContent = "Microsoft.Extensions.AI.DataContent";
    public const string UriContent = "Microsoft.Extensions.AI.UriContent";
    public const string ProgramBase = "SynthesizeMe.Signatures.PromptProgram<T>";
    public const string Predict = "SynthesizeMe.Signatures.Predict<T>";
    public const string ChainOfThought = "SynthesizeMe.Signatures.ChainOfThought<T>";
    public const string Description = "System.ComponentModel.DescriptionAttribute";
    public const string JsonPropertyName = "System.Text.Json.Serialization.JsonPropertyNameAttribute";
    public const string JsonIgnore = "System.Text.Json.Serialization.JsonIgnoreAttribute";
    public const string JsonDerivedType = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";
    public const string JsonPolymorphic = "System.Text.Json.Serialization.JsonPolymorphicAttribute";
    public const string Obsolete = "System.ObsoleteAttribute";
    public const string Experimental = "System.Diagnostics.CodeAnalysis.ExperimentalAttribute";
    public const string CompilerGenerated = "System.Runtime.CompilerServices.CompilerGeneratedAttribute";
    public const string SetsRequiredMembers = "System.Diagnostics.CodeAnalysis.SetsRequiredMembersAttribute";
    public const string ValidationAttribute = "System.ComponentModel.DataAnnotations.ValidationAttribute";
    public const string Annotations = "System.ComponentModel.DataAnnotations";
}
