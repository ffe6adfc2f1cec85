namespace SynthesizeMe.Cli.Tests;

public sealed class UsageTests
{
    [Theory]
    [InlineData("", "there is no command; use fit, judge, evaluate, curate, bench, report, prompt, replies, runs or import-dspy")]
    [InlineData("fitt", "'fitt' is not a command; use fit, judge, evaluate, curate, bench, report, prompt, replies, runs or import-dspy")]
    [InlineData("--bogus", "'--bogus' is not an option; use fit, judge, evaluate, curate, bench, report, prompt, replies, runs or import-dspy")]
    [InlineData("fit", "Required argument 'INPUT' missing for command: 'fit'.")]
    [InlineData("fit in.jsonl", "Option '--output' is required.")]
    [InlineData("fit in.jsonl --output out --parallel 0", "--parallel takes a number from 1, and not 0.")]
    [InlineData("fit in.jsonl --output out --budget-calls -5", "--budget-calls takes a number from 1, and not -5.")]
    [InlineData("fit in.jsonl --output out --candidates 0", "--candidates takes a number from 1, and not 0.")]
    [InlineData("fit in.jsonl --output out --seed x", "--seed takes a whole number, and not x.")]
    [InlineData("fit in.jsonl --output out --candidates 1.5", "--candidates takes a whole number, and not 1.5.")]
    [InlineData("fit in.jsonl --output out --budget-cost much", "--budget-cost takes a number, and not much.")]
    [InlineData("fit in.jsonl --output out --effort bogus", "--effort takes published, quick, standard or thorough, and not bogus.")]
    [InlineData("fit in.jsonl --output out --seed 1 --seed 2", "Option '--seed' expects a single argument but 2 were provided.")]
    [InlineData("bench in.jsonl --output out --methods random --reward-protocol telepathy", "--reward-protocol takes classify, rerank or score, and not telepathy.")]
    [InlineData("fit in.jsonl --output out --user a --all", "--user picks one user, and --all all of them; leave one out")]
    [InlineData("fit in.jsonl --output out --model gpt-4o", "'gpt-4o' is not a model; use offline, openai:NAME, ollama:NAME or anthropic:NAME")]
    [InlineData("fit in.jsonl --output out --model openai:", "'openai:' lacks the model's name; write it as in openai:NAME")]
    [InlineData("fit in.jsonl --output out --endpoint http://x", "--endpoint has no meaning for the offline model; name the server's model, as in --model openai:NAME")]
    [InlineData("fit in.jsonl --output out --model ollama:x --endpoint x", "--endpoint is not an http or https address; write it as in http://localhost:8080/v1")]
    [InlineData("evaluate in.jsonl --test-fraction 1", "--test-fraction takes a number between 0 and 1, such as 0.5.")]
    [InlineData("fit in.jsonl --output out --batch b --store none", "--batch takes its replies from a store; leave out --store none")]
    [InlineData("evaluate in.jsonl --batch b --budget-calls 5", "--batch calls no model, so that a budget has no meaning; leave one out")]
    [InlineData("curate in.jsonl -o out.jsonl", "the offline model only judges: it cannot rate queries or responses. Name a language model with --model, or leave these out with --steps judges")]
    [InlineData("curate in.jsonl -o out.jsonl --steps judges --judge offline", "agreement needs at least two judges; name each with --judge, or leave them out with --steps queries,responses")]
    [InlineData("curate in.jsonl -o out.jsonl --steps dinner", "'dinner' is not a step; use queries, responses and judges, parted by commas, or none")]
    [InlineData("curate in.jsonl -o out.jsonl --steps judges --judge openai", "'openai' lacks the model's name; write it as in openai:NAME")]
    [InlineData("curate in.jsonl -o out.jsonl --max-agreement 0.4", "--max-agreement takes a number from 0.5 to 1, and not 0.4.")]
    [InlineData("curate in.jsonl -o out.jsonl --min-query-rating 6", "--min-query-rating takes a number from 1 to 5, and not 6.")]
    [InlineData("curate in.jsonl -o out.jsonl --steps none --train-share 0.9 --val-share 0.2", "--train-share and --val-share are above 0, and together below 1")]
    [InlineData("replies import", "Required argument 'FILE' missing for command: 'import'.")]
    [InlineData("import-dspy", "Required argument 'FILE' missing for command: 'import-dspy'.")]
    [InlineData("prompt x --for dinner", "--for takes generation or judge, and not dinner.")]
    public async Task A_command_line_that_makes_no_sense_is_explained(string line, string message)
    {
        using var cli = new Cli();

        Outcome outcome = await cli.RunAsync(line.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        Assert.Equal((2, ""), (outcome.Code, outcome.Out));
        Assert.Contains($"error: {message}", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("See: synthesizeme", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_argument_never_names_a_file_to_read_arguments_from()
    {
        using var cli = new Cli();
        string input = cli.Write("people.jsonl", People.Terse("@people", 4));

        Outcome outcome = await cli.RunAsync("fit", input, "--user", "@people", "--output", cli["out"]);

        Assert.Equal(0, outcome.Code);
    }
}
