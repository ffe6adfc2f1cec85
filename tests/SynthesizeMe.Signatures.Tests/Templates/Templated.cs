using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.Templates;

/// <summary>Given a conversation and two completions, decide which completion this person prefers.</summary>
[Signature(Template = "judge.prompt.scriban")]
public partial record TemplatedJudge(
    [Input] Conversation Conversation,
    [Input] string FirstCompletion,
    [Input] string SecondCompletion,
    [Output("The completion this person prefers.")] Preference Preference);

/// <summary>Fields that touch each other and the template's own text.</summary>
[Signature("Answer.", Template = "Templates/seams.prompt.scriban")]
public partial record Seams([Input] string Question, [Input] string More, [Output] string Answer);
