namespace SynthesizeMe.Generators.Tests.Reading;

/// <summary>How C# names become prompt names and arguments.</summary>
public class NameTests
{
    [Theory]
    [InlineData("Answer", "answer")]
    [InlineData("answer", "answer")]
    [InlineData("FirstCompletion", "first_completion")]
    [InlineData("firstCompletion", "first_completion")]
    [InlineData("first_completion", "first_completion")]
    [InlineData("First_Completion", "first_completion")]
    [InlineData("HTTPStatus", "http_status")]
    [InlineData("HTTPStatus2", "http_status2")]
    [InlineData("IsHTTPSSecure", "is_https_secure")]
    [InlineData("ModelT45Enhanced", "model_t45_enhanced")]
    [InlineData("URL", "url")]
    [InlineData("A", "a")]
    [InlineData("AB", "ab")]
    [InlineData("AToB", "a_to_b")]
    [InlineData("Über", "über")]
    [InlineData("_hidden", "_hidden")]
    [InlineData("X1", "x1")]
    public void A_prompt_name_is_in_snake_case(string name, string snake) => Assert.Equal(snake, Names.ToSnakeCase(name));

    [Theory]
    [InlineData("FirstCompletion", "firstCompletion")]
    [InlineData("Class", "@class")]
    [InlineData("When", "@when")]
    [InlineData("x", "x")]
    public void An_argument_is_in_camel_case_and_no_keyword(string name, string argument) => Assert.Equal(argument, Names.ToParameter(name));
}
