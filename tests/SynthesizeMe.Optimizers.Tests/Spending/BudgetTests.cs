using CsCheck;
using Microsoft.Extensions.Time.Testing;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers.Tests;

public class BudgetTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Gen<(int Input, int Output, bool Settle)[]> Steps = Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], Gen.Bool).Array[0, 60];

    [Fact]
    public void Without_limits_everything_is_allowed()
    {
        var budget = new Budget();
        budget.Reserve(new Usage(int.MaxValue, long.MaxValue / 4, long.MaxValue / 4));

        Assert.True(budget.Allows(1));
    }

    [Fact]
    public void The_last_call_is_allowed_and_the_next_refused()
    {
        var budget = new Budget { Calls = 2 };
        Pay(budget, new Usage(1, 0, 0));

        Assert.True(budget.Allows(1));
        Assert.False(budget.Allows(2));
        Pay(budget, new Usage(1, 0, 0));
        Assert.False(budget.Allows(1));
    }

    [Fact]
    public void Tokens_of_prompts_and_replies_count_together()
    {
        var budget = new Budget { Tokens = 100 };
        Pay(budget, new Usage(1, 60, 30));

        Assert.True(budget.Allows(new Usage(1, 5, 5)));
        Assert.False(budget.Allows(new Usage(1, 6, 5)));
    }

    [Fact]
    public void Money_is_counted_by_the_price_of_prompts_and_replies()
    {
        var budget = new Budget { Cost = 1m, Price = new TokenPrice(2m, 10m) };
        Pay(budget, new Usage(1, 100_000, 50_000));

        Assert.Equal(.7m, budget.SpentCost);
        Assert.True(budget.Allows(new Usage(1, 150_000, 0)));
        Assert.False(budget.Allows(new Usage(1, 0, 30_001)));
    }

    [Fact]
    public void A_limit_on_cost_without_a_price_is_an_error_that_names_the_cure()
    {
        var budget = new Budget { Cost = 1m };

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => budget.Reserve(new Usage(1, 10, 10)));
        Assert.Equal("The budget limits the cost but has no price: set Budget.Price or Budget.Prices.", e.Message);
    }

    [Fact]
    public void Without_a_price_the_cost_is_nothing()
    {
        var budget = new Budget { Calls = 5 };
        Pay(budget, new Usage(1, 1000, 1000));

        Assert.Equal(0, budget.SpentCost);
    }

    [Fact]
    public void After_the_deadline_nothing_is_allowed()
    {
        var clock = new FakeTimeProvider(Noon);
        var budget = new Budget { Deadline = Noon.AddMinutes(5), Time = clock };

        clock.Advance(TimeSpan.FromMinutes(4));
        Assert.True(budget.Allows(1));
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.False(budget.Allows(1));
    }

    [Theory]
    [InlineData("calls", "The budget is spent: 1 calls are spent or under way.")]
    [InlineData("tokens", "The budget is spent: 10 tokens would be exceeded.")]
    [InlineData("cost", "The budget is spent: a cost of 0.5 would be exceeded.")]
    [InlineData("deadline", "The budget is spent: the deadline 2026-01-01 12:00:00Z has passed.")]
    public void A_refusal_says_which_limit_and_what_had_been_spent(string limit, string message)
    {
        Budget budget = limit switch
        {
            "calls" => new() { Calls = 1 },
            "tokens" => new() { Tokens = 10 },
            "cost" => new() { Cost = .5m, Price = new TokenPrice(100_000m, 0) },
            _ => new() { Deadline = Noon, Time = new FakeTimeProvider(Noon.AddSeconds(-1)) },
        };
        Pay(budget, new Usage(1, 5, 5));
        (budget.Time as FakeTimeProvider)?.Advance(TimeSpan.FromSeconds(2));

        BudgetExceededException e = Assert.Throws<BudgetExceededException>(() => budget.Reserve(new Usage(1, 5, 5)));

        Assert.Equal(message, e.Message);
        Assert.Equal(new Usage(1, 5, 5), e.Spent);
    }

    [Fact]
    public void What_is_reserved_is_not_allowed_again()
    {
        var budget = new Budget { Calls = 1 };
        budget.Reserve(new Usage(1, 0, 0));

        Assert.False(budget.Allows(1));
        Assert.Equal(default, budget.Spent);
    }

    [Fact]
    public void What_was_reserved_and_not_used_can_be_spent_again()
    {
        var budget = new Budget { Tokens = 100 };
        budget.Reserve(new Usage(1, 50, 50));
        budget.Settle(new Usage(1, 50, 50), new Usage(1, 10, 10));

        Assert.Equal(new Usage(1, 10, 10), budget.Spent);
        Assert.True(budget.Allows(new Usage(1, 40, 40)));
    }

    [Fact]
    public void Asking_reserves_nothing()
    {
        var budget = new Budget { Calls = 1 };
        for (int i = 0; i < 10; i++)
        {
            Assert.True(budget.Allows(1));
        }

        budget.Reserve(new Usage(1, 0, 0));
    }

    [Fact]
    public void A_refused_reservation_reserves_nothing()
    {
        var budget = new Budget { Tokens = 100 };
        Assert.Throws<BudgetExceededException>(() => budget.Reserve(new Usage(1, 101, 0)));

        Assert.True(budget.Allows(new Usage(1, 100, 0)));
    }

    [Fact]
    public void Whatever_is_reserved_and_settled_in_any_order_no_limit_is_exceeded() => Steps.Sample(steps =>
    {
        var budget = new Budget { Calls = 20, Tokens = 200, Cost = 1m, Price = new TokenPrice(4_000m, 9_000m) };
        var open = new Queue<Usage>();
        foreach ((int input, int output, bool settle) in steps)
        {
            var upcoming = new Usage(1, input, output);
            if (budget.Allows(upcoming))
            {
                budget.Reserve(upcoming);
                open.Enqueue(upcoming);
            }

            if (settle && open.TryDequeue(out Usage reserved))
            {
                budget.Settle(reserved, reserved with { OutputTokenCount = reserved.OutputTokenCount / 2 });
            }
        }

        while (open.TryDequeue(out Usage reserved))
        {
            budget.Settle(reserved, reserved);
        }

        Assert.True(budget.Spent.Calls <= 20);
        Assert.True(budget.Spent.TotalTokenCount <= 200);
        Assert.True(budget.SpentCost <= 1m);
    });

    private static void Pay(Budget budget, Usage usage)
    {
        budget.Reserve(usage);
        budget.Settle(usage, usage);
    }
}
