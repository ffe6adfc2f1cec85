using System.Text;
using SynthesizeMe.Signatures;

namespace SynthesizeMe;

/// <summary>What the text that is embedded or scored says of the person.</summary>
[Flags]
public enum RewardConditions
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>The persona, where the person has one.</summary>
    Persona = 1,

    /// <summary>The choices that the judge's demonstrations show.</summary>
    Demos = 2,
}

/// <summary>
/// The text of a reward request, for models that read one text: sections as in the judge's prompt, each opened by <see cref="SectionMarker.Open"/> and its
/// content escaped: <c>persona</c>, then for each choice <c>conversation n</c>, <c>preferred n</c> and <c>not preferred n</c>, then
/// <c>conversation</c> and <c>completion</c>.
/// </summary>
public static class RewardText
{
    internal const string Persona = "persona";
    internal const string Conversation = "conversation";
    internal const string Completion = "completion";
    internal const string Preferred = "preferred";
    internal const string NotPreferred = "not preferred";

    /// <summary>Writes the text.</summary>
    /// <param name="request">The request.</param>
    /// <param name="conditions">What it says of the person.</param>
    public static string Write(RewardRequest request, RewardConditions conditions)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Write(request, conditions, hidden: null);
    }

    /// <summary>Writes the text without a pair that is learned from: what a demonstration gives away teaches nothing.</summary>
    internal static string Write(RewardRequest request, RewardConditions conditions, PreferencePair? hidden)
    {
        var text = new StringBuilder(WritePerson(request.Person?.Judge, conditions, hidden));
        Section(text, Conversation, request.Context.ToString());
        Section(text, Completion, request.Completion);
        return text.ToString();
    }

    /// <summary>What is said of the person alone; empty for nothing.</summary>
    internal static string WritePerson(JudgeArtefact? judge, RewardConditions conditions, PreferencePair? hidden = null)
    {
        var text = new StringBuilder();
        if (conditions.HasFlag(RewardConditions.Persona) && judge?.Persona is { } persona)
        {
            Section(text, Persona, persona);
        }

        if (conditions.HasFlag(RewardConditions.Demos) && judge is not null)
        {
            int number = 0;
            foreach ((Conversation context, string preferred, string other) in judge.Choices)
            {
                if (hidden is not null && preferred == hidden.Chosen && other == hidden.Rejected && context.Equals(hidden.Context))
                {
                    continue;
                }

                number++;
                Section(text, Numbered(Conversation, number), context.ToString());
                Section(text, Numbered(Preferred, number), preferred);
                Section(text, Numbered(NotPreferred, number), other);
            }
        }

        return text.ToString();
    }

    internal static string Numbered(string name, int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} {number}");

    internal static void Section(StringBuilder text, string name, string content) =>
        text.Append(text.Length == 0 ? "" : "\n\n").Append(SectionMarker.Open(name)).Append('\n').Append(SectionMarker.Escape(content));
}
