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

/// <summary>Instructions that touch the input.</summary>
[Signature("Answer.", Template = "told.prompt.scriban")]
public partial record Told([Input] string Question, [Output] string Answer);

/// <summary>Inputs in the first message, between the demonstrations and in a message that may be missing.</summary>
[Signature("Answer.", Template = "scattered.prompt.scriban")]
public partial record Scattered([Input] string Question, [Input] bool Warned, [Output] string Answer);
