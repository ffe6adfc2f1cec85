using System.CommandLine;
using SynthesizeMe.Optimizers;

namespace SynthesizeMe.Cli;

/// <summary><c>replies stats</c>: what a store holds and has saved.</summary>
internal static class StatsCommand
{
    private const string Notes =
        """
        Examples:
          synthesizeme replies stats --store judges/replies.sqlite
        """;

    /// <summary>Describes the command.</summary>
    public static Command Create(Surroundings surroundings, ModelOptions options)
    {
        Option<string> store = RepliesCommand.Store();
        var command = new DocumentedCommand("stats", "Tells how many replies a store holds, and what it has saved over all runs.", Notes) { store };
        command.SetAction(parsed =>
        {
            var call = new Invocation(surroundings, options, parsed);
            string path = RepliesCommand.Existing(parsed.GetRequiredValue(store));
            using ReplyStore opened = StoreOptions.OpenStore(call, path);
            ReplyStoreStatistics s = opened.Statistics();
            if (call.Json)
            {
                call.Write(
                    new StoreDocument(path, s.Entries, s.Bytes, s.Hits, s.Misses, s.SavedInputTokens, s.SavedOutputTokens), Documents.Readable.StoreDocument);
                return ExitCodes.Done;
            }

            call.Out.Line(path);
            call.Out.Line($"  replies     {Figures.Count(s.Entries)} in {Figures.Count(s.Bytes, "byte")}");
            call.Out.Line($"  asked       {Figures.Count(s.Misses, "request")} of a model");
            call.Out.Line($"  replayed    {Figures.Count(s.Hits, "request")}, saving {Figures.Count(s.SavedInputTokens)} + {Figures.Count(s.SavedOutputTokens)} tokens");
            return ExitCodes.Done;
        });
        return command;
    }
}
