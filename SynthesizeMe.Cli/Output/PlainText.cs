using System.Globalization;
using System.Text;

namespace SynthesizeMe.Cli;

/// <summary>Makes text of unknown origin fit to be shown: it can neither steer a terminal nor pass itself off as another line.</summary>
internal static class PlainText
{
    /// <summary>The text with control characters made visible; line ends and tabs stay.</summary>
    public static string Visible(string text) => Escaped(text, static c => c is '\n' or '\t');

    /// <summary>The text on one line.</summary>
    public static string OneLine(string text) =>
        Escaped(string.Join(' ', text.Split(['\n', '\r', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)), static _ => false);

    /// <summary>The beginning of the text on one line.</summary>
    public static string Excerpt(string text, int length)
    {
        string line = OneLine(text);
        return line.Length <= length ? line : $"{line.AsSpan(0, char.IsHighSurrogate(line[length - 2]) ? length - 2 : length - 1)}…";
    }

    /// <summary>The text in lines of at most so many characters; words are kept whole.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        foreach (string paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = new StringBuilder();
            foreach (string word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > width)
                {
                    yield return line.ToString();
                    line.Clear();
                }

                line.Append(line.Length > 0 ? " " : "").Append(word);
            }

            yield return line.ToString();
        }
    }

    private static string Escaped(string text, Func<char, bool> keep)
    {
        if (!text.Any(c => Steers(c) && !keep(c)))
        {
            return text;
        }

        var visible = new StringBuilder(text.Length + 16);
        foreach (char c in text)
        {
            _ = Steers(c) && !keep(c) ? visible.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}") : visible.Append(c);
        }

        return visible.ToString();
    }

    /// <summary>Control characters, and those that turn the direction of writing.</summary>
    private static bool Steers(char c) => char.IsControl(c) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069');
}
