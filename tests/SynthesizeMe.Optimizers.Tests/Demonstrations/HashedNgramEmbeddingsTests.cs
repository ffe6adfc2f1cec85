namespace SynthesizeMe.Optimizers.Tests;

public class HashedNgramEmbeddingsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("How do I boil an egg?", "Boiling eggs: how?", "The stock market fell.")]
    [InlineData("preference for brevity", "prefers brief answers", "quantum chromodynamics")]
    [InlineData("REFUND my order", "refund   order", "cancel everything else")]
    public async Task Texts_that_share_words_or_parts_of_words_are_nearer(string text, string near, string far)
    {
        float[][] vectors = await EmbedAsync(new HashedNgramEmbeddings(), text, near, far);

        Assert.True(Dot(vectors[0], vectors[1]) > Dot(vectors[0], vectors[2]) + .05);
    }

    [Fact]
    public async Task Case_and_blanks_do_not_count()
    {
        float[][] vectors = await EmbedAsync(new HashedNgramEmbeddings(), "Two  Words\n", "two words");

        Assert.Equal(vectors[0], vectors[1]);
    }

    [Theory]
    [InlineData("a text")]
    [InlineData("x")]
    [InlineData("日本語のテキスト")]
    public async Task An_embedding_has_length_one(string text) =>
        Assert.Equal(1, Dot((await EmbedAsync(new HashedNgramEmbeddings(), text))[0], (await EmbedAsync(new HashedNgramEmbeddings(), text))[0]), 1e-5);

    [Fact]
    public async Task Nothing_is_embedded_as_zeros() =>
        Assert.All((await EmbedAsync(new HashedNgramEmbeddings(), ""))[0], x => Assert.Equal(0, x));

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(512)]
    public async Task Dimensions_are_the_length(int dimensions) =>
        Assert.Equal(dimensions, (await EmbedAsync(new HashedNgramEmbeddings(dimensions), "some text"))[0].Length);

    [Fact]
    public async Task The_numbers_are_the_same_for_ever()
    {
        float[] vector = (await EmbedAsync(new HashedNgramEmbeddings(8), "the same for ever"))[0];

        Testing.Snapshot.Match(string.Join('\n', vector.Select(x => x.ToString("0.0000", System.Globalization.CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void No_dimensions_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new HashedNgramEmbeddings(0));

    private static async Task<float[][]> EmbedAsync(HashedNgramEmbeddings generator, params string[] texts) =>
        [.. (await generator.GenerateAsync(texts, cancellationToken: Ct)).Select(e => e.Vector.ToArray())];

    private static double Dot(float[] left, float[] right) => left.Zip(right, (a, b) => (double)a * b).Sum();
}
