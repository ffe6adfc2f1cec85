using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Reading;

/// <summary>Numbers and truth values: what surrounds them is dropped, what they say is never changed.</summary>
public class NumberTests
{
    [Theory]
    [InlineData("7", 7)]
    [InlineData("-7", -7)]
    [InlineData("+7", 7)]
    [InlineData("5.0", 5)]
    [InlineData("1e3", 1000)]
    [InlineData("**7**", 7)]
    [InlineData("7.", 7)]
    [InlineData("\"7\"", 7)]
    [InlineData("(7)", 7)]
    [InlineData("about 7", 7)]
    [InlineData("~5", 5)]
    [InlineData("1,000", 1000)]
    [InlineData("$1,234,567 in all", 1234567)]
    [InlineData("85 %", 85)]
    [InlineData("a balance of -3", -3)]
    public void A_whole_number_is_read(string text, int count) => Assert.Equal(count, Read(count: text).Count);

    [Theory]
    [InlineData("5.5")]
    [InlineData("10,00")]
    [InlineData("1,2345")]
    [InlineData("minus 3")]
    [InlineData("not 7")]
    [InlineData("A7")]
    [InlineData("5 to 7")]
    [InlineData("seven")]
    [InlineData("7 of 10")]
    [InlineData("7/10")]
    [InlineData("2147483648")]
    [InlineData("<5")]
    [InlineData(">5")]
    [InlineData("")]
    [InlineData("0x10")]
    public void Anything_else_is_no_whole_number(string text)
    {
        PromptParseException problem = Refuse(count: text);
        Assert.Equal("count", problem.Field);
        Assert.Equal($"'{text}' is not a whole number that fits Int32", problem.Hint);
    }

    [Theory]
    [InlineData("0.5", 0.5)]
    [InlineData(".5", 0.5)]
    [InlineData("**.5**", 0.5)]
    [InlineData("-.5", -0.5)]
    [InlineData("1e-3", 0.001)]
    [InlineData("0.5.", 0.5)]
    [InlineData("3", 3)]
    [InlineData("50%", 50)]
    [InlineData("a ratio of 0.25", 0.25)]
    public void A_number_is_read(string text, double ratio) => Assert.Equal(ratio, Read(ratio: text).Ratio);

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1e999")]
    [InlineData("0,5")]
    [InlineData("1.234,5")]
    [InlineData("1_000")]
    [InlineData("...5")]
    public void Anything_else_is_no_number(string text) => Assert.Equal("ratio", Refuse(ratio: text).Field);

    [Theory]
    [InlineData("true", true)]
    [InlineData("True.", true)]
    [InlineData("**YES**", true)]
    [InlineData("false", false)]
    [InlineData("No", false)]
    public void A_truth_value_is_read(string text, bool sure) => Assert.Equal(sure, Read(sure: text).Sure);

    [Theory]
    [InlineData("!true")]
    [InlineData("not true")]
    [InlineData("true or false")]
    [InlineData("1")]
    [InlineData("")]
    public void Anything_else_is_neither_true_nor_false(string text)
    {
        PromptParseException problem = Refuse(sure: text);
        Assert.Equal(("sure", $"'{text}' is neither true nor false"), (problem.Field, problem.Hint));
    }

    [Fact]
    public void What_surrounds_a_value_is_listed_as_a_repair()
    {
        Prediction<Measure> read = Offline.Read(new Measure.Inputs("t"), Of("7", "**0.5**", "true"));
        Assert.Equal([new Repair(RepairKind.WrappedValue, "ratio", 39)], read.Repairs);
    }

    [Fact]
    public void A_long_value_is_quoted_in_part() =>
        Assert.Equal($"'{new string('x', 80)}…' is not a whole number that fits Int32", Refuse(count: new string('x', 200)).Hint);

    private static Measure Read(string count = "1", string ratio = "1", string sure = "true") =>
        Offline.Read(new Measure.Inputs("t"), Of(count, ratio, sure)).Value;

    private static PromptParseException Refuse(string count = "1", string ratio = "1", string sure = "true") =>
        Offline.Refuse(new Measure.Inputs("t"), Of(count, ratio, sure));

    private static string Of(string count, string ratio, string sure) => Reply.Of(("count", count), ("ratio", ratio), ("sure", sure));
}
