using System.Text.Json;
using SynthesizeMe.Signatures.Tests.Declared;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Signatures.Tests.Rendering;

/// <summary>What is known of a signature at build time.</summary>
public class DescriptorTests
{
    [Fact]
    public void Fields_are_named_in_snake_case_and_told_apart()
    {
        SignatureDescriptor judge = Offline.Predict<Judge>().Signature;
        Assert.Equal("Judge", judge.Name);
        Assert.Equal(["conversation", "first_completion", "second_completion"], judge.Inputs.Select(f => f.Name));
        Assert.Equal([new FieldDescriptor("preference", "one of: First; Second", "The completion this person prefers.")], judge.Outputs);
    }

    [Fact]
    public void Instructions_are_the_attribute_s_text_else_the_summary_else_a_sentence()
    {
        Assert.Equal("Answer the question.", Offline.Predict<Ask>().Signature.Instructions);
        Assert.Equal("Measure it.", Offline.Predict<Measure>().Signature.Instructions);
        Assert.Equal("Given `text`, produce `found`.", Offline.Predict<Tags>().Signature.Instructions);
    }

    [Fact]
    public void The_schema_is_one_of_the_outputs()
    {
        using JsonDocument schema = JsonDocument.Parse(Offline.Predict<Everything>().Signature.OutputSchema);
        Snapshot.Match(JsonSerializer.Serialize(schema, Indented), extension: "json");
    }

    [Fact]
    public void The_schema_of_dictionaries_trees_and_unions()
    {
        using JsonDocument schema = JsonDocument.Parse(Offline.Predict<Kinds>().Signature.OutputSchema);
        Snapshot.Match(JsonSerializer.Serialize(schema, Indented), extension: "json");
    }

    [Fact]
    public void The_schema_has_constraints_and_defaults()
    {
        using JsonDocument schema = JsonDocument.Parse(Offline.Predict<Rated>().Signature.OutputSchema);
        Snapshot.Match(JsonSerializer.Serialize(schema, Indented), extension: "json");
    }

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };
}
