namespace SynthesizeMe.Signatures.Tests.Declared;

public enum Preference
{
    First,
    Second,
}

/// <summary>Given a conversation and two completions, decide which completion this person prefers.</summary>
[Signature]
public partial record Judge(
    [Input("The conversation that leads up to the completions.")] Conversation Conversation,
    [Input("The first completion.")] string FirstCompletion,
    [Input("The second completion.")] string SecondCompletion,
    [Output("The completion this person prefers.")] Preference Preference)
{
    public static Judge Example { get; } = new(Conversation.FromUser("How do I boil an egg?"), "Eight minutes.", "It depends.", Preference.First);
}
