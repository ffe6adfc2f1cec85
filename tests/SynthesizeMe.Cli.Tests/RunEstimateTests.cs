using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Cli.Tests;

public sealed class RunEstimateTests
{
    private readonly UsageMeter _meter = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task What_is_left_takes_as_long_and_costs_as_much_as_what_was_done()
    {
        RunEstimate estimate = Estimate(new TokenPrice(1000, 0));
        Assert.Equal("", estimate.Describe(0, 10));
        await CallAsync(letters: 4000);
        Assert.Equal("", estimate.Describe(0, 10));
        _time.Advance(TimeSpan.FromMinutes(4));
        await CallAsync(letters: 4000);

        Assert.Equal("; about 16 min and 8.00 in money left", estimate.Describe(2, 10));
        Assert.Equal("", estimate.Describe(10, 10));
    }

    [Fact]
    public async Task What_a_store_answered_before_the_first_call_tells_nothing()
    {
        RunEstimate estimate = Estimate(price: null);
        Assert.Equal("", estimate.Describe(90, 100));
        await CallAsync(letters: 4);
        Assert.Equal("", estimate.Describe(90, 100));
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("; about 45 s left", estimate.Describe(91, 100));
    }

    [Theory]
    [InlineData(1, "1 s")]
    [InlineData(59, "59 s")]
    [InlineData(61, "1 min")]
    [InlineData(3599, "59 min")]
    [InlineData(7265, "2 h 1 min")]
    public async Task Time_is_told_in_the_unit_that_suits_it(int seconds, string told)
    {
        RunEstimate estimate = Estimate(new TokenPrice(0, 0));
        await CallAsync(letters: 4);
        estimate.Describe(0, 2);
        _time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal($"; about {told} left", estimate.Describe(1, 2));
    }

    [Theory]
    [InlineData(4, "6 min and 3.00")]
    [InlineData(100, "2 min and 1.33")]
    public async Task Whoever_is_under_way_counts_as_half_done(int atOnce, string told)
    {
        RunEstimate estimate = Estimate(new TokenPrice(1000, 0), atOnce);
        await CallAsync(letters: 4000);
        estimate.Describe(0, 10);
        _time.Advance(TimeSpan.FromMinutes(4));
        await CallAsync(letters: 4000);

        Assert.Equal($"; about {told} in money left", estimate.Describe(2, 10));
    }

    private RunEstimate Estimate(TokenPrice? price, int atOnce = 0) => new(_meter, price, atOnce, _time);

    private async Task CallAsync(int letters)
    {
        using var client = new MeteredChatClient(new ScriptedChatClient("Yes."), _meter);
        await client.GetResponseAsync([new ChatMessage(ChatRole.User, new string('a', letters))], cancellationToken: TestContext.Current.CancellationToken);
    }
}
