using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Tests.Judging;

public class PromptTests
{
    [Theory]
    [MemberData(nameof(Judges.Methods), MemberType = typeof(Judges))]
    public void The_prompt_of_a_judge(JudgeMethod method) =>
        Snapshot.Match(Judge(method).ToJudgePrompt(Judges.Eggs, Judges.First, Judges.Second).ToString(), method.ToString());

    [Theory]
    [MemberData(nameof(Judges.Methods), MemberType = typeof(Judges))]
    public void The_prompt_to_carry_has_slots(JudgeMethod method) => Snapshot.Match(Judge(method).ToJudgePrompt().ToString(), method.ToString());

    [Theory]
    [MemberData(nameof(Judges.Methods), MemberType = typeof(Judges))]
    public void The_prompt_that_generates(JudgeMethod method) => Snapshot.Match(Judge(method).ToGenerationPrompt().ToString(), method.ToString());

    [Fact]
    public void The_prompt_that_asks_for_a_persona() => Snapshot.Match(SynthesizePersona.Predict(new ScriptedChatClient("")).Render(new SynthesizePersona.Inputs(
    [
        new Judgement(Judges.Eggs, Judges.First, Judges.Second, "Such a person may care for brevity. \"Six minutes.\" is brief."),
        new Judgement(Conversation.FromUser("Name a fruit."), "Pear.", "Certainly! Here is a list of fruit.", Reasoning: null),
    ])).ToString());

    [Theory]
    [InlineData(JudgeMethod.Demos)]
    [InlineData(JudgeMethod.PersonaAndDemos)]
    public void A_labelled_demo_renders_as_a_question_and_its_preference(JudgeMethod method)
    {
        ChatPrompt prompt = Judge(method).ToJudgePrompt(Judges.Eggs, Judges.First, Judges.Second);

        MessageSections question = MessageSections.Read(prompt.Turns[1].Text);
        MessageSections answer = MessageSections.Read(prompt.Turns[2].Text);
        Assert.Equal("user:\n  What is a lathe?", question["conversation"]);
        Assert.Equal("A machine that turns.", question["first_completion"]);
        Assert.Equal("Let me explain at length.", question["second_completion"]);
        Assert.Equal(["preference", "completed"], answer.Names);
        Assert.Equal("First", answer["preference"]);
    }

    [Fact]
    public void A_verified_demo_renders_with_its_reasoning_first()
    {
        ChatPrompt prompt = Judge(JudgeMethod.Demos).ToJudgePrompt(Judges.Eggs, Judges.First, Judges.Second);

        MessageSections answer = MessageSections.Read(prompt.Turns[4].Text);
        Assert.Equal(["reasoning", "preference", "completed"], answer.Names);
        Assert.Equal("Such a person may care for brevity. The second is brief.", answer["reasoning"]);
        Assert.Equal("Second", answer["preference"]);
    }

    [Fact]
    public void Instructions_of_its_own_replace_those_of_the_signature()
    {
        var judge = new PersonalizedJudge(Judges.OfDemos with { Instructions = "Choose." }, new ScriptedChatClient(""));

        Assert.StartsWith("Choose.\n\n", judge.ToJudgePrompt().Turns[0].Text, StringComparison.Ordinal);
    }

    private static PersonalizedJudge Judge(JudgeMethod method) => new(Judges.Of(method), new ScriptedChatClient(""));
}
