using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using CsCheck;
using Microsoft.Extensions.AI;
using Scriban;
using Scriban.Runtime;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Generators.Tests.Templates;

/// <summary>Random templates with random values: the emitted code writes what Scriban writes.</summary>
public class ScribanEqualityTests
{
    private const int Templates = 200;
    private const int ValuesPerTemplate = 6;

    private const string Moods = """
        public enum Mood { Good, [System.ComponentModel.Description("so so")] Middling, Bad }
        """;

    private static readonly Gen<string> Word = Gen.OneOf("a", "Aé", " ", "\n", "b c", "😀", "Good", "raw", "\r\n", "<x>", "{{ x }}", "[[", "zzzzzzzzzzzz", "\t", "");

    private static readonly Gen<string> Words = Word.Array[0, 4].Select(string.Concat);

    private static readonly Gen<Values> AnyValues = Gen.Select(
        Gen.Select(Words, Words.Null(), Gen.Int[-3, 30], Optional(Gen.Int[-3, 30]), (text, hint, count, rank) => (text, hint, count, rank)),
        Gen.Select(Gen.OneOf(0.5, 1.5, 2, -1e20, 1e-7, 0.1), Optional(Gen.OneOf(1m, 2.5m, 1.10m)), Gen.Bool, Optional(Gen.Bool), (ratio, price, sure, maybe) => (ratio, price, sure, maybe)),
        Gen.Select(Gen.Int[0, 2], Optional(Gen.Int[0, 2]), Words.Array[0, 3], Gen.Int[-9, 9].List[0, 3].Null(), (mood, other, tags, numbers) => (mood, other, tags, numbers)),
        Gen.Select(Words, Optional(Gen.Int), (answer, score) => (answer, score)),
        (a, b, c, d) => new Values(a.text, a.hint, a.count, a.rank, b.ratio, b.price, b.sure, b.maybe, c.mood, c.other, c.tags, c.numbers, d.answer, d.score));

    [Fact]
    public void The_emitted_code_writes_what_Scriban_writes()
    {
        string[] templates = AnyTemplate.Whole.Array[Templates].Single();
        Compiled compiled = Compiled.With(
            Moods + string.Concat(Enumerable.Range(0, Templates).Select(AnyTemplate.Source)),
            templates.Select((t, i) => new TemplateFile($"t{i}.prompt.scriban", t)));
        Assert.Null(compiled.Exception);
        string errors = string.Join('\n', compiled.Problems.Where(p => p.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error)
            .Select(p => $"{p}\n    {templates[int.Parse(p.Location.GetLineSpan().Path[1..].Split('.')[0], CultureInfo.InvariantCulture)]}").Take(5));
        Assert.True(errors.Length == 0, errors);
        Assembly assembly = compiled.Load();
        for (int i = 0; i < Templates; i++)
        {
            var check = (ICheck)Activator.CreateInstance(typeof(Check<>).MakeGenericType(assembly.GetType($"T{i}", throwOnError: true)!))!;
            string template = templates[i];
            Gen.Select(AnyValues, Gen.Select(AnyValues, Words.Null(), Gen.Bool, (v, r, b) => (v, r, b)).Array[0, 2], Words, Gen.Bool).Sample(
                (live, demos, instructions, reasoning) => check.Run(template, live, demos, instructions, reasoning), iter: ValuesPerTemplate, threads: 1);
        }
    }

    private static Gen<T?> Optional<T>(Gen<T> value)
        where T : struct => Gen.Select(Gen.Bool, value, (some, v) => some ? v : (T?)null);

    /// <summary>The fields of a signature of <see cref="AnyTemplate.Source"/>; labels by number.</summary>
    internal sealed record Values(
        string Text, string? Hint, int Count, int? Rank, double Ratio, decimal? Price, bool Sure, bool? Maybe,
        int Mood, int? Other, string[] Tags, List<int>? Numbers, string Answer, int? Score)
    {
        private static readonly string[] Labels = ["Good", "so so", "Bad"];

        public object Create(Type signature)
        {
            ConstructorInfo constructor = signature.GetConstructors().Single();
            Type mood = constructor.GetParameters()[8].ParameterType;
            object? other = Other is { } o ? Enum.ToObject(mood, o) : null;
            return constructor.Invoke([Text, Hint, Count, Rank, Ratio, Price, Sure, Maybe, Enum.ToObject(mood, Mood), other, Tags, Numbers, Answer, Score]);
        }

        public ScriptObject Inputs => new()
        {
            ["text"] = Text,
            ["hint"] = Hint,
            ["count"] = Count,
            ["rank"] = Rank,
            ["ratio"] = Ratio,
            ["price"] = Price,
            ["sure"] = Sure,
            ["maybe"] = Maybe,
            ["mood"] = Labels[Mood],
            ["other"] = Other is { } other ? Labels[other] : null,
            ["tags"] = Tags,
            ["numbers"] = Numbers,
        };

        public ScriptObject Outputs => new()
        {
            ["answer"] = Answer,
            ["score"] = Score,
        };
    }

    private interface ICheck
    {
        void Run(string template, Values live, (Values Value, string? Reasoning, bool Verified)[] demos, string instructions, bool reasoning);
    }

    private sealed class Check<T> : ICheck
        where T : class, ISignature<T>
    {
        private const string Edge = "\uE000";

        public void Run(string template, Values live, (Values Value, string? Reasoning, bool Verified)[] demos, string instructions, bool reasoning)
        {
            ImmutableArray<Demo<T>> typed = [.. demos.Select(d => new Demo<T>((T)d.Value.Create(typeof(T)), d.Reasoning, d.Verified))];
            string Reply(Demo<T> demo, string? thought) => $"R{typed.IndexOf(demo)}:{thought}";
            var context = new TemplateContext<T>(instructions, "Reply so.", reasoning, typed, Reply);
            string ours = Shown(new PromptTemplate<T>(context, null).Render(T.InputsOf((T)live.Create(typeof(T)))));
            var globals = new ScriptObject
            {
                ["instructions"] = instructions,
                ["format"] = "Reply so.",
                ["reasoning"] = reasoning,
                ["inputs"] = live.Inputs,
                ["demos"] = demos.Select((d, i) => new ScriptObject
                {
                    ["inputs"] = d.Value.Inputs,
                    ["outputs"] = d.Value.Outputs,
                    ["reasoning"] = reasoning ? d.Reasoning : null,
                    ["verified"] = d.Verified,
                    ["reply"] = Reply(typed[i], reasoning ? d.Reasoning : null),
                }).ToArray(),
            };
            globals.Import("role", (Func<string, string>)(role => Edge + role + Edge));
            var scriban = new Scriban.TemplateContext { AutoIndent = false, StrictVariables = true };
            scriban.PushGlobal(globals);
            string theirs = Shown(Split(Template.Parse(template.Replace("\r\n", "\n", StringComparison.Ordinal)).Render(scriban)));
            Assert.True(theirs == ours, $"{template}\n----- Scriban\n{theirs}\n----- ours\n{ours}");
        }

        /// <summary>The messages: role, text, role, text.</summary>
        private static IEnumerable<Turn> Split(string rendered)
        {
            string[] parts = rendered.Split(Edge);
            for (int i = 1; i < parts.Length; i += 2)
            {
                yield return new Turn(new ChatRole(parts[i]), parts[i + 1].Trim());
            }
        }

        private static string Shown(IEnumerable<Turn> turns) => string.Concat(turns.Select(t => $"--- {t.Role} ---\n{t.Text}\n"));
    }
}
