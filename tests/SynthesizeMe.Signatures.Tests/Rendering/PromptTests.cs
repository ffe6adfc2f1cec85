using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Rendering;

/// <summary>Whole prompts, as a model sees them.</summary>
public class PromptTests
{
    private static readonly Judge.Inputs Live = new(
        new Conversation(new Turn(new("user"), "Tell me a joke."), new Turn(new("assistant"), "A long or a short one?")), "Short.", "Long.");

    [Fact]
    public void Predict_asks_for_the_outputs() => Snapshot.Match(Offline.Predict<Judge>().Render(Live).ToString());

    [Fact]
    public void Chain_of_thought_shows_verified_reasoning_and_labelled_answers()
    {
        var verified = new Demo<Judge>(Judge.Example, "Brevity wins.", Verified: true);
        var labelled = new Demo<Judge>(Judge.Example with { FirstCompletion = "It varies.", SecondCompletion = "Nine.", Preference = Preference.Second });
        Snapshot.Match(Offline.ChainOfThought<Judge>(verified, labelled).Render(Live).ToString());
    }

    [Fact]
    public void Custom_instructions_replace_the_signature_s()
    {
        Predict<Judge> judge = Offline.Predict<Judge>().With(new PredictorState("Prefer what is brief.\nSay which.", []));
        Snapshot.Match(judge.Render(Live).ToString());
    }

    [Fact]
    public void Every_type_has_its_words_and_its_form() =>
        Snapshot.Match(Offline.Predict<Everything>(new Demo<Everything>(Everything.Example)).Render(Everything.Example.ToInputs()).ToString());

    [Fact]
    public void Every_kind_has_its_words_and_its_form() =>
        Snapshot.Match(Offline.Predict<Kinds>(new Demo<Kinds>(Kinds.Example)).Render(Kinds.Any).ToString());

    [Fact]
    public void Constraints_and_defaults_are_in_the_prompt() => Snapshot.Match(Offline.Predict<Rated>().Render(new Rated.Inputs("t")).ToString());

    [Fact]
    public void A_signature_without_inputs_asks_at_once() => Snapshot.Match(Offline.Predict<Motto>().Render(new Motto.Inputs()).ToString());

    [Fact]
    public void A_labelled_demo_reaches_the_prompt()
    {
        ChatPrompt prompt = Offline.Predict<Judge>(new Demo<Judge>(Judge.Example)).Render(Live);
        Assert.Equal(["system", "user", "assistant", "user"], prompt.Turns.Select(t => t.Role.Value));
        Assert.Contains("Eight minutes.", prompt.Turns[1].Text, StringComparison.Ordinal);
        Assert.Equal("[[ ## preference ## ]]\nFirst\n\n[[ ## completed ## ]]", prompt.Turns[2].Text);
    }

    [Fact]
    public void Reasoning_is_shown_only_where_the_predictor_reasons()
    {
        var demo = new Demo<Judge>(Judge.Example, "Brevity wins.", Verified: true);
        Assert.DoesNotContain("Brevity wins.", Offline.Predict<Judge>(demo).Render(Live).ToString(), StringComparison.Ordinal);
        Assert.Contains("Brevity wins.", Offline.ChainOfThought<Judge>(demo).Render(Live).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Demos_keep_their_order()
    {
        Demo<Ask>[] demos = [.. Enumerable.Range(0, 5).Select(i => new Demo<Ask>(new Ask($"Q{i}", $"A{i}")))];
        ChatPrompt prompt = Offline.Predict<Ask>(demos).Render(new Ask.Inputs("Q"));
        Assert.Equal(
            ["A0", "A1", "A2", "A3", "A4"],
            prompt.Turns.Where(t => t.Role.Value == "assistant").Select(t => t.Text.Split('\n')[1]));
    }

    [Fact]
    public void An_optional_field_without_a_value_has_no_section()
    {
        string prompt = Offline.Predict<Everything>().Render(Everything.Example.ToInputs()).Turns[^1].Text;
        Assert.DoesNotContain("[[ ## hint ## ]]", prompt, StringComparison.Ordinal);
        Assert.Contains("[[ ## hint ## ]]\npsst\n", Render("psst"), StringComparison.Ordinal);

        static string Render(string hint) =>
            Offline.Predict<Everything>().Render((Everything.Example with { Hint = hint }).ToInputs()).Turns[^1].Text;
    }

    [Fact]
    public void Numbers_are_written_alike_in_every_culture()
    {
        string demo = Offline.Predict<Measure>(new Demo<Measure>(new Measure("t", -3, 1234.5, true))).Render(new Measure.Inputs("t")).Turns[2].Text;
        Assert.Equal("[[ ## count ## ]]\n-3\n\n[[ ## ratio ## ]]\n1234.5\n\n[[ ## sure ## ]]\ntrue\n\n[[ ## completed ## ]]", demo);
    }
}
