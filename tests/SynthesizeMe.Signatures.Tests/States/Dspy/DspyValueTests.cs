using SynthesizeMe.Signatures.Tests.Declared;

namespace SynthesizeMe.Signatures.Tests.States.Dspy;

/// <summary>A value is read from the JSON that our signature writes, and from what DSPy makes of it.</summary>
public class DspyValueTests
{
    [Theory]
    [InlineData("count", "\"7\"", "7")]
    [InlineData("count", "\"about 7\"", "7")]
    [InlineData("count", "7.0", "7")]
    [InlineData("flag", "\"True\"", "true")]
    [InlineData("flag", "\"no\"", "false")]
    [InlineData("price", "\"9.90\"", "9.90")]
    [InlineData("ratio", "\"2.5e3\"", "2500")]
    [InlineData("text", "12.50", "\"12.50\"")]
    [InlineData("text", "true", "\"True\"")]
    [InlineData("text", "\"[1]\"", "\"[1]\"")]
    [InlineData("mood", "\"**Very Good**\"", "\"very good\"")]
    [InlineData("hint", "null", "null")]
    [InlineData("tags", """ "[\"red\", \"blue\"]" """, """["red","blue"]""")]
    [InlineData("tags", """ "['red', 'blue']" """, """["red","blue"]""")]
    [InlineData("evidence", """ "{\"quote\":\"q\",\"weight\":1,\"decisive\":true,\"mood\":null}" """, """{"quote":"q","weight":1,"decisive":true,"mood":null}""")]
    [InlineData("talk", """ "user:\n  Hi\nassistant:\n  Ho" """, """[{"role":"user","content":"Hi"},{"role":"assistant","content":"Ho"}]""")]
    [InlineData("talk", """ "[{\"role\": \"user\", \"content\": \"Hi\"}]" """, """[{"role":"user","content":"Hi"}]""")]
    public void Of_everything(string field, string written, string read) => Check(Everything.Example, field, written, read);

    [Theory]
    [InlineData("day", "\"2026/3/31\"", "\"2026-03-31\"")]
    [InlineData("hour", "\"2:30 PM\"", "\"14:30:00\"")]
    [InlineData("moment", "\"2026-03-31 14:30:00\"", "\"2026-03-31T14:30:00\"")]
    [InlineData("instant", "\"2026-03-31 14:30:00+02:00\"", "\"2026-03-31T14:30:00+02:00\"")]
    [InlineData("length", "\"1:30:00\"", "\"PT1H30M\"")]
    [InlineData("id", "\"123e4567e89b12d3a456426614174000\"", "\"123e4567-e89b-12d3-a456-426614174000\"")]
    [InlineData("counts", """ "{\"one\": 1}" """, """{"one":1}""")]
    [InlineData("tags", """ "[\"b\", \"a\"]" """, """["a","b"]""")]
    public void Of_the_kinds_with_a_form_of_their_own(string field, string written, string read) => Check(Kinds.Example, field, written, read);

    [Theory]
    [InlineData("photo", "\"<<CUSTOM-TYPE-START-IDENTIFIER>>[{\\\"type\\\": \\\"image_url\\\", \\\"image_url\\\": {\\\"url\\\": \\\"data:image/png;base64,eA==\\\"}}]<<CUSTOM-TYPE-END-IDENTIFIER>>\"", "\"data:image/png;base64,eA==\"")]
    [InlineData("photo", """{"url": "data:image/png;base64,eA=="}""", "\"data:image/png;base64,eA==\"")]
    public void Of_images(string field, string written, string read) => Check(Pictured.Example, field, written, read);

    private static void Check<T>(T example, string field, string written, string read)
        where T : class, ISignature<T>
    {
        Predict<T> predictor = Offline.Predict<T>(new Demo<T>(example));
        IReadOnlyList<IPredictor> predictors = DspyReadTests.Predictors(predictor);
        var file = System.Text.Json.Nodes.JsonNode.Parse(DspyStateJson.Write(((IPromptProgram<T>)predictor).State, predictors))!;
        file["self"]!["demos"]![0]![field] = System.Text.Json.Nodes.JsonNode.Parse(written);

        DspyImport import = DspyStateJson.Read(file.ToJsonString(), predictors);

        var back = System.Text.Json.Nodes.JsonNode.Parse(ProgramStateJson.Write(import.State))!["predictors"]!["self"]!["demos"]![0]![field];
        Assert.Equal(System.Text.Json.Nodes.JsonNode.Parse(read)?.ToJsonString(), back?.ToJsonString());
    }
}
