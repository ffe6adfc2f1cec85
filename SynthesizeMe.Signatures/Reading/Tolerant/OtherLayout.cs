namespace SynthesizeMe.Signatures;

/// <summary>
/// Recognizes a reply that gives something else than the only field that was asked for: an object of other keys, or a chain of thought that was cut
/// before the answer. A label in it is not the answer.
/// </summary>
internal static class OtherLayout
{
    private static readonly string[] Thoughts = ["reasoning", "rationale", "explanation", "analysis", "thought", "thoughts", "thinking", "critique"];

    /// <summary>Whether the reply opens that way. An object may well be the value of a field that is JSON.</summary>
    public static bool Opens(ReadOnlySpan<char> reply, FieldDescriptor field)
    {
        int line = Fences.IsOpening(reply[..Math.Max(0, reply.IndexOf('\n'))]) ? reply.IndexOf('\n') : 0;
        ReadOnlySpan<char> text = reply[line..].TrimStart();
        if (text.StartsWith('{') && text.Contains(':') && field.ShortType is not "JSON")
        {
            return true;
        }

        text = text.TrimStart("[]<#*_-\"` \t");
        foreach (string name in Thoughts)
        {
            if (text.StartsWith(name, StringComparison.OrdinalIgnoreCase) && text[name.Length..].TrimStart("#*_\"` \t") is [':' or '：' or '\n' or '\r' or ']' or '>', ..])
            {
                return true;
            }
        }

        return false;
    }
}
