using static SynthesizeMe.Generators.CodeWriter;

namespace SynthesizeMe.Generators;

/// <summary>Turns a template into the C# that renders it for one signature.</summary>
internal sealed class TemplateCompiler
{
    private readonly SignatureModel _model;
    private readonly List<DiagnosticInfo> _problems = [];
    private readonly TemplateScope _scope;
    private readonly TemplateBinder _binder;
    private readonly CodeWriter _parts = new();
    private readonly CodeWriter _whole = new();
    private CodeWriter _code;
    private int _loops;
    private bool _anyRole;
    private bool _roleSeen;

    private TemplateCompiler(SignatureModel model)
    {
        _model = model;
        _code = _whole;
        _scope = new(model, _problems);
        _binder = new(model, _scope, _problems);
    }

    /// <summary>The statements that render the template; without them, if the template has errors, the signature keeps the built-in layout.</summary>
    public static Reading<CompiledSignature> Compile(TemplatedSignature source)
    {
        if (source.Template is not { } template)
        {
            return new(new(source.Signature, null), default);
        }

        if (template.Problems.Count > 0)
        {
            return new(new(source.Signature, null), template.Problems);
        }

        var compiler = new TemplateCompiler(source.Signature) { _anyRole = HasRole(template.Nodes) };
        compiler.WriteStretches(template.Nodes);
        compiler.ReportOmissions(template.Start);
        bool sound = compiler._problems.All(p => p.Descriptor.DefaultSeverity != Microsoft.CodeAnalysis.DiagnosticSeverity.Error);
        return new(new(source.Signature, sound ? new(compiler._parts.ToString(), compiler._whole.ToString()) : null), new(compiler._problems));
    }

    private void WriteStretches(EquatableArray<TemplateNode> nodes)
    {
        int parts = 0;
        foreach (TemplateStretch stretch in TemplateParts.Of(nodes))
        {
            _code = stretch.IsLive ? _whole : _parts;
            Write(stretch.Nodes);
            if (!stretch.IsLive)
            {
                _parts.Line("writer.EndPart();");
                _whole.Line($"writer.Part({parts++});");
            }
        }
    }

    private void Write(IEnumerable<TemplateNode> nodes)
    {
        foreach (TemplateNode node in nodes)
        {
            Write(node);
        }
    }

    private void Write(TemplateNode node)
    {
        RequireRole(node);
        switch (node)
        {
            case TextNode text:
                WriteConstant(text.Text);
                break;
            case RoleNode role:
                _roleSeen = true;
                _code.Line($"writer.Role({Runtime.ChatRole}.{char.ToUpperInvariant(role.Role[0])}{role.Role.Substring(1)});");
                break;
            case ValueNode value:
                WriteValue(value);
                break;
            case IfNode condition:
                WriteIf(condition);
                break;
            case ForNode loop:
                WriteFor(loop);
                break;
        }
    }

    /// <summary>In a template with messages, whatever is written stands in one of them.</summary>
    private void RequireRole(TemplateNode node)
    {
        if (_anyRole && !_roleSeen && (node is ValueNode || (node is TextNode { Text: var text } && !string.IsNullOrWhiteSpace(text))))
        {
            _roleSeen = true;
            _problems.Add(new(Rules.TextBeforeRole, node.At, default));
        }
    }

    private void WriteConstant(string text)
    {
        string[] lines = text.Split('\n');
        if (lines.Length < 3)
        {
            _code.Line($"writer.Append({Literal(text)});");
            return;
        }

        _code.Line("writer.Append(");
        _code.Indented(() =>
        {
            for (int i = 0; i < lines.Length; i++)
            {
                bool last = i == lines.Length - 1 || (i == lines.Length - 2 && lines[i + 1].Length == 0);
                _code.Line($"{Literal(i == lines.Length - 1 ? lines[i] : lines[i] + "\n")}{(last ? ");" : " +")}");
                if (last)
                {
                    break;
                }
            }
        });
    }

    private void WriteValue(ValueNode node)
    {
        if (_binder.Bind(node.Value) is not { } value)
        {
            return;
        }

        switch (value.Kind)
        {
            case ValueKind.Null:
                break;
            case ValueKind.Text when value.Conversation is { } conversation:
                _code.Line($"writer.{(value.AsTurns ? "Turns" : "Conversation")}({conversation});");
                break;
            case ValueKind.Content:
                _code.Line($"writer.Content({value.Code});");
                break;
            case ValueKind.List when value.Type!.IsContents:
                _code.Line($"writer.Contents({value.Code});");
                break;
            case ValueKind.Text:
                _code.Line($"writer.{(value.Trusted ? "Append" : "Text")}({value.Code});");
                break;
            case ValueKind.Boolean:
                _code.Line($"writer.Boolean({value.Code});");
                break;
            case ValueKind.Number:
                _code.Line($"writer.Number({value.Code});");
                break;
            case ValueKind.List or ValueKind.Record or ValueKind.Other:
                string json = value.Optional ? $"some{_loops++}" : value.Code;
                if (value.Optional)
                {
                    _code.Open($"if ({value.Code} is {{ }} {json})");
                }

                _code.Line($"writer.Json({json}, static (json, all) =>");
                _code.Open();
                JsonEmitter.Write(_code, _model, value.Type!, "all", "json");
                _code.Close(");");
                if (value.Optional)
                {
                    _code.Close();
                }

                break;
            default:
                _problems.Add(new(Rules.TemplateKind, node.At, new([$"{value.Called} cannot be written whole", "name one of its fields"])));
                break;
        }
    }

    private void WriteIf(IfNode node)
    {
        string keyword = "if";
        foreach (TemplateBranch branch in node.Branches)
        {
            _code.Open($"{keyword} ({_binder.Condition(branch.Condition)?.Code ?? "false"})");
            Write(branch.Body);
            _code.Close();
            keyword = "else if";
        }

        if (node.Otherwise.Count > 0)
        {
            _code.Open("else");
            Write(node.Otherwise);
            _code.Close();
        }
    }

    private void WriteFor(ForNode node)
    {
        if (_binder.Bind(node.List) is not { } list)
        {
            return;
        }

        int number = _loops++;
        (string index, string item) = ($"index{number}", $"item{number}");
        string? items = null;
        TemplateValue? each = null;
        if (list.Kind == ValueKind.Demos)
        {
            (items, each) = (list.Code, new(ValueKind.Demo, item));
        }
        else if (list is { Kind: ValueKind.List, Type.Element: { } element })
        {
            items = $"list{number}";
            each = TemplateValue.Of(_model, element, item);
            _code.Line($"var {items} = {Runtime.TemplateText}.List<{element.CSharp}>({list.Items(_model)});");
        }

        if (items is null || each is null)
        {
            _problems.Add(new(Rules.TemplateKind, node.List.At, new([$"{list.Called} is not a list", "use 'for' with demos or a field that is a list"])));
            return;
        }

        string count = list.Kind == ValueKind.Demos ? $"{items}.Length" : $"{items}.Count";
        _code.Open($"for (int {index} = 0; {index} < {count}; {index}++)");
        _code.Line($"var {item} = {items}[{index}];");
        _scope.Enter(node, each, index, count);
        Write(node.Body);
        _scope.Leave();
        _code.Close();
    }

    private void ReportOmissions(LocationInfo start)
    {
        if (!_scope.Used.Contains("format"))
        {
            _problems.Add(new(Rules.FormatOmitted, start, default));
        }

        foreach (FieldModel input in _model.Inputs.Where(i => !_scope.Used.Contains($"inputs.{i.Name}")))
        {
            _problems.Add(new(Rules.InputOmitted, start, new([input.Name])));
        }

        foreach (string choice in new[] { "instructions", "demos" }.Where(c => !_scope.Used.Contains(c)))
        {
            _problems.Add(new(Rules.ChoiceOmitted, start, new([choice])));
        }
    }

    private static bool HasRole(EquatableArray<TemplateNode> nodes) => nodes.Any(n => n switch
    {
        RoleNode => true,
        IfNode condition => condition.Branches.Any(b => HasRole(b.Body)) || HasRole(condition.Otherwise),
        ForNode loop => HasRole(loop.Body),
        _ => false,
    });
}

/// <summary>A signature and the statements that render its template, if it has a sound one.</summary>
internal sealed record CompiledSignature(SignatureModel Signature, TemplateCode? Template);

/// <summary>The statements of a template.</summary>
/// <param name="Parts">Those that do not depend on the inputs of a call; empty when all do.</param>
/// <param name="Whole">All, with a reference in place of each of those.</param>
internal sealed record TemplateCode(string Parts, string Whole);
