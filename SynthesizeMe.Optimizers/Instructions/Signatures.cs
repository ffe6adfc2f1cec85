using SynthesizeMe.Signatures;

namespace SynthesizeMe.Optimizers;

/// <summary>
/// You look through examples of a task to learn what its data are like. Write down in a few sentences what would help somebody who has to do the
/// task well: what the texts are about, their form and length, what right answers have in common and where it is easy to go wrong. Add only
/// what was not noticed before.
/// </summary>
[Signature]
internal sealed partial record ObserveExamples(
    [Input("Examples of the task, each with its inputs and its right outputs.")] IReadOnlyList<string> Examples,
    [Input("What was noticed in earlier examples.")] string Noticed,
    [Output("What these examples add.")] string Observations,
    [Output("Whether these examples add nothing.")] bool NothingNew);

/// <summary>Sum up in two or three sentences what was noticed about the data of a task, so that it can be told to somebody who writes instructions for the task.</summary>
[Signature]
internal sealed partial record SummarizeObservations(
    [Input("What was noticed.")] string Noticed,
    [Output("The summary.")] string Summary);

/// <summary>
/// You write the instructions of one step of a program that a language model carries out. Write complete instructions that make the model do
/// this step as well as can be. They replace the present ones, and the model sees nothing else but the fields of the step. The layout of fields and reply is added by itself: do not
/// describe it.
/// </summary>
[Signature]
internal sealed partial record ProposeInstructions(
    [Input("The program and its steps.")] string Program,
    [Input("The step to write for.")] string Step,
    [Input("What the data are like; empty where nothing is known.")] string Data,
    [Input("Examples of the step done right; there may be none.")] IReadOnlyList<string> Examples,
    [Input("The present instructions.")] string PresentInstructions,
    [Input("How to go about it this time.")] string Tip,
    [Output("The new instructions and nothing else.")] string NewInstructions);

/// <summary>One run of a step, as <see cref="ReviseInstructions"/> reads it.</summary>
/// <param name="Inputs">What the step was given.</param>
/// <param name="Reply">What it answered.</param>
/// <param name="Score">How right the program's answer was, from 0 to 1.</param>
/// <param name="Feedback">What was said about the answer.</param>
internal sealed record StepRun(string Inputs, string Reply, double Score, string Feedback);

/// <summary>
/// You improve the instructions of one step of a program that a language model carries out. You see runs of the step under its present
/// instructions, and what was said about each. Work out what the model has to know or do that the instructions fail to tell it: facts about the
/// subject, the exact form of the answer, how to go about it. Keep what works. Then write complete instructions, which replace the
/// present ones; put every lesson into them that holds beyond these runs, because the model will not see the runs. The layout
/// of fields and reply is added by itself: do not describe it.
/// </summary>
[Signature]
internal sealed partial record ReviseInstructions(
    [Input("The step.")] string Step,
    [Input("The present instructions.")] string PresentInstructions,
    [Input("The runs.")] IReadOnlyList<StepRun> Runs,
    [Output("What the runs teach.")] string Lessons,
    [Output("The new instructions and nothing else.")] string NewInstructions);

/// <summary>What one step of a run answered, as <see cref="AdviseNextAttempt"/> reads it.</summary>
/// <param name="Step">The step.</param>
/// <param name="Inputs">What it was given.</param>
/// <param name="Reply">What it answered.</param>
internal sealed record StepReply(string Step, string Inputs, string Reply);

/// <summary>
/// A program of one or more steps made an attempt that was not good enough. Say for each step that could have done better what it should do otherwise in the
/// next attempt at the same inputs. Be concrete and brief, speak to the step, and blame no step that was not at fault.
/// </summary>
[Signature]
internal sealed partial record AdviseNextAttempt(
    [Input("The program and its steps.")] string Program,
    [Input("What each step was given and answered, in order.")] IReadOnlyList<StepReply> Attempt,
    [Input("How good the attempt was, from 0 to 1.")] double Score,
    [Input("What was said about the attempt; may be empty.")] string Feedback,
    [Output("Advice by the name of the step.")] IReadOnlyDictionary<string, string> Advice);
