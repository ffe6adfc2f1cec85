using CsCheck;

namespace SynthesizeMe.Cli.Tests;

public sealed class ArtefactNamesTests
{
    [Theory]
    [InlineData("asha", "asha.judge.json")]
    [InlineData("user_17.b-2", "user_17.b-2.judge.json")]
    [InlineData("42", "42.judge.json")]
    public void A_harmless_id_is_its_own_name(string id, string name) => Assert.Equal(name, ArtefactNames.Of(id));

    [Theory]
    [InlineData("", "^user-[0-9a-f]{16}$")]
    [InlineData("../../etc/passwd", "^etc_passwd-[0-9a-f]{16}$")]
    [InlineData("..", "^user-[0-9a-f]{16}$")]
    [InlineData(".hidden", "^hidden-[0-9a-f]{16}$")]
    [InlineData("-rf", "^rf-[0-9a-f]{16}$")]
    [InlineData("a/b", "^a_b-[0-9a-f]{16}$")]
    [InlineData("a\\b", "^a_b-[0-9a-f]{16}$")]
    [InlineData("C:x", "^C_x-[0-9a-f]{16}$")]
    [InlineData("Asha", "^Asha-[0-9a-f]{16}$")]
    [InlineData("con", "^user-con-[0-9a-f]{16}$")]
    [InlineData("lpt1.x", "^lpt1_x-[0-9a-f]{16}$")]
    [InlineData("nul\0", "^nul_-[0-9a-f]{16}$")]
    [InlineData("zoë@example.org", "^zo__example_org-[0-9a-f]{16}$")]
    [InlineData("山田", "^user-[0-9a-f]{16}$")]
    public void Any_other_id_is_made_harmless_and_gets_a_hash(string id, string stem)
    {
        string name = ArtefactNames.Of(id);

        Assert.EndsWith(ArtefactNames.Extension, name, StringComparison.Ordinal);
        Assert.Matches(stem, name[..^ArtefactNames.Extension.Length]);
    }

    [Fact]
    public void A_long_id_is_cut() => Assert.Matches("^x{40}-[0-9a-f]{16}\\.judge\\.json$", ArtefactNames.Of(new string('x', 300)));

    [Fact]
    public void An_id_that_is_the_name_of_another_is_told_apart()
    {
        string other = ArtefactNames.Of("a/b")[..^ArtefactNames.Extension.Length];

        Assert.NotEqual(ArtefactNames.Of("a/b"), ArtefactNames.Of(other));
    }

    [Fact]
    public void Distinct_ids_have_distinct_names_that_are_no_paths()
    {
        Gen<string> likely = Gen.String["aAbB.-_/\\: \0é山0"];
        Gen.Select(Gen.OneOf(likely, Gen.String), Gen.OneOf(likely, Gen.String)).Sample((left, right) =>
        {
            string a = ArtefactNames.Of(left);
            string b = ArtefactNames.Of(right);
            Assert.Equal(left == right, string.Equals(a, b, StringComparison.OrdinalIgnoreCase));
            Assert.Matches("^[A-Za-z0-9_][A-Za-z0-9._-]*\\.judge\\.json$", a);
            Assert.InRange(a.Length, 1, 100);
        });
    }
}
