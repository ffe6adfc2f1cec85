using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Adapters;

[Signature("Advise them.")]
public partial record Advise([Input("Who asks.", OmitFromDemos = true)] string Persona, [Input] string Question, [Output] string Answer);

/// <summary>An input that is said once, with the request.</summary>
public class OmittedInputTests
{
    private static readonly PredictorState Shown = PredictorState.Empty.WithDemos(
    [
        new Demo<Advise>(new Advise("Likes brevity.", "Tea or coffee?", "Tea.")),
        new Demo<Advise>(new Advise("Likes brevity.", "Now or later?", "Now.")),
    ]);

    public static TheoryData<string> Adapters => new("chat", "json", "xml");

    [Theory]
    [MemberData(nameof(Adapters))]
    public void It_is_left_out_of_demonstrations(string adapter)
    {
        string prompt = Render(adapter, Shown);
        Assert.Equal(2, prompt.Split("Likes brevity.").Length);
        Assert.True(prompt.IndexOf("Likes brevity.", StringComparison.Ordinal) > prompt.IndexOf("Now or later?", StringComparison.Ordinal));
        Assert.Contains("The examples come without `persona`.", prompt, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Adapters))]
    public void Without_demonstrations_nothing_is_said_of_them(string adapter) =>
        Assert.DoesNotContain("The examples", Render(adapter, PredictorState.Empty), StringComparison.Ordinal);

    [Fact]
    public void The_state_keeps_it()
    {
        IReadOnlyList<IPredictor> predictors = ((IPromptProgram<Advise>)Offline.Predict<Advise>()).Predictors;
        string json = ProgramStateJson.Write(ProgramState.Empty.With("self", Shown));
        Assert.Equal(Shown, ProgramStateJson.Read(json, predictors)["self"]);
    }

    private static string Render(string adapter, PredictorState state)
    {
        PromptAdapter by = adapter switch { "chat" => PromptAdapter.Chat, "json" => PromptAdapter.Json, _ => PromptAdapter.Xml };
        return Advise.Predict(new ScriptedChatClient(""), new() { Adapter = by }).With(state).Render(new Advise.Inputs("Likes brevity.", "Red or blue?")).ToString();
    }
}
