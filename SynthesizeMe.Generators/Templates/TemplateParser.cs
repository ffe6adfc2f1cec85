using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Scriban;
using Scriban.Parsing;
using Scriban.Syntax;

namespace SynthesizeMe.Generators;

/// <summary>
/// Reads a Scriban template into a model. Scriban parses and is never asked to render; each of its nodes is either translated or reported.
/// </summary>
internal sealed class TemplateParser
{
    private readonly string _path;
    private readonly List<DiagnosticInfo> _problems = [];

    private TemplateParser(string path) => _path = path;

    public static TemplateModel Parse(string path, string text)
    {
        var parser = new TemplateParser(path);
        var start = new LocationInfo(path, new TextSpan(0, 0), default);
        Template template = Template.Parse(text, path);
        if (template.HasErrors)
        {
            parser.ReportSyntax(template.Messages);
            return new(path, start, default, new(parser._problems));
        }

        List<TemplateNode> nodes = parser.Read(template.Page?.Body);
        return new(path, start, new(nodes), new(parser._problems));
    }

    /// <summary>Scriban's errors cascade: the first of each line is the one that helps.</summary>
    private void ReportSyntax(IEnumerable<LogMessage> messages)
    {
        foreach (LogMessage message in messages.Where(m => m.Type == ParserMessageType.Error).GroupBy(m => m.Span.Start.Line).Select(g => g.First()))
        {
            string what = message.Message.Trim().Replace("\r", "").Replace("\n", " ");
            int grammar = what.IndexOf(" in: ", StringComparison.Ordinal);
            what = (grammar < 0 ? what : what.Substring(0, grammar)).TrimEnd('.');
            _problems.Add(new(Rules.TemplateSyntax, At(message.Span), new([what])));
        }
    }

    private List<TemplateNode> Read(ScriptBlockStatement? block)
    {
        var nodes = new List<TemplateNode>();
        foreach (ScriptStatement statement in block?.Statements ?? [])
        {
            Read(statement, nodes);
        }

        return nodes;
    }

    private void Read(ScriptStatement statement, List<TemplateNode> nodes)
    {
        switch (statement)
        {
            case ScriptEscapeStatement or ScriptNopStatement or ScriptEndStatement:
                break;
            case ScriptRawStatement raw:
                ReadText(raw, nodes);
                break;
            case ScriptExpressionStatement { Expression: ScriptFunctionCall { Target: ScriptVariableGlobal { Name: "role" } } call }:
                ReadRole(call, nodes);
                break;
            case ScriptExpressionStatement { Expression: ScriptVariableGlobal { Name: "role" } bare }:
                _problems.Add(new(Rules.UnknownRole, At(bare.Span), new(["role"])));
                break;
            case ScriptExpressionStatement { Expression: { } expression }:
                if (Read(expression) is { } value)
                {
                    nodes.Add(new ValueNode(value));
                }

                break;
            case ScriptIfStatement condition:
                ReadIf(condition, nodes);
                break;
            case ScriptForStatement loop and not ScriptTableRowStatement:
                ReadFor(loop, nodes);
                break;
            default:
                Unsupported(statement, Described(statement));
                break;
        }
    }

    private void ReadText(ScriptRawStatement raw, List<TemplateNode> nodes)
    {
        string text = raw.Text.ToString().Replace("\r\n", "\n");
        if (nodes.Count > 0 && nodes[nodes.Count - 1] is TextNode before)
        {
            nodes[nodes.Count - 1] = before with { Text = before.Text + text };
        }
        else if (text.Length > 0)
        {
            nodes.Add(new TextNode(text, At(raw.Span)));
        }
    }

    private void ReadRole(ScriptFunctionCall call, List<TemplateNode> nodes)
    {
        if (call.Arguments is [ScriptLiteral { Value: "system" or "user" or "assistant" } role])
        {
            nodes.Add(new RoleNode((string)role.Value, At(call.Span)));
            return;
        }

        bool one = call.Arguments.Count == 1;
        _problems.Add(new(Rules.UnknownRole, At(one ? call.Arguments[0].Span : call.Span), new([Written(one ? call.Arguments[0] : call)])));
    }

    private void ReadIf(ScriptIfStatement statement, List<TemplateNode> nodes)
    {
        var branches = new List<TemplateBranch>();
        List<TemplateNode> otherwise = [];
        for (ScriptConditionStatement? part = statement; part is not null; part = (part as ScriptIfStatement)?.Else)
        {
            switch (part)
            {
                case ScriptIfStatement { Condition: { } condition } branch:
                    TemplateExpression? read = Read(condition);
                    List<TemplateNode> body = Read(branch.Then);
                    if (read is not null)
                    {
                        branches.Add(new(read, new(body)));
                    }

                    break;
                case ScriptElseStatement last:
                    otherwise = Read(last.Body);
                    break;
                default:
                    Unsupported(part, Described(part));
                    break;
            }
        }

        nodes.Add(new IfNode(new(branches), new(otherwise), At(statement.Span)));
    }

    private void ReadFor(ScriptForStatement statement, List<TemplateNode> nodes)
    {
        if (statement.NamedArguments is { Count: > 0 } options)
        {
            Unsupported(options[0], Written(options[0]));
        }

        if (statement.Else is { } none)
        {
            _problems.Add(new(Rules.UnsupportedSyntax, At(none.ElseKeyword.Span), new(["for ... else"])));
        }

        TemplateExpression? list = statement.Iterator is null ? null : Read(statement.Iterator);
        List<TemplateNode> body = Read(statement.Body);
        if (statement.Variable is not ScriptVariableGlobal variable)
        {
            ScriptNode named = (ScriptNode?)statement.Variable ?? statement;
            Unsupported(named, Written(named));
        }
        else if (list is not null)
        {
            nodes.Add(new ForNode(variable.Name, list, new(body), At(variable.Span)));
        }
    }

    private TemplateExpression? Read(ScriptExpression expression)
    {
        LocationInfo at = At(expression.Span);
        switch (expression)
        {
            case ScriptNestedExpression { Expression: { } inner }:
                return Read(inner);
            case ScriptLiteral literal when Literal(literal, at) is { } constant:
                return constant;
            case ScriptVariableGlobal variable:
                return new NameExpression(variable.Name, at);
            case ScriptMemberExpression { Target: { } target, Member: ScriptVariableGlobal member, DotToken.Value: "." }:
                return Read(target) is { } owner ? new MemberExpression(owner, member.Name, Written(expression), At(member.Span), at) : null;
            case ScriptUnaryExpression { Operator: ScriptUnaryOperator.Not or ScriptUnaryOperator.Negate, Right: { } right } unary:
                return Read(right) is { } operand ? new UnaryExpression(unary.Operator == ScriptUnaryOperator.Not ? "!" : "-", operand, at) : null;
            case ScriptBinaryExpression { Left: { } left, Right: { } right } binary when Operator(binary.Operator) is { } code:
                TemplateExpression? first = Read(left);
                TemplateExpression? second = Read(right);
                return first is null || second is null ? null : new BinaryExpression(code, first, second, at);
            case ScriptFunctionCall call:
                return ReadCall(call, null, at);
            case ScriptPipeCall { From: { } from, To: { } to }:
                return Read(from) is { } piped ? ReadCall(to, piped, at) : null;
            default:
                Unsupported(expression, Described(expression));
                return null;
        }
    }

    private CallExpression? ReadCall(ScriptExpression call, TemplateExpression? piped, LocationInfo at)
    {
        if (call is ScriptPipeCall { From: { } first, To: { } next })
        {
            return ReadCall(first, piped, At(first.Span)) is { } result ? ReadCall(next, result, at) : null;
        }

        ScriptExpression target = call is ScriptFunctionCall { Target: { } called } ? called : call;
        if (target is not ScriptVariableGlobal and not ScriptMemberExpression { Target: ScriptVariableGlobal, DotToken.Value: "." })
        {
            Unsupported(target, Written(target));
            return null;
        }

        var arguments = new List<TemplateExpression>();
        if (piped is not null)
        {
            arguments.Add(piped);
        }

        bool sound = true;
        foreach (ScriptExpression argument in (call as ScriptFunctionCall)?.Arguments ?? [])
        {
            if (Read(argument) is { } read)
            {
                arguments.Add(read);
            }
            else
            {
                sound = false;
            }
        }

        return sound ? new(Written(target), new(arguments), At(target.Span), at) : null;
    }

    private static LiteralExpression? Literal(ScriptLiteral literal, LocationInfo at) => literal.Value switch
    {
        null => new(LiteralKind.Null, "null", at),
        bool truth => new(LiteralKind.Boolean, truth ? "true" : "false", at),
        string text => new(LiteralKind.Text, text, at),
        int number => new(LiteralKind.Whole, number.ToString(CultureInfo.InvariantCulture), at),
        double number when !double.IsInfinity(number) => new(LiteralKind.Double, number.ToString("R", CultureInfo.InvariantCulture), at),
        decimal number => new(LiteralKind.Decimal, number.ToString(CultureInfo.InvariantCulture), at),
        _ => null,
    };

    private static string? Operator(ScriptBinaryOperator code) => code switch
    {
        ScriptBinaryOperator.And => "&&",
        ScriptBinaryOperator.Or => "||",
        ScriptBinaryOperator.CompareEqual => "==",
        ScriptBinaryOperator.CompareNotEqual => "!=",
        ScriptBinaryOperator.CompareLess => "<",
        ScriptBinaryOperator.CompareLessOrEqual => "<=",
        ScriptBinaryOperator.CompareGreater => ">",
        ScriptBinaryOperator.CompareGreaterOrEqual => ">=",
        ScriptBinaryOperator.EmptyCoalescing => "??",
        ScriptBinaryOperator.Add => "+",
        ScriptBinaryOperator.Subtract => "-",
        _ => null,
    };

    private void Unsupported(ScriptNode node, string what) => _problems.Add(new(Rules.UnsupportedSyntax, At(node.Span), new([what])));

    /// <summary>What a person would call it: the operator, the keyword, else the text.</summary>
    private static string Described(ScriptNode node) => node switch
    {
        ScriptBinaryExpression binary => binary.OperatorAsText ?? Written(node),
        ScriptUnaryExpression unary => unary.OperatorAsText ?? Written(node),
        ScriptExpression => Written(node),
        _ => node.GetType().Name.Replace("Script", "").Replace("Statement", "").ToLowerInvariant(),
    };

    private static string Written(ScriptNode node)
    {
        string text = (node.ToString() ?? "").Trim();
        return text.Length <= 60 ? text : text.Substring(0, 57) + "...";
    }

    /// <summary>The place of a span of Scriban's, whose end is inclusive.</summary>
    private LocationInfo At(SourceSpan span)
    {
        int start = Math.Max(0, span.Start.Offset);
        int length = Math.Max(0, span.End.Offset + 1 - start);
        var from = new LinePosition(Math.Max(0, span.Start.Line), Math.Max(0, span.Start.Column));
        var to = new LinePosition(Math.Max(from.Line, span.End.Line), Math.Max(0, span.End.Column + 1));
        return new(_path, new TextSpan(start, length), new LinePositionSpan(from, to < from ? from : to));
    }
}
