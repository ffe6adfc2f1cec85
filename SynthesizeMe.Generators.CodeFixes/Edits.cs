using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace SynthesizeMe.Generators.CodeFixes;

/// <summary>The changes that fixes are made of.</summary>
internal static class Edits
{
    public const string Indentation = "    ";

    public static TextChange Insert(int at, string text) => new(new(at, 0), text);

    public static TextChange Replace(int start, int end, string text) => new(TextSpan.FromBounds(start, end), text);

    /// <summary>Takes a token away, and the space after it.</summary>
    public static TextChange Remove(SyntaxToken token) => Replace(token.SpanStart, token.GetNextToken().SpanStart, "");

    /// <summary>Writes <c>partial</c> where it has to stand, right before the keyword; nothing when it is there.</summary>
    public static IEnumerable<TextChange> Partial(TypeDeclarationSyntax type) =>
        type.Modifiers.Any(SyntaxKind.PartialKeyword) ? [] : [Insert(type.Keyword.SpanStart, "partial ")];

    /// <summary>Puts an attribute on a line of its own above a declaration.</summary>
    public static TextChange Above(TypeDeclarationSyntax type, string mark, SourceText text) =>
        Insert(type.SpanStart, $"[{mark}]{LineEnd(text)}{IndentationAt(type.SpanStart, text)}");

    /// <summary>
    /// Adds lines as a type's first or last member, with empty lines between it and its neighbours.
    /// </summary>
    public static TextChange Member(TypeDeclarationSyntax type, IReadOnlyList<string> lines, bool first, SourceText text)
    {
        string end = LineEnd(text);
        string outer = IndentationAt(type.SpanStart, text);
        string member = string.Join(end, lines.Select(l => outer + Indentation + l));
        if (type.OpenBraceToken.IsKind(SyntaxKind.None) || type.OpenBraceToken.IsMissing)
        {
            int at = type.SemicolonToken.IsMissing ? type.Span.End : type.SemicolonToken.GetPreviousToken().Span.End;
            return Replace(at, type.Span.End, $"{end}{outer}{{{end}{member}{end}{outer}}}");
        }

        if (type.Members.Count == 0)
        {
            return Replace(type.OpenBraceToken.Span.End, type.CloseBraceToken.SpanStart, $"{end}{member}{end}{outer}");
        }

        return first
            ? Insert(type.OpenBraceToken.Span.End, $"{end}{member}{end}")
            : Replace(type.Members.Last().Span.End, type.Members.Last().Span.End, $"{end}{end}{member}");
    }

    /// <summary>What a line starts with before its first word.</summary>
    public static string IndentationAt(int position, SourceText text)
    {
        string line = text.Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>The file's way to end a line.</summary>
    public static string LineEnd(SourceText text)
    {
        TextLine line = text.Lines[0];
        string end = text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        return end.Length == 0 ? "\n" : end;
    }
}
