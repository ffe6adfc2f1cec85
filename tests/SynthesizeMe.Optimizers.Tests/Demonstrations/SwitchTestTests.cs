namespace SynthesizeMe.Optimizers.Tests;

public class SwitchTestTests
{
    [Fact]
    public void One_challenger_that_leads_everywhere_leads_by_chance_once_in_two_to_the_number_of_groups() =>
        Assert.Equal([1.0 / 32], SwitchTest.Probabilities([[1, 1, 1, 1, 1]], 0));

    [Fact]
    public void A_lead_of_nothing_is_always_reached() => Assert.Equal([1], SwitchTest.Probabilities([[0, 0, 0, 0]], 0));

    [Fact]
    public void The_more_challengers_the_more_often_one_of_them_leads_by_chance()
    {
        double[] lead = [1, 1, 1, 0, 0, 0];

        double alone = SwitchTest.Probabilities([lead], 0)[0];
        double[] among = SwitchTest.Probabilities([lead, [0, 0, 0, 1, 1, -1], [1, -1, 0, 1, -1, 1]], 0);

        Assert.Equal(1.0 / 8, alone);
        Assert.True(among[0] > alone);
    }

    [Fact]
    public void Many_groups_are_flipped_at_random_and_by_seed()
    {
        double[] lead = [.. Enumerable.Range(0, 20).Select(i => i < 6 ? 1.0 : 0)];

        double p = SwitchTest.Probabilities([lead], 1)[0];

        Assert.InRange(p, 0.005, 0.03); // 1 / 64
        Assert.Equal(p, SwitchTest.Probabilities([lead], 1)[0]);
    }
}
