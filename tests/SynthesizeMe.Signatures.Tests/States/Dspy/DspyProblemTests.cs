using System.Collections.Immutable;
using CsCheck;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Signatures.Tests.Programs;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.States.Dspy;

/// <summary>A file that does not match is refused once, with everything that does not match.</summary>
public class DspyProblemTests
{
    private static readonly CriticThenJudge Program = new(new ScriptedChatClient(""));

    public static TheoryData<string> Cases => [.. Files.Keys];

    private static readonly Dictionary<string, string> Files = new(StringComparer.Ordinal)
    {
        ["nothing"] = "",
        ["pickle"] = "\u0080\u0004\u0095",
        ["list"] = "[]",
        ["empty"] = "{}",
        ["other_program"] = $"{DspyFiles.Of("retrieve", "[]", "Query", "Passages")[..^1]}, {DspyFiles.Of("critic_predict", "[]", "A", "B")[1..]}",
        ["old"] = """{"critic": {"lm": null, "traces": [], "train": [], "demos": [], "signature_instructions": "x", "signature_prefix": "y"}, "decide": {"demos": 3, "signature": []}}""",
        ["extended"] = $"{DspyFiles.Of("critic", "[]", "First Completion", "Second Completion", "Verdict").Replace("\"lm\": null", "\"extended_signature\": {}", StringComparison.Ordinal)[..^1]}, {DspyFiles.Of("decide", "[]", "Critique", "Preference")[1..]}",
        ["twice"] = $"{DspyFiles.Of("critic", "[]", "First Completion", "Second Completion", "Verdict")[..^1]}, {DspyFiles.Of("Critic.predict", "[]", "First Completion", "Second Completion", "Verdict")[1..]}",
        ["surrogate"] = """{"\ud800": {}}""",
        ["many"] = $$"""
            {
              "critic": {
                "demos": [
                  {"first_completion": "a", "second_completion": [1], "verdict": {"x": 1}, "augmented": "perhaps"},
                  "x",
                  {"first_completion": "a", "First Completion": "b", "second_completion": "c", "verdict": "d"}
                ],
                "signature": {
                  "fields": [
                    {"prefix": "First Completion:", "description": ""},
                    {"prefix": "Hint:", "description": ""},
                    {"prefix": "Verdict:", "description": ""},
                    {"description": ""}
                  ]
                }
              },
              "decide.predict": {
                "demos": [
                  {"critique": "a", "reasoning": 7, "preference": "Both"},
                  {"critique": "a"}
                ],
                "signature": {"instructions": "Do it.", "fields": [{"prefix": "Critique:", "description": ""}, {"prefix": "Reasoning:", "description": ""}, {"prefix": "Preference:", "description": ""}]}
              }
            }
            """,
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_that_does_not_match_is_refused(string file) =>
        Snapshot.Match(Assert.Throws<DspyStateException>(() => DspyStateJson.Read(Files[file], Program.Predictors)).Message, file);

    [Fact]
    public void Every_value_that_cannot_be_read_is_named()
    {
        string demo = """
            {"talk": "hello", "text": [], "flag": "maybe", "count": 1.5, "ratio": "one", "price": null, "mood": "grim", "tags": 1, "evidence": {"quote": "q"},
             "summary": "s", "sure": [], "small": 256, "total": 1, "weight": 1, "cost": 1, "verdict": "Bad", "words": ["a", 1], "reasons": [{"quote": "q", "weight": "x"}], "finding": {}}
            """;
        string[] fields = ["Talk", "Text", "Flag", "Count", "Ratio", "Price", "Mood", "Hint", "Tags", "Evidence", "Summary", "Sure", "Small", "Total", "Weight", "Cost", "Verdict", "Remark", "Share", "Runner", "Words", "Ranks", "Reasons", "Finding"];
        string json = DspyFiles.Of("self", $"[{demo.Replace("\"price\": null", "\"price\": \"free\"", StringComparison.Ordinal)}]", fields);
        Snapshot.Match(Assert.Throws<DspyStateException>(() => DspyStateJson.Read(json, DspyReadTests.Predictors(Offline.Predict<Everything>()))).Message);
    }

    [Fact]
    public void A_map_that_names_what_is_not_there_is_refused()
    {
        var options = new DspyReadOptions
        {
            Predictors = ImmutableDictionary<string, string>.Empty.Add("absent", "Critic").Add("decide", "Decider"),
        };
        Snapshot.Match(Assert.Throws<DspyStateException>(() => DspyStateJson.Read(DspyFiles.Of("decide", "[]", "Critique", "Preference"), Program.Predictors, options)).Message);
    }

    [Theory]
    [InlineData("judge-2.6.12.json")]
    [InlineData("critic-then-judge-3.3.1.json")]
    public void A_damaged_file_is_read_or_refused_and_nothing_else(string file)
    {
        string whole = DspyFiles.Read(file);
        IReadOnlyList<IPredictor> predictors = file.StartsWith("judge", StringComparison.Ordinal) ? DspyReadTests.Predictors(Offline.ChainOfThought<Judge>()) : Program.Predictors;
        var options = new DspyReadOptions { Predictors = file.StartsWith("judge", StringComparison.Ordinal) ? ImmutableDictionary<string, string>.Empty.Add("judge.predict", "self") : ImmutableDictionary<string, string>.Empty };
        int read = 0, refused = 0;
        Gen.Select(Gen.Int[0, whole.Length - 1], Gen.Int[0, 12], Gen.OneOf("", "\"", "{}", "[]", "null", "7", ",", "\\ud800", "true", "x")).Sample(
            (at, length, text) =>
            {
                string damaged = string.Concat(whole.AsSpan(0, at), text, whole.AsSpan(Math.Min(whole.Length, at + length)));
                try
                {
                    DspyStateJson.Read(damaged, predictors, options);
                    Interlocked.Increment(ref read);
                }
                catch (DspyStateException e)
                {
                    Assert.NotEmpty(e.Problems);
                    Interlocked.Increment(ref refused);
                }
            },
            iter: 2_000);
        Assert.True(read > 0 && refused > 0);
    }
}
