using System.CommandLine;
using Microsoft.Extensions.AI;
using SynthesizeMe;
using SynthesizeMe.Offline;
using SynthesizeMe.Population;

var users = new Option<int>("--users") { Description = "People of each population.", DefaultValueFactory = _ => 300 };
var seed = new Option<int>("--seed") { Description = "Decides everything that is drawn.", DefaultValueFactory = _ => 1 };
var peculiarity = new Option<double>("--peculiarity") { Description = "The spread of a strong taste of one's own.", DefaultValueFactory = _ => 1 };
var judges = new Option<string[]>("--judges") { Description = "Only these models.", AllowMultipleArgumentsPerToken = true };
var each = new Option<bool>("--each") { Description = "Show every judge of a fit, not only the chosen one." };
var data = new Option<string[]>("--data") { Description = "Files of real people's choices, judged by the offline model instead.", AllowMultipleArgumentsPerToken = true };
var command = new RootCommand("Compares fits with the reference algorithm: held-out accuracy and calls, on simulated people or on real ones.") { users, seed, peculiarity, judges, data, each };
command.SetAction(async (parsed, token) =>
{
    int drawn = parsed.GetValue(seed);
    if (parsed.GetValue(data) is { Length: > 0 } files)
    {
        foreach (string file in files)
        {
            IReadOnlyList<PreferencePair> pairs = await PreferencePairs.ReadAsync(file, token);
            Person[] people = [.. pairs.GroupBy(p => p.UserId, StringComparer.Ordinal).Select(Halves).OfType<Person>()];
            await Comparison.RunAsync(Path.GetFileNameWithoutExtension(file), people, new OfflineModel(), drawn, parsed.GetValue(each), token);
        }

        return 0;
    }

    foreach (JudgeProfile profile in JudgeProfile.All.Where(p => parsed.GetValue(judges) is not { Length: > 0 } some || some.Contains(p.Name)))
    {
        Person[] people = [.. Enumerable.Range(0, parsed.GetValue(users)).Select(i => Person.Draw(drawn, i, learned: 15, held: 20, parsed.GetValue(peculiarity)))];
        await Comparison.RunAsync(profile.Name, people, new SimulatedModel(profile, drawn), drawn, parsed.GetValue(each), token);
    }

    return 0;
});
return await command.Parse(args).InvokeAsync();

static Person? Halves(IGrouping<string, PreferencePair> person)
{
    PreferencePair[][] conversations = PreferenceSplit.InTimeOrder(person);
    if (conversations.Length < 2)
    {
        return null;
    }

    (PreferencePair[] earlier, PreferencePair[] later) = PreferenceSplit.Cut(conversations, 0.5);
    return earlier.Length < 2 ? null : new Person(person.Key, earlier, later);
}
