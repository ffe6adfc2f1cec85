using System.Globalization;
using System.Text;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>How DSPy names predictors and fields, and which of ours they are.</summary>
internal static class DspyNames
{
    private const string Predict = "predict";
    private const string Self = "self";

    /// <summary>
    /// The predictors that a DSPy name may mean: the one of exactly that name, else those that differ by case or underscores only, else the
    /// same of the name without <c>.predict</c>, which DSPy's chain of thought adds. A program that is a single predictor is also called
    /// <c>self</c> or <c>predict</c>.
    /// </summary>
    public static IPredictor[] Matches(string name, IReadOnlyList<IPredictor> predictors)
    {
        if (name is Self or Predict && predictors is [{ Name: Self } only])
        {
            return [only];
        }

        return Named(name) is { Length: > 0 } found ? found
            : name.EndsWith("." + Predict, StringComparison.Ordinal) ? Named(name[..^(Predict.Length + 1)])
            : [];

        IPredictor[] Named(string text) =>
            predictors.FirstOrDefault(p => p.Name == text) is { } exact ? [exact] : [.. predictors.Where(p => FieldNames.Match(text, p.Name))];
    }

    /// <summary>What DSPy would call a predictor: snake case, and the <c>predict</c> within a chain of thought.</summary>
    public static string Of(IPredictor predictor)
    {
        string name = predictor.Name == Self ? "" : Snake(predictor.Name);
        return predictor.Reasons ? (name.Length == 0 ? Predict : $"{name}.{Predict}") : name.Length == 0 ? Self : name;
    }

    /// <summary>The prefix that DSPy infers of a field's name: <c>first_completion2</c> is <c>First Completion 2:</c>.</summary>
    public static string Prefix(string field)
    {
        var prefix = new StringBuilder(field.Length + 8);
        for (int i = 0; i < field.Length; i++)
        {
            char c = field[i];
            bool turns = i > 0 && char.IsAsciiDigit(c) != char.IsAsciiDigit(field[i - 1]) && field[i - 1] != '_' && c != '_';
            if (turns)
            {
                prefix.Append(' ');
            }

            bool opens = i == 0 || turns || field[i - 1] == '_';
            prefix.Append(c == '_' ? ' ' : opens ? char.ToUpperInvariant(c) : c);
        }

        return prefix.Append(':').ToString();
    }

    /// <summary>The description of a field that has none.</summary>
    public static string NoDescription(string field) => $"${{{field}}}";

    /// <summary>The JSON path of a property.</summary>
    public static string Path(string parent, string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_')
            ? $"{parent}.{name}"
            : $"{parent}[\"{JsonEncodedText.Encode(name, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"]";

    /// <summary>The JSON path of an item.</summary>
    public static string Path(string parent, int index) => string.Create(CultureInfo.InvariantCulture, $"{parent}[{index}]");

    private static string Snake(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            bool opens = char.IsUpper(name[i]) && i > 0 && char.IsLetterOrDigit(name[i - 1])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            snake.Append(opens ? "_" : "").Append(char.ToLowerInvariant(name[i]));
        }

        return snake.ToString();
    }
}
