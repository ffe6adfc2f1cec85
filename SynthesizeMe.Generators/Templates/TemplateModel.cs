namespace SynthesizeMe.Generators;

/// <summary>A template file as read: what stands in it, without Scriban's types, and what is wrong with it whoever uses it.</summary>
/// <param name="Path">The file.</param>
/// <param name="Start">The file's first character, for what is wrong with the whole.</param>
/// <param name="Nodes">Its parts in order; empty when it cannot be read.</param>
/// <param name="Problems">Mistakes in the file itself.</param>
internal sealed record TemplateModel(string Path, LocationInfo Start, EquatableArray<TemplateNode> Nodes, EquatableArray<DiagnosticInfo> Problems);

/// <summary>A part of a template.</summary>
internal abstract record TemplateNode(LocationInfo At);

/// <summary>Text as it stands, whitespace control applied.</summary>
internal sealed record TextNode(string Text, LocationInfo At) : TemplateNode(At);

/// <summary>A value that is written.</summary>
internal sealed record ValueNode(TemplateExpression Value) : TemplateNode(Value.At);

/// <summary>The start of a message.</summary>
internal sealed record RoleNode(string Role, LocationInfo At) : TemplateNode(At);

/// <summary><c>if</c> with its <c>else if</c>s and its <c>else</c>, which is empty when there is none.</summary>
internal sealed record IfNode(EquatableArray<TemplateBranch> Branches, EquatableArray<TemplateNode> Otherwise, LocationInfo At) : TemplateNode(At);

/// <summary>A condition and what is written when it holds.</summary>
internal sealed record TemplateBranch(TemplateExpression Condition, EquatableArray<TemplateNode> Body);

/// <summary><c>for</c> over a list.</summary>
internal sealed record ForNode(string Variable, TemplateExpression List, EquatableArray<TemplateNode> Body, LocationInfo At) : TemplateNode(At);

/// <summary>An expression of a template.</summary>
internal abstract record TemplateExpression(LocationInfo At);

internal enum LiteralKind
{
    Null,
    Boolean,
    Text,
    Whole,
    Double,
    Decimal,
}

/// <summary>A constant: its text, or the number or truth value as C# writes it.</summary>
internal sealed record LiteralExpression(LiteralKind Kind, string Text, LocationInfo At) : TemplateExpression(At);

internal sealed record NameExpression(string Name, LocationInfo At) : TemplateExpression(At);

/// <param name="Target">What has the member.</param>
/// <param name="Name">The member.</param>
/// <param name="Dotted">The whole as written, such as <c>inputs.question</c>.</param>
/// <param name="NameAt">Where the member's name stands.</param>
/// <param name="At">Where the whole stands.</param>
internal sealed record MemberExpression(TemplateExpression Target, string Name, string Dotted, LocationInfo NameAt, LocationInfo At) : TemplateExpression(At);

/// <summary><c>!</c> or <c>-</c>.</summary>
internal sealed record UnaryExpression(string Operator, TemplateExpression Operand, LocationInfo At) : TemplateExpression(At);

internal sealed record BinaryExpression(string Operator, TemplateExpression Left, TemplateExpression Right, LocationInfo At) : TemplateExpression(At);

/// <summary>A function and its arguments; what is piped in comes first.</summary>
internal sealed record CallExpression(string Function, EquatableArray<TemplateExpression> Arguments, LocationInfo FunctionAt, LocationInfo At) : TemplateExpression(At);
