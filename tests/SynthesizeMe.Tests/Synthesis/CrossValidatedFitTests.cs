using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Tests.Synthesis;

/// <summary>Every pair is learned from and compared by, and nothing of its conversation is shown meanwhile.</summary>
public class CrossValidatedFitTests
{
    public static TheoryData<FitEffort> Efforts => [FitEffort.Quick, FitEffort.Standard, FitEffort.Thorough];

    /// <summary>A model whose persona names the pairs that it is induced from.</summary>
    private static Model Naming(Func<Asked, bool> right) =>
        new(a => right(a) ? a.Good : a.Bad, a => $"Saw {string.Join(' ', a.Judgements.Select(j => $"<{j.Item}>"))}.");

    [Theory]
    [MemberData(nameof(Efforts))]
    public async Task No_prompt_shows_anything_of_the_conversation_that_it_asks_about(FitEffort effort)
    {
        Model model = Naming(a => a.Item % 3 != 0);
        PreferencePair[] pairs = [.. Enumerable.Range(0, 12).Select(i => Pairs.One(i, $"conversation {i / 2}"))];

        await model.FitAsync(pairs, Fits.With(effort));

        Assert.All(model.Judged, a =>
        {
            Assert.DoesNotContain(a.Item / 2, a.Shown.Select(i => i / 2));
            Assert.All([a.Item / 2 * 2, (a.Item / 2 * 2) + 1], i => Assert.DoesNotContain($"<{i}>", a.Persona ?? "", StringComparison.Ordinal));
        });
        Assert.Contains(model.Judged, a => a.Shown.Length == 10);
        Assert.Equal(effort != FitEffort.Quick, model.Judged.Any(a => a.Persona is not null));
    }

    [Theory]
    [MemberData(nameof(Efforts))]
    public async Task No_shown_reasoning_tells_of_the_conversation_that_is_asked_about(FitEffort effort)
    {
        // Reasoning repeats the persona that it knew.
        var model = new Model(a => a.WantsPersona
            ? Model.Tell($"Saw {string.Join(' ', a.Judgements.Select(j => $"<{j.Item}>"))}.")
            : Model.Judge(a.Item % 3 == 0 ? a.Bad : a.Good, $"because of <{a.Item}> {a.Persona}"));

        await model.FitAsync([.. Enumerable.Range(0, 12).Select(i => Pairs.One(i, $"conversation {i / 2}"))], Fits.With(effort));

        Assert.All(model.Judged, a => Assert.All([a.Item / 2 * 2, (a.Item / 2 * 2) + 1], i => Assert.DoesNotContain($"<{i}>", a.Text, StringComparison.Ordinal)));
        Assert.Contains(model.Judged, a => a.Text.Contains("because of <", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Efforts))]
    public async Task For_every_pair_there_is_a_persona_that_was_induced_from_all_but_its_fold_of_conversations(FitEffort effort)
    {
        PreferencePair[] pairs = [.. Enumerable.Range(0, 12).Select(i => Pairs.One(i, $"conversation {i / 2}"))];

        Fit fit = await Naming(a => a.Item % 3 != 0).FitAsync(pairs, Fits.With(effort));

        Assert.Equal(effort == FitEffort.Quick ? [] : pairs.Select(p => p.Id).Order(), fit.BlindPersonas.Keys.Order());
        Assert.All(fit.BlindPersonas, b =>
        {
            int conversation = Array.FindIndex(pairs, p => p.Id == b.Key) / 2;
            int[] seen = [.. Enumerable.Range(0, 6).Where(c => c % 3 != conversation % 3)];
            Assert.Equal(seen, Enumerable.Range(0, 12).Where(i => b.Value.Contains($"<{i}>", StringComparison.Ordinal)).Select(i => i / 2).Distinct());
        });
    }

    [Fact]
    public async Task In_a_published_fit_the_validation_pairs_have_the_persona_that_does_not_know_them()
    {
        PreferencePair[] pairs = [.. Enumerable.Range(0, 12).Select(i => Pairs.One(i, $"conversation {i / 2}"))];

        Fit fit = await Naming(a => a.Item % 3 != 0).FitAsync(pairs, Fits.Published);

        Assert.Equal(fit.Split.Validation.Select(p => p.Id).Order(), fit.BlindPersonas.Keys.Order());
        Assert.All(fit.BlindPersonas, b => Assert.DoesNotContain($"<{Array.FindIndex(pairs, p => p.Id == b.Key)}>", b.Value, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Efforts))]
    public async Task The_judges_that_come_of_it_know_all_pairs(FitEffort effort)
    {
        Fit fit = await Naming(a => a.Item % 3 != 0).FitAsync(Pairs.Of(12), Fits.With(effort));

        Assert.Equal(Enum.GetValues<JudgeMethod>(), fit.Judges.Keys);
        Assert.Equal(Enumerable.Range(0, 12), Fits.ShownBy(fit.Judges[JudgeMethod.History]).Order());
        Assert.Equal(string.Join(' ', Enumerable.Range(0, 12).Select(i => $"<{i}>")), fit.Judges[JudgeMethod.Persona].Persona![4..^1]);
        Assert.All(fit.Judges[JudgeMethod.PersonaAndDemos].Demos.Cast<Signatures.Demo<JudgePreferenceForPersona>>(), d => Assert.Equal(fit.Judges[JudgeMethod.Persona].Persona, d.Value.Persona));
    }

    [Fact]
    public async Task What_nobody_predicted_is_shown_without_reasoning()
    {
        Fit fit = await Model.RightWhen(a => a.Item % 3 != 0).FitAsync(Pairs.Of(12), Fits.With(FitEffort.Standard));

        PersonalizedJudge judge = fit.Judges[JudgeMethod.Demos];
        Assert.Equal(Enumerable.Range(0, 12), Fits.ShownBy(judge).Order());
        Assert.Equal([0, 3, 6, 9], Fits.ShownBy(judge).Where((_, i) => judge.Demos[i].Reasoning is null));
    }

    [Theory]
    [InlineData(FitEffort.Quick, JudgeMethod.History)]
    [InlineData(FitEffort.Quick, JudgeMethod.Demos)]
    [InlineData(FitEffort.Standard, JudgeMethod.History)]
    [InlineData(FitEffort.Standard, JudgeMethod.Demos)]
    [InlineData(FitEffort.Standard, JudgeMethod.PersonaAndDemos)]
    [InlineData(FitEffort.Thorough, JudgeMethod.Persona)]
    [InlineData(FitEffort.Thorough, JudgeMethod.PersonaAndDemos)]
    public async Task The_way_of_telling_about_the_person_that_helps_is_chosen(FitEffort effort, JudgeMethod method)
    {
        Model model = Model.RightWhen(a => method switch
        {
            _ when a is { Persona: null, Shown: [] } => a.Item % 3 != 0,
            JudgeMethod.History => a.Persona is null && a.Reasoned.Length == 0,
            JudgeMethod.Demos => a.Persona is null && a.Reasoned.Length > 0,
            JudgeMethod.Persona => a.Persona is not null && a.Shown.Length == 0,
            _ => a.Persona is not null && a.Shown.Length > 0,
        });

        Fit fit = await model.FitAsync(Pairs.Of(15), Fits.With(effort));

        Assert.Equal(method, fit.Judge.Method);
        Assert.Equal(1, fit.Judge.Artefact.Reliability.Accuracy);
    }

    [Theory]
    [MemberData(nameof(Efforts))]
    public async Task Where_whatever_it_is_told_misleads_a_judge_the_generic_one_stays_and_a_note_says_so(FitEffort effort)
    {
        Fit fit = await Model.RightWhen(a => a is { Persona: null, Shown: [] }).FitAsync(Pairs.Of(12), Fits.With(effort));

        Assert.Equal(JudgeMethod.Generic, fit.Judge.Method);
        Assert.Contains("Nothing beat the generic judge on this person's pairs, so it was kept.", fit.Judge.Artefact.Provenance.Notes);
    }

    public static TheoryData<FitEffort, int, Preference> OneSided =>
    [
        .. from effort in (FitEffort[])[FitEffort.Quick, FitEffort.Standard, FitEffort.Thorough]
           from pairs in (int[])[5, 12, 15]
           from said in (Preference[])[Preference.First, Preference.Second]
           select new TheoryDataRow<FitEffort, int, Preference>(effort, pairs, said),
    ];

    [Theory]
    [MemberData(nameof(OneSided))]
    public async Task A_judge_that_always_names_the_same_side_scores_one_half_and_stays_generic(FitEffort effort, int pairs, Preference said)
    {
        Fit fit = await new Model(_ => said).FitAsync(Pairs.Of(pairs), Fits.With(effort));

        Assert.Equal(JudgeMethod.Generic, fit.Judge.Method);
        Assert.All(fit.Judges.Values.Where(j => j.Artefact.Reliability.Pairs == pairs), j => Assert.Equal(0.5, j.Artefact.Reliability.Accuracy, 0.5 / pairs));
        Assert.InRange(fit.Judge.Artefact.Reliability.Confidence, 0.5, 0.5 + (0.5 / pairs)); // Of an odd number of pairs in one order each, one more is right than wrong.
    }

    [Theory]
    [MemberData(nameof(Efforts))]
    public async Task A_judge_that_is_always_wrong_stays_generic(FitEffort effort) =>
        Assert.Equal(JudgeMethod.Generic, (await Model.Wrong().FitAsync(Pairs.Of(12), Fits.With(effort))).Judge.Method);

    [Fact]
    public async Task Where_all_do_equally_well_what_is_known_of_their_kinds_decides_and_a_note_says_so()
    {
        Fit fit = await Model.Perfect().FitAsync(Pairs.Of(12), Fits.With(FitEffort.Standard));

        Assert.Equal(JudgeMethod.PersonaAndDemos, fit.Judge.Method);
        Assert.Contains(fit.Judge.Artefact.Provenance.Notes, n => n.Contains("scored 12 of 12 and the generic judge 12", StringComparison.Ordinal));
        CandidateRecord[] final = [.. fit.Judge.Artefact.Provenance.Candidates.Where(c => c.Stage == "final choice")];
        Assert.All(final, c => Assert.Equal(c.Status is "Chosen" or "Evaluated", c.ExpectedGain is not null));
        Assert.Equal("Chosen", final.MaxBy(c => c.ExpectedGain)!.Status);
    }

    [Fact]
    public async Task The_winner_is_asked_in_both_orders()
    {
        Fit fit = await Model.Perfect().FitAsync(Pairs.Of(12), Fits.With(FitEffort.Standard));

        Assert.Equal(new Reliability(12, 12, 12, 12), fit.Judge.Artefact.Reliability);
    }

    [Fact]
    public async Task A_quick_fit_trusts_the_winner_by_one_order()
    {
        Fit fit = await Model.Perfect().FitAsync(Pairs.Of(12), Fits.With(FitEffort.Quick));

        Assert.Equal(new Reliability(12, 12, 0, 0), fit.Judge.Artefact.Reliability);
        Assert.Equal(13.0 / 14, fit.Judge.Artefact.Reliability.Confidence);
    }

    [Fact]
    public async Task Subsets_are_tried_by_a_thorough_fit_only()
    {
        foreach (FitEffort effort in Efforts)
        {
            Fit fit = await Model.Coin(3).FitAsync(Pairs.Of(12), Fits.With(effort) with { Candidates = 4 });

            int subsets = fit.Judge.Artefact.Provenance.Candidates.Count(c => c.Name.StartsWith("halving", StringComparison.Ordinal));
            Assert.Equal(effort == FitEffort.Thorough ? 8 : 0, subsets);
        }
    }

    [Theory]
    [MemberData(nameof(Efforts))]
    public async Task No_budget_is_ever_overshot_and_what_is_spent_is_reported(FitEffort effort)
    {
        for (int limit = 0; limit < 90; limit += 3)
        {
            Model model = Model.Coin(limit);
            var budget = new Budget { Calls = limit };

            Fit fit = await model.FitAsync(Pairs.Of(10), Fits.With(effort) with { Budget = budget });

            Assert.InRange(model.Calls, 0, limit);
            Assert.Equal(model.Calls, fit.Usage.Calls);
            Assert.Equal(model.Calls, budget.Spent.Calls);
            Assert.True(fit.Stopped is not null || (await Model.Coin(limit).FitAsync(Pairs.Of(10), Fits.With(effort))).Usage.Calls <= limit);
        }
    }

    [Theory]
    [MemberData(nameof(Efforts))]
    public async Task The_same_seed_gives_the_same_bytes_in_whatever_order_replies_arrive(FitEffort effort)
    {
        var one = new PersonaSynthesizer(Model.Coin(1).Client, Fits.With(effort) with { MaxParallel = 1 });
        var many = new PersonaSynthesizer(Model.Coin(1).OutOfOrder(), Fits.With(effort) with { MaxParallel = 8 });

        Fit first = await one.FitAsync(Pairs.Of(15), cancellationToken: TestContext.Current.CancellationToken);
        Fit second = await many.FitAsync(Pairs.Of(15), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(JudgeArtefactJson.Write(first.Judge.Artefact), JudgeArtefactJson.Write(second.Judge.Artefact));
    }

    [Theory]
    [MemberData(nameof(Efforts))]
    public async Task Where_nothing_can_be_read_the_fit_ends_after_one_look_at_the_pairs(FitEffort effort)
    {
        var model = new Model(_ => Model.Nonsense);

        var e = await Assert.ThrowsAsync<UnreadableRepliesException>(() => model.FitAsync(Pairs.Of(10), Fits.With(effort)));

        Assert.Equal((20, 20), (model.Calls, e.Usage.Calls));
    }

    [Fact]
    public async Task A_persona_that_cannot_be_read_is_noted_and_the_other_methods_remain()
    {
        var model = new Model(a => a.WantsPersona ? Model.Nonsense : Model.Judge(a.Good, $"because of {a.Item}"));

        Fit fit = await model.FitAsync(Pairs.Of(10), Fits.With(FitEffort.Standard));

        Assert.Equal([JudgeMethod.Generic, JudgeMethod.History, JudgeMethod.Demos], fit.Judges.Keys);
        Assert.Contains(fit.Judge.Artefact.Provenance.Notes, n => n.StartsWith("There is no persona", StringComparison.Ordinal));
        Assert.Equal(model.Calls, fit.Usage.Calls);
    }

    [Fact]
    public async Task A_persona_is_kept_though_those_to_compare_it_by_cannot_be_read()
    {
        var model = new Model(a => a.WantsPersona && a.Judgements.Length < 10 ? Model.Nonsense : a.WantsPersona ? Model.Tell(Model.Persona) : Model.Judge(a.Good, "so"));

        Fit fit = await model.FitAsync(Pairs.Of(10), Fits.With(FitEffort.Standard));

        Assert.Equal(Model.Persona, fit.Judges[JudgeMethod.PersonaAndDemos].Persona);
        Assert.Equal(0, fit.Judges[JudgeMethod.PersonaAndDemos].Artefact.Reliability.Pairs);
        Assert.Contains(fit.Judge.Artefact.Provenance.Notes, n => n.StartsWith("The persona was not compared", StringComparison.Ordinal));
        Assert.Equal(model.Calls, fit.Usage.Calls);
    }

    [Fact]
    public async Task A_judge_that_cannot_answer_with_a_persona_loses_the_methods_with_a_persona_only()
    {
        var model = new Model(a => a.WantsPersona ? Model.Tell(Model.Persona) : a.Persona is not null ? Model.Nonsense : Model.Judge(a.Good, "so"));

        Fit fit = await model.FitAsync(Pairs.Of(10), Fits.With(FitEffort.Standard));

        Assert.Equal([JudgeMethod.Generic, JudgeMethod.History, JudgeMethod.Demos], fit.Judges.Keys);
        Assert.Contains(fit.Judge.Artefact.Provenance.Notes, n => n.StartsWith("No judge with a persona was tried.", StringComparison.Ordinal));
        Assert.Equal(model.Calls, fit.Usage.Calls);
    }

    [Theory]
    [MemberData(nameof(Efforts))]
    public async Task With_one_conversation_each_pair_is_judged_without_itself_and_a_note_says_so(FitEffort effort)
    {
        Model model = Naming(a => a.Item % 2 == 0);

        Fit fit = await model.FitAsync(Pairs.InOneConversation(6), Fits.With(effort));

        Assert.All(model.Judged, a => Assert.DoesNotContain(a.Item, a.Shown));
        Assert.All(model.Judged, a => Assert.DoesNotContain($"<{a.Item}>", a.Persona ?? "", StringComparison.Ordinal));
        Assert.Contains(fit.Judge.Artefact.Provenance.Notes, n => n.StartsWith("There is one conversation only", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task So_few_pairs_are_enough(int count)
    {
        foreach (FitEffort effort in Efforts)
        {
            Fit fit = await Model.Perfect().FitAsync(Pairs.Of(count), Fits.With(effort));

            Assert.Equal(1, fit.Judge.Artefact.Reliability.Accuracy);
        }
    }

    [Theory]
    [MemberData(nameof(Efforts))]
    public async Task Progress_comes_in_the_order_of_the_stages_and_ends_with_all_work_done(FitEffort effort)
    {
        var told = new Told<FitProgress>();

        await Model.Coin(2).FitAsync(Pairs.Of(12), Fits.With(effort), told);

        Assert.Equal(told.Reports.Select(r => r.Stage).Order(), told.Reports.Select(r => r.Stage));
        Assert.All(told.Reports, r => Assert.InRange(r.Done, 1, r.Total));
        Assert.Equal(told.Reports[^1].Total, told.Reports[^1].Done);
    }

    [Theory]
    [InlineData(FitStage.BootstrapReasoning)]
    [InlineData(FitStage.SelectReasoning)]
    [InlineData(FitStage.SynthesizePersona)]
    [InlineData(FitStage.SelectDemos)]
    public async Task A_fit_that_is_cancelled_in_a_stage_asks_nothing_more(FitStage stage)
    {
        using var stop = new CancellationTokenSource();
        Model model = Model.Coin(5);
        int calls = 0;
        var progress = new Told<FitProgress>(p =>
        {
            if (p.Stage == stage && !stop.IsCancellationRequested)
            {
                calls = model.Calls;
                stop.Cancel();
            }
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.FitAsync(Pairs.Of(10), Fits.With(FitEffort.Standard), progress, stop.Token));
        Assert.Equal(calls, model.Calls);
    }

    /// <summary>The reference makes 260 calls with a judge that is always right and 346 with one that never is (paper research, section 3.3).</summary>
    [Theory]
    [InlineData(FitEffort.Quick, 0.18)]
    [InlineData(FitEffort.Standard, 0.30)]
    [InlineData(FitEffort.Thorough, 1.0)]
    public async Task A_fit_makes_no_more_than_its_share_of_the_calls_of_the_reference(FitEffort effort, double share)
    {
        (Model Model, int Reference)[] models =
            [(Model.Perfect(), 260), (Model.Wrong(), 346), (Model.AlwaysFirst(), 303), .. Enumerable.Range(0, 20).Select(i => (Model.Coin(i), 303))];
        foreach ((Model model, int reference) in models)
        {
            Fit fit = await model.FitAsync(Pairs.Of(15), Fits.With(effort));

            Assert.Equal(model.Calls, fit.Usage.Calls);
            Assert.InRange(model.Calls, 1, share * reference);
        }
    }
}
