using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace SynthesizeMe.Generators;

/// <summary>Turns C# names into prompt names and back into identifiers.</summary>
internal static class Names
{
    /// <summary><c>FirstCompletion</c> becomes <c>first_completion</c>, <c>HTTPStatus2</c> becomes <c>http_status2</c>.</summary>
    public static string ToSnakeCase(string name)
    {
        var snake = new StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool startsWord = char.IsUpper(c) && i > 0 && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
            {
                snake.Append('_');
            }

            snake.Append(char.ToLower(c, CultureInfo.InvariantCulture));
        }

        return snake.ToString();
    }

    /// <summary>A parameter's name: <c>FirstCompletion</c> becomes <c>firstCompletion</c>, <c>Class</c> becomes <c>@class</c>.</summary>
    public static string ToParameter(string name) => Escape(char.ToLower(name[0], CultureInfo.InvariantCulture) + name.Substring(1));

    /// <summary>The class of a signature's typed calls: <c>Judge</c> in <c>Outer</c> has <c>Outer_JudgeCalls</c>.</summary>
    /// <param name="types">The signature and the types around it, outermost first.</param>
    public static string ToCalls(IEnumerable<string> types) => string.Join("_", types.Select(t => t.TrimStart('@'))) + "Calls";

    /// <summary>The name as it has to be written in code.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;
}
