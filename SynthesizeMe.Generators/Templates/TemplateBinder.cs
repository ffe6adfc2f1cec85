namespace SynthesizeMe.Generators;

/// <summary>Gives each expression its type and its C#, by Scriban's rules where they are sound; what is not is reported once, where it stands.</summary>
internal sealed class TemplateBinder(SignatureModel model, TemplateScope scope, List<DiagnosticInfo> problems)
{
    private static readonly HashSet<string> Small = ["sbyte", "byte", "short", "ushort", "int"];

    /// <summary>The value; null when something is wrong with it, which has been reported.</summary>
    public TemplateValue? Bind(TemplateExpression expression)
    {
        switch (expression)
        {
            case LiteralExpression literal:
                return Literal(literal);
            case NameExpression name:
                return scope.Find(name);
            case MemberExpression { Target: NameExpression { Name: "for" } } loop:
                return scope.OfLoop(loop);
            case MemberExpression member:
                return Bind(member.Target) is { } owner ? scope.Member(member, owner) : null;
            case UnaryExpression { Operator: "!" } not:
                return Condition(not.Operand) is { } negated ? TemplateValue.Truth($"!{negated.Operand}") with { Compound = false } : null;
            case UnaryExpression minus:
                return Bind(minus.Operand) is { } operand ? Arithmetic("-", null, operand, minus.At) : null;
            case BinaryExpression { Operator: "&&" or "||" } both:
                TemplateValue? first = Condition(both.Left);
                TemplateValue? second = Condition(both.Right);
                return first is null || second is null ? null : TemplateValue.Truth($"{first.Operand} {both.Operator} {second.Operand}");
            case BinaryExpression binary:
                TemplateValue? left = Bind(binary.Left);
                TemplateValue? right = Bind(binary.Right);
                return left is null || right is null ? null : Binary(binary, left, right);
            case CallExpression call:
                return Call(call);
            default:
                return null;
        }
    }

    /// <summary>The value as a condition; null when it is none, which has been reported.</summary>
    public TemplateValue? Condition(TemplateExpression expression)
    {
        if (Bind(expression) is not { } value)
        {
            return null;
        }

        if (value.AsCondition is { } condition)
        {
            return condition;
        }

        string cure = value.Kind switch
        {
            ValueKind.List or ValueKind.Demos => "use its size, such as 'demos.size > 0'",
            ValueKind.Text => "use a comparison, such as '!= \"\"'",
            ValueKind.Content => "use it without 'if'",
            _ => "use a comparison",
        };
        return Wrong(expression.At, $"{value.Called} that is always there is no condition", cure);
    }

    private static TemplateValue Literal(LiteralExpression literal) => literal.Kind switch
    {
        LiteralKind.Text => new(ValueKind.Text, CodeWriter.Literal(literal.Text), Trusted: true, Constant: literal.Text),
        LiteralKind.Boolean => new(ValueKind.Boolean, literal.Text, Trusted: true),
        LiteralKind.Whole => new(ValueKind.Number, literal.Text, Type: Number("int"), Trusted: true, Constant: literal.Text),
        LiteralKind.Double => new(ValueKind.Number, literal.Text + "d", Type: Number("double"), Trusted: true, Constant: literal.Text),
        LiteralKind.Decimal => new(ValueKind.Number, literal.Text + "m", Type: Number("decimal"), Trusted: true, Constant: literal.Text),
        _ => new(ValueKind.Null, "(string?)null", true, Trusted: true),
    };

    private TemplateValue? Binary(BinaryExpression binary, TemplateValue left, TemplateValue right) => binary.Operator switch
    {
        "??" => Coalesce(binary, left, right),
        "+" when left.Kind == ValueKind.Text || right.Kind == ValueKind.Text => Concatenate(binary, left, right),
        "+" or "-" => Arithmetic(binary.Operator, left, right, binary.At),
        "==" or "!=" => Equal(binary, left, right),
        _ => Order(binary, left, right),
    };

    private TemplateValue? Coalesce(BinaryExpression binary, TemplateValue left, TemplateValue right)
    {
        if (!left.Optional)
        {
            return Wrong(binary.Left.At, $"{left.Called} that is always there needs no '??'", "use it alone");
        }

        bool trusted = left.Trusted && right.Trusted;
        if (left.Kind == right.Kind && (left.Kind == ValueKind.Boolean || (left.Kind == ValueKind.Number && Bare(left) == Bare(right))))
        {
            return left with { Code = $"{left.Operand} ?? {right.Operand}", Optional = right.Optional, Trusted = trusted, Compound = true };
        }

        return Text(binary, left, right) is var (l, r) ? new(ValueKind.Text, $"{l} ?? {r}", right.Optional, Trusted: trusted, Compound: true) : null;
    }

    private TemplateValue? Concatenate(BinaryExpression binary, TemplateValue left, TemplateValue right) =>
        Text(binary, left, right) is var (l, r) ? new(ValueKind.Text, $"string.Concat({l}, {r})", Trusted: left.Trusted && right.Trusted) : null;

    private (string Left, string Right)? Text(BinaryExpression binary, TemplateValue left, TemplateValue right)
    {
        if (left.AsText is { } l && right.AsText is { } r)
        {
            bool operands = binary.Operator == "??";
            return (operands && left.Kind == ValueKind.Text ? left.Operand : l, operands && right.Kind == ValueKind.Text ? right.Operand : r);
        }

        Wrong(binary.At, $"'{binary.Operator}' cannot join {left.Called} and {right.Called}", "use text, numbers or truth values");
        return null;
    }

    /// <summary>Sums and differences of small whole numbers, so that none can overflow.</summary>
    private TemplateValue? Arithmetic(string code, TemplateValue? left, TemplateValue right, LocationInfo at)
    {
        if ((left is null || IsSmall(left)) && IsSmall(right))
        {
            string sum = left is null ? $"-(long){right.Operand}" : $"(long){left.Operand} {code} {right.Operand}";
            return new(ValueKind.Number, sum, Type: Number("long") with { Key = "sum" }, Trusted: true, Compound: true);
        }

        return Wrong(at, $"'{code}' takes whole numbers that are always there", "use it with for.index, sizes, literals and fields of type int or smaller");
    }

    private TemplateValue? Equal(BinaryExpression binary, TemplateValue left, TemplateValue right)
    {
        string code = binary.Operator;
        if (left.Kind == ValueKind.Null || right.Kind == ValueKind.Null)
        {
            TemplateValue other = left.Kind == ValueKind.Null ? right : left;
            return other.Optional
                ? TemplateValue.Truth($"{other.Operand} {(code == "==" ? "is" : "is not")} null")
                : Wrong(binary.At, $"{other.Called} that is always there is never null", "use another comparison");
        }

        if (left.Kind == ValueKind.Text && right.Kind == ValueKind.Text)
        {
            return IsLabel(binary.Right, left, right) && IsLabel(binary.Left, right, left) ? TemplateValue.Truth($"{left.Operand} {code} {right.Operand}") : null;
        }

        return left.Kind == ValueKind.Boolean && right.Kind == ValueKind.Boolean ? TemplateValue.Truth($"{left.Operand} {code} {right.Operand}") : Order(binary, left, right);
    }

    private TemplateValue? Order(BinaryExpression binary, TemplateValue left, TemplateValue right)
    {
        if (left.Kind != ValueKind.Number || right.Kind != ValueKind.Number)
        {
            bool equality = binary.Operator is "==" or "!=";
            return Wrong(
                binary.At, $"'{binary.Operator}' cannot compare {left.Called} with {right.Called}", equality ? "use two values of one kind" : "use two numbers");
        }

        string l = Bare(left);
        string r = Bare(right);
        (string to, bool floats) = (l, r) switch
        {
            ("decimal", "float" or "double") or ("float" or "double", "decimal") => ("decimal", true),
            ("ulong", not ("ulong" or "float" or "double")) or (not ("ulong" or "float" or "double"), "ulong") => ("decimal", false),
            _ => ("", false),
        };
        if (floats && left.Constant is null && right.Constant is null)
        {
            return Wrong(binary.At, $"'{binary.Operator}' cannot compare a decimal with a {(l == "decimal" ? r : l)} exactly", "use two numbers of one type");
        }

        return TemplateValue.Truth($"{As(left, to)} {binary.Operator} {As(right, to)}");
    }

    private static string As(TemplateValue value, string type) => type switch
    {
        "" => value.Operand,
        _ when value.Constant is { } constant => constant + "m",
        _ => $"({type}{(value.Optional ? "?" : "")}){value.Operand}",
    };

    /// <summary>Reports a literal that a label is compared with and never is.</summary>
    private bool IsLabel(TemplateExpression at, TemplateValue label, TemplateValue literal)
    {
        if (label.Type is not { Shape: Shape.Label } type || literal.Constant is not { } text)
        {
            return true;
        }

        List<string> labels = [.. model.Enums.First(e => e.Key == type.Key).Written];
        if (!labels.Contains(text))
        {
            Wrong(at.At, $"'{text}' is not one of the labels", $"use {string.Join(", ", labels.Select(l => $"'{l}'"))}");
            return false;
        }

        return true;
    }

    private TemplateValue? Call(CallExpression call)
    {
        if (TemplateFunctions.Find(call.Function) is not { } function)
        {
            problems.Add(new(Rules.UnknownTemplateFunction, call.FunctionAt, new([call.Function, TemplateFunctions.Names])));
            return null;
        }

        if (call.Arguments.Count < function.Fewest || call.Arguments.Count > function.Takes.Length)
        {
            return Wrong(call.At, $"'{call.Function}' takes {function.InWords}, but is given {call.Arguments.Count} of them", "give it what it takes");
        }

        var arguments = new List<string>();
        bool trusted = function.Gives != ValueKind.Text;
        bool allTrusted = true;
        bool optional = false;
        for (int i = 0; i < call.Arguments.Count; i++)
        {
            if (Bind(call.Arguments[i]) is not { } argument)
            {
                return null;
            }

            if (Argument(argument, function.Takes[i]) is not { } code)
            {
                string takes = char.ToUpperInvariant(function.Takes[i]) switch { 'T' => "a text", 'L' => "a list", 'J' => "a list of texts, labels, numbers or truth values", _ => "a whole number" };
                return Wrong(call.Arguments[i].At, $"'{call.Function}' takes {takes} here, but is given {argument.Called}", "give it what it takes");
            }

            arguments.Add(code);
            allTrusted &= argument.Trusted;
            optional |= i == 0 && argument.Optional;
        }

        string result = $"{Runtime.TemplateText}.{function.Method}({string.Join(", ", arguments)})";
        return function.Gives switch
        {
            ValueKind.Number => TemplateScope.Whole(result),
            _ => new(function.Gives, result, optional && function.KeepsAbsence, Trusted: trusted || allTrusted),
        };
    }

    private string? Argument(TemplateValue argument, char takes) => takes switch
    {
        'N' => IsSmall(argument) && argument.Type!.Key != "sum" ? argument.Code : null,
        'L' => argument.Kind is ValueKind.Demos or ValueKind.List ? argument.Code : null,
        'J' => argument.Kind == ValueKind.List ? Listed(argument) : null,
        _ => argument.AsText,
    };

    /// <summary>A list as one of texts, so that it can be joined; its items are written as they would be alone.</summary>
    private string? Listed(TemplateValue list)
    {
        TypeModel element = list.Type!.Element!;
        if (element.Shape == Shape.Text || element is { Shape: Shape.Nullable, Element.Shape: Shape.Text })
        {
            return list.Items(model);
        }

        return TemplateValue.Of(model, element, "item").AsText is { } text
            ? $"{Runtime.TemplateText}.List<{element.CSharp}, string?>({list.Items(model)}, static item => {text})"
            : null;
    }

    private static bool IsSmall(TemplateValue value) =>
        value is { Kind: ValueKind.Number, Optional: false, Type: { } type } && (Small.Contains(type.CSharp) || type.Key == "sum");

    private static string Bare(TemplateValue number) => number.Type!.CSharp.TrimEnd('?');

    private static TypeModel Number(string type) => new(Shape.Number, type, IsWhole: type is "int" or "long");

    private TemplateValue? Wrong(LocationInfo at, string what, string cure)
    {
        problems.Add(new(Rules.TemplateKind, at, new([what, cure])));
        return null;
    }
}
