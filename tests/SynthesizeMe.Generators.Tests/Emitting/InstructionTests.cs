using System.Text.RegularExpressions;

namespace SynthesizeMe.Generators.Tests.Emitting;

/// <summary>Where a signature's instructions come from: its attribute, else its summary, else its field names.</summary>
public partial class InstructionTests
{
    private const string Fields = "public partial record Judge([Input] string FirstOne, [Input] string SecondOne, [Output] string Answer);";

    [Theory]
    [InlineData("[Signature(\"Be fair.\")]", "Be fair.")]
    [InlineData("/// <summary>Be kind.</summary>\n[Signature(\"Be fair.\")]", "Be fair.")]
    [InlineData("/// <summary>Be kind.</summary>\n[Signature]", "Be kind.")]
    [InlineData("/// <summary>\n/// Be kind,\n///   be   fair.\n/// </summary>\n[Signature]", "Be kind, be fair.")]
    [InlineData("/// <summary>\r\n/// Be kind,\r\n/// be fair.\r\n/// </summary>\r\n[Signature]", "Be kind, be fair.")]
    [InlineData("/// <summary>Be <b>kind</b> to <see cref=\"Some.Where.Other\"/> &amp; <paramref name=\"FirstOne\"/>, not <see langword=\"null\"/>.</summary>\n[Signature]", "Be kind to Other & FirstOne, not null.")]
    [InlineData("/// <summary>Be <see cref=\"Other\">kind</see>.</summary>\n[Signature]", "Be kind.")]
    [InlineData("/// <summary>\n/// Be kind.\n/// <para>Be fair,\n/// too.</para>\n/// <para>Be quick.</para>\n/// </summary>\n[Signature]", "Be kind.\\n\\nBe fair, too.\\n\\nBe quick.")]
    [InlineData("/// <summary>Be kind.</summary>\n/// <remarks>Be long.</remarks>\n/// <param name=\"FirstOne\">One.</param>\n[Signature]", "Be kind.")]
    [InlineData("// A comment.\n[Signature]", "Given `first_one`, `second_one`, produce `answer`.")]
    [InlineData("/// <summary></summary>\n[Signature]", "Given `first_one`, `second_one`, produce `answer`.")]
    [InlineData("/// <remarks>Be long.</remarks>\n[Signature]", "Given `first_one`, `second_one`, produce `answer`.")]
    [InlineData("/// <summary>Be < kind.</summary>\n[Signature]", "Given `first_one`, `second_one`, produce `answer`.")]
    [InlineData("[Signature(\"Line one.\\r\\nLine two.\")]", "Line one.\\nLine two.")]
    public void The_first_source_that_says_something_wins(string head, string instructions) =>
        Assert.Equal(instructions, Read($"{head}\n{Fields}"));

    [Fact]
    public void Without_inputs_the_sentence_names_the_outputs() =>
        Assert.Equal("Produce `left`, `right`.", Read("[Signature] public partial record Judge([Output] string Left, [Output] string Right);"));

    private static string Read(string source) => Literal().Match(Compiled.From(source).OnlyFile()).Groups[1].Value;

    [GeneratedRegex("\"Judge\",\\s*\"((?:[^\"\\\\]|\\\\.)*)\",")]
    private static partial Regex Literal();
}
