using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class PriceTableTests
{
    [Theory]
    [InlineData("small-1", 2.0)]
    [InlineData("SMALL-1-2026", 2.0)]
    [InlineData("small", 1.0)]
    [InlineData("tiny", 9.0)]
    [InlineData("small-1-mini", 3.0)]
    [InlineData(null, 9.0)]
    public void The_pattern_that_says_most_decides_whatever_the_order(string? model, double input)
    {
        const string Rows = """
            { "model": "*", "input": 9, "output": 9 },
            { "model": "small*", "input": 1, "output": 1 },
            { "model": "small-1*", "input": 2, "output": 2 },
            { "model": "small-1-mini", "input": 3, "output": 3 }
            """;

        Assert.Equal((decimal)input, PriceTable.Read($$"""{ "prices": [ {{Rows}} ] }""").Find(model)!.PerMillionInputTokens);
        Assert.Equal(
            (decimal)input,
            PriceTable.Read($$"""{ "prices": [ {{string.Join(",\n", Rows.Split(",\n").Reverse())}} ] }""").Find(model)!.PerMillionInputTokens);
    }

    [Fact]
    public void A_model_that_no_pattern_fits_has_no_price() =>
        Assert.Null(PriceTable.Empty.With("small-*", new(1, 1)).Find("large"));

    [Fact]
    public void A_price_replaces_that_of_the_same_pattern()
    {
        PriceTable table = PriceTable.Read("""{ "currency": "EUR", "prices": [ { "model": "m", "input": 1, "output": 2 } ] }""").With("M", new(5, 6));

        Assert.Equal((new TokenPrice(5, 6), "EUR"), (table.Find("m"), table.Currency));
    }

    [Fact]
    public void Cached_tokens_cost_what_they_cost_and_are_not_counted_on()
    {
        TokenPrice price = PriceTable.Read(
            """{ "prices": [ { "model": "m", "input": 1, "cachedInput": 0.25, "output": 4 } ] }""").Find("m")!;
        var usage = new Usage(1, 1_000_000, 500_000) { CachedInputTokenCount = 400_000 };

        Assert.Equal(.6m + .1m + 2, price.Of(usage));
        Assert.Equal(3m, price.AtMost(usage));
    }

    [Theory]
    [InlineData("{", "prices.json: this is no JSON (line 1).")]
    [InlineData("[]", "it is not an object")]
    [InlineData("{}", "it has no prices")]
    [InlineData("""{"price": []}""", "'price' is not known here")]
    [InlineData("""{"prices": {}}""", "'prices' is not known here, or not of that type")]
    [InlineData("""{"prices": [1]}""", "price 1 is not an object")]
    [InlineData("""{"prices": [{"input": 1, "output": 1}]}""", "price 1 names no model")]
    [InlineData("""{"prices": [{"model": "m", "input": 1}]}""", "price 1 ('m') lacks output")]
    [InlineData("""{"prices": [{"model": "m", "inputs": 1, "output": 1}]}""", "price 1 has 'inputs', which is not known here")]
    [InlineData("""{"prices": [{"model": "m", "input": -1, "output": 1}]}""", "price 1: input is not an amount")]
    [InlineData("""{"prices": [{"model": "m", "input": "1", "output": 1}]}""", "price 1: input is not an amount")]
    [InlineData("""{"prices": [{"model": "m", "input": 1, "output": 1}, {"model": "M", "input": 1, "output": 1}]}""", "'M' has two prices")]
    public void A_table_that_cannot_be_used_says_where_and_why(string json, string message)
    {
        PriceTableException e = Assert.Throws<PriceTableException>(() => PriceTable.Read(json, "prices.json"));

        Assert.StartsWith("prices.json: ", e.Message, StringComparison.Ordinal);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }
}
