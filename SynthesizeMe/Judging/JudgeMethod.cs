namespace SynthesizeMe;

/// <summary>What a judge is told about the person; the candidates of the final choice.</summary>
public enum JudgeMethod
{
    /// <summary>Nothing.</summary>
    Generic,

    /// <summary>The choices themselves, as labelled demonstrations ("memory" in the paper).</summary>
    History,

    /// <summary>The persona.</summary>
    Persona,

    /// <summary>The chosen demonstrations with verified reasoning.</summary>
    Demos,

    /// <summary>The persona, and demonstrations chosen for a judge that knows it.</summary>
    PersonaAndDemos,
}
