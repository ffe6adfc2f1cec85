using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SynthesizeMe.Generators;

/// <summary>What a <c>[Signature]</c> declaration gave: its model, and where it names a template.</summary>
internal sealed record SignatureDeclaration(Reading<SignatureModel> Reading, TemplateUse? Template);

/// <summary>Reads a <c>[Signature]</c> declaration into a model without symbols, and reports what is wrong with it.</summary>
internal static class SignatureReader
{
    private static readonly HashSet<string> ReservedNames = ["completed", "respond", "augmented"];
    private static readonly HashSet<string> ReservedArguments = ["predictor", "cancellationToken"];
    private static readonly HashSet<string> ReservedMembers = ["Inputs", "Partial", "Predict", "ChainOfThought", "ToInputs"];

    public static SignatureDeclaration Read(MarkedType marked, CancellationToken cancellationToken)
    {
        if (marked.OldLanguage is { } old)
        {
            return new(new(null, new([old])), null);
        }

        var problems = new List<DiagnosticInfo>();
        SignatureModel? model = Read(marked, problems, cancellationToken);
        return new(
            new(problems.Count == 0 ? model : null, new(problems.Distinct())), TemplateSources.ReadUse(marked.Mark, cancellationToken));
    }

    private static SignatureModel? Read(MarkedType marked, List<DiagnosticInfo> problems, CancellationToken cancellationToken)
    {
        INamedTypeSymbol type = marked.Symbol;
        TypeDeclarationSyntax declaration = marked.Declaration;
        Location at = declaration.Identifier.GetLocation();
        if (declaration is not RecordDeclarationSyntax || !type.IsReferenceType)
        {
            problems.Add(DiagnosticInfo.Create(Rules.NotARecordClass, at, type.Name));
            return null;
        }

        if (!declaration.Modifiers.Any(SyntaxKind.PartialKeyword))
        {
            problems.Add(DiagnosticInfo.Create(Rules.NotPartial, at, type.Name));
        }

        if (ReservedMembers.Contains(type.Name))
        {
            problems.Add(DiagnosticInfo.Create(Rules.ReservedName, at, type.Name));
        }

        TypePlace? place = PlaceReader.Read(type, declaration, problems);
        if (place is { IsReachable: true } && type.ContainingNamespace.GetMembers(place.Calls).Any(IsInTheWay))
        {
            problems.Add(DiagnosticInfo.Create(Rules.CallsNameTaken, at, type.Name, place.Calls));
        }

        if (declaration.ParameterList is not { Parameters.Count: > 0 } parameters)
        {
            problems.Add(DiagnosticInfo.Create(Rules.NoParameters, at, type.Name));
            return null;
        }

        if (BodyReader.FindRequired(type, ConstructorOf(type, declaration)) is { } required)
        {
            problems.Add(DiagnosticInfo.Create(Rules.RequiredMember, required.Locations.FirstOrDefault(l => l.IsInSource) ?? at, required.Name));
        }

        var enums = new Dictionary<string, EnumModel>();
        var records = new Dictionary<string, RecordModel>();
        var unions = new Dictionary<string, UnionModel>();
        var cautions = new Cautions();
        cautions.Add(type);
        var fields = new List<FieldModel>();
        bool anyOutput = false;
        foreach (ParameterSyntax syntax in parameters.Parameters)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reader = new TypeReader(syntax.Type?.GetLocation(), problems, cautions);
            if (marked.Model.GetDeclaredSymbol(syntax, cancellationToken) is not IParameterSymbol parameter)
            {
                continue;
            }

            anyOutput |= parameter.Find(KnownTypes.Output) is not null;
            if (ReadField(parameter, syntax, reader, problems, cautions) is { } field)
            {
                Distinguish(field, syntax, fields, problems);
                fields.Add(field);
                foreach (EnumModel model in reader.Enums)
                {
                    enums[model.Key] = model;
                }

                foreach (RecordModel model in reader.Records)
                {
                    records[model.Key] = model;
                }

                foreach (UnionModel model in reader.Unions)
                {
                    unions[model.Key] = model;
                }

                Recursion.Require(field.Type, records, unions, syntax.Type?.GetLocation(), problems);
            }
        }

        if (!anyOutput)
        {
            problems.Add(DiagnosticInfo.Create(Rules.NoOutput, at, type.Name));
        }

        string instructions = marked.Mark.ConstructorArguments.FirstOrDefault().Value as string
            ?? SummaryText.Of(declaration)
            ?? Sentence(fields);
        (EquatableArray<RecordModel> recordModels, EquatableArray<UnionModel> unionModels) = Recursion.Mark(records, unions);
        return place is null
            ? null
            : new(
                place,
                instructions.Replace("\r\n", "\n"),
                new(fields),
                new(enums.Values.OrderBy(e => e.Key, StringComparer.Ordinal)),
                recordModels,
                unionModels,
                TemplateSources.NameIn(marked.Mark),
                cautions.Ids);
    }

    private static FieldModel? ReadField(
        IParameterSymbol parameter, ParameterSyntax syntax, TypeReader reader, List<DiagnosticInfo> problems, Cautions cautions)
    {
        Location at = syntax.Identifier.GetLocation();
        AttributeData? input = parameter.Find(KnownTypes.Input);
        AttributeData? output = parameter.Find(KnownTypes.Output);
        if (input is null && output is null)
        {
            problems.Add(DiagnosticInfo.Create(Rules.NeitherInputNorOutput, at, parameter.Name));
            return null;
        }

        if (input is not null && output is not null)
        {
            problems.Add(DiagnosticInfo.Create(Rules.InputAndOutput, at, parameter.Name));
            return null;
        }

        string name = Names.ToSnakeCase(parameter.Name);
        bool isArgument = input is not null && ReservedArguments.Contains(Names.ToParameter(parameter.Name));
        if (ReservedNames.Contains(name) || ReservedMembers.Contains(parameter.Name) || isArgument)
        {
            problems.Add(DiagnosticInfo.Create(Rules.ReservedName, at, parameter.Name));
            return null;
        }

        bool marksProperty = syntax.AttributeLists.Any(l => l.Target is not null);
        ISymbol? property = marksProperty ? parameter.ContainingType.GetMembers(parameter.Name).OfType<IPropertySymbol>().FirstOrDefault() : null;
        cautions.Add(property);
        reader.IsReply = output is not null;
        if (reader.ReadValue(parameter, property, atAttribute: true) is not { } value)
        {
            return null;
        }

        if (output is not null && value.Type.Has(Shape.Conversation))
        {
            problems.Add(DiagnosticInfo.Create(Rules.ConversationOutput, syntax.Type?.GetLocation(), parameter.Name));
            return null;
        }

        if (output is not null && value.Type.Has(Shape.Content))
        {
            problems.Add(DiagnosticInfo.Create(Rules.ContentOutput, syntax.Type?.GetLocation(), parameter.Name));
            return null;
        }

        if (output is not null && value is { Type.Shape: Shape.Nullable, Default.IsNull: false })
        {
            problems.Add(DiagnosticInfo.Create(Rules.NullableWithDefault, at, parameter.Name));
            return null;
        }

        string description = (input ?? output)!.ConstructorArguments.FirstOrDefault().Value as string ?? "";
        bool asTurns = input?.Named("AsTurns") is true;
        if (asTurns && value.Given.Shape != Shape.Conversation)
        {
            problems.Add(DiagnosticInfo.Create(Rules.Turns, at, parameter.Name, "it is no Conversation: declare it as one"));
            return null;
        }

        return new(parameter.Name, name, description, output is not null, value, asTurns, input?.Named("OmitFromDemos") is true, parameter.IsParams);
    }

    private static void Distinguish(FieldModel field, ParameterSyntax syntax, List<FieldModel> earlier, List<DiagnosticInfo> problems)
    {
        if (earlier.Find(f => f.Name == field.Name) is { } twin)
        {
            problems.Add(DiagnosticInfo.Create(Rules.DuplicateName, syntax.Identifier.GetLocation(), twin.Parameter, field.Parameter, field.Name));
        }

        if (field.AsTurns && earlier.Find(f => f.AsTurns) is { } first)
        {
            problems.Add(DiagnosticInfo.Create(
                Rules.Turns, syntax.Identifier.GetLocation(), field.Parameter, $"'{first.Parameter}' is already, and one could not tell them apart: keep one of them"));
        }
    }

    private static string Sentence(List<FieldModel> fields)
    {
        string inputs = string.Join(", ", fields.Where(f => !f.IsOutput).Select(f => $"`{f.Name}`"));
        string outputs = string.Join(", ", fields.Where(f => f.IsOutput).Select(f => $"`{f.Name}`"));
        return inputs.Length == 0 ? $"Produce {outputs}." : $"Given {inputs}, produce {outputs}.";
    }

    /// <summary>Whether no other type can have the name; one of a file has it only there.</summary>
    private static bool IsInTheWay(INamespaceOrTypeSymbol symbol) => symbol is INamespaceSymbol or INamedTypeSymbol { Arity: 0, IsFileLocal: false };

    private static IMethodSymbol? ConstructorOf(INamedTypeSymbol type, TypeDeclarationSyntax declaration) =>
        type.InstanceConstructors.FirstOrDefault(c => c.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == declaration.SyntaxTree && r.Span == declaration.Span));
}
