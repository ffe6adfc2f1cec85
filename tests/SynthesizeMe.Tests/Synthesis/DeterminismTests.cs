namespace SynthesizeMe.Tests.Synthesis;

public class DeterminismTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 3)]
    public async Task The_same_seed_gives_the_same_bytes_at_any_parallelism(int salt, int parallel)
    {
        using var folder = new TemporaryFolder();

        await SaveAsync(salt, 1, folder.File("one.judge.json"));
        await SaveAsync(salt, parallel, folder.File("many.judge.json"));

        Assert.Equal(await File.ReadAllTextAsync(folder.File("one.judge.json"), Ct), await File.ReadAllTextAsync(folder.File("many.judge.json"), Ct));
    }

    [Fact]
    public async Task The_same_seed_asks_the_same_questions_at_any_parallelism()
    {
        Model one = Model.Coin(1), many = Model.Coin(1);

        await new PersonaSynthesizer(one.Client, Fits.Published with { MaxParallel = 1 }).FitAsync(Pairs.Of(15), cancellationToken: Ct);
        await new PersonaSynthesizer(many.OutOfOrder(), Fits.Published with { MaxParallel = 8 }).FitAsync(Pairs.Of(15), cancellationToken: Ct);

        Assert.Equal(one.Asked.Select(a => a.Text).Order(StringComparer.Ordinal), many.Asked.Select(a => a.Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_second_fit_on_the_same_synthesizer_is_the_first_one_again()
    {
        var synthesizer = new PersonaSynthesizer(Model.Coin(1).Client, Fits.Published);

        Fit one = await synthesizer.FitAsync(Pairs.Of(15), cancellationToken: Ct);
        Fit two = await synthesizer.FitAsync(Pairs.Of(15), cancellationToken: Ct);

        Assert.Equal(JudgeArtefactJson.Write(one.Judge.Artefact), JudgeArtefactJson.Write(two.Judge.Artefact));
    }

    [Fact]
    public async Task Two_people_with_two_models_do_not_meet()
    {
        Model ann = Model.Perfect(), bob = Model.Wrong();

        Fit[] fits = await Task.WhenAll(ann.FitAsync(Pairs.OfUser("ann", 10)), bob.FitAsync(Pairs.OfUser("bob", 10, from: 20)));

        Assert.Equal(["ann", "bob"], fits.Select(f => f.Judge.Artefact.Provenance.UserId));
        Assert.All(ann.Judged, a => Assert.InRange(a.Item, 0, 9));
        Assert.All(bob.Judged, a => Assert.InRange(a.Item, 20, 29));
    }

    [Fact]
    public async Task The_seed_is_in_the_artefact()
    {
        Fit fit = await Model.Perfect().FitAsync(Pairs.Of(10), Fits.Published with { Seed = 42 });

        Assert.Equal(42, fit.Judge.Artefact.Provenance.Seed);
    }

    [Fact]
    public async Task The_fingerprint_is_that_of_the_pairs()
    {
        async Task<string> Of(PreferencePair[] pairs) => (await Model.Perfect().FitAsync(pairs)).Judge.Artefact.Provenance.DataFingerprint;

        Assert.Equal(await Of(Pairs.Of(10)), await Of(Pairs.Of(10)));
        Assert.NotEqual(await Of(Pairs.Of(10)), await Of(Pairs.Of(10, from: 1)));
    }

    [Fact]
    public async Task Where_a_model_says_its_name_it_is_in_the_artefact()
    {
        Fit fit = await new PersonaSynthesizer(new SynthesizeMe.Offline.OfflineModel()).FitAsync(Pairs.Of(5), cancellationToken: Ct);

        Assert.Equal(SynthesizeMe.Offline.OfflineModel.ModelId, fit.Judge.Artefact.Provenance.ModelId);
        Assert.Equal(typeof(Fit).Assembly.GetName().Version!.ToString(3), fit.Judge.Artefact.Provenance.LibraryVersion);
    }

    private static async Task SaveAsync(int salt, int parallel, string path)
    {
        var synthesizer = new PersonaSynthesizer(Model.Coin(salt).OutOfOrder(), Fits.Published with { MaxParallel = parallel });
        Fit fit = await synthesizer.FitAsync(Pairs.Of(15), cancellationToken: Ct);
        await fit.Judge.SaveAsync(path, Ct);
    }
}
