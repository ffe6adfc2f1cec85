namespace SynthesizeMe.Generators.Tests.Reading;

/// <summary>A declaration is found however its attribute is written, and no other is taken for it.</summary>
public class MarkTests
{
    private const string Judge = "public partial record Judge([Input] string Text, [Output] string Answer);";

    [Theory]
    [InlineData($"[Signature] {Judge}")]
    [InlineData($"[SignatureAttribute] {Judge}")]
    [InlineData($"[SynthesizeMe.Signatures.Signature] {Judge}")]
    [InlineData($"[global::SynthesizeMe.Signatures.SignatureAttribute(\"Do.\")] {Judge}")]
    [InlineData($"[@SignatureAttribute] {Judge}")]
    [InlineData($"[System.Serializable, Signature] {Judge}")]
    [InlineData($"[System.Serializable] [type: Signature] {Judge}")]
    [InlineData($"using S = SynthesizeMe.Signatures.SignatureAttribute; [S] {Judge}")]
    [InlineData($"using SAttribute = SynthesizeMe.Signatures.SignatureAttribute; [S] {Judge}")]
    [InlineData($"using S = SynthesizeMe.Signatures; [S.Signature] {Judge}")]
    [InlineData($"using S = SynthesizeMe.Signatures; [S::Signature] {Judge}")]
    [InlineData($"namespace N {{ using S = SynthesizeMe.Signatures.SignatureAttribute; [S] {Judge} }}")]
    [InlineData($"public partial class Box {{ [Signature] {Judge} }}")]
    public void A_mark_is_found(string source)
    {
        Compiled compiled = Compiled.From(source);
        Assert.Single(compiled.Files);
        Assert.Empty(compiled.Complaints);
    }

    [Theory]
    [InlineData($"[System.Serializable] {Judge}")]
    [InlineData($"namespace N {{ class SignatureAttribute : System.Attribute; [Signature] {Judge} }}")]
    [InlineData($"using Signature = System.SerializableAttribute; [Signature] {Judge}")]
    [InlineData($"[Signature<int>] {Judge}")]
    [InlineData($"[Nonsense.Signature] {Judge}")]
    public void Another_attribute_is_not_a_mark(string source)
    {
        Compiled compiled = Compiled.From(source);
        Assert.Empty(compiled.Files);
        Assert.All(compiled.Problems, p => Assert.Equal("SM0014", p.Id));
    }

    [Theory]
    [InlineData("[Output, System.ComponentModel.DataAnnotations.Range(0, Nonsense)] int Score")]
    [InlineData("[Output, System.ComponentModel.DataAnnotations.Range] int Score")]
    [InlineData("[Output, System.ComponentModel.DataAnnotations.RegularExpression] string Score")]
    [InlineData("[Output, System.ComponentModel.DataAnnotations.Length(1)] string Score")]
    [InlineData(
        "[Output] Shape Score); [System.Text.Json.Serialization.JsonDerivedType(typeof(Round), \"round\")] [System.Text.Json.Serialization.JsonDerivedType] "
        + "public abstract record Shape; public record Round(int Radius) : Shape(")]
    public void An_annotation_that_does_not_compile_does_not_stop_the_generator(string field)
    {
        Compiled compiled = Compiled.From($"[Signature] public partial record Judge([Input] string Text, {field});");
        Assert.Null(compiled.Exception);
        Assert.NotEmpty(compiled.Complaints);
        Assert.Contains("record Judge", compiled.OnlyFile(), StringComparison.Ordinal);
    }
}
