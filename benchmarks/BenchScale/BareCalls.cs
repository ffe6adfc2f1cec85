using System.ClientModel;
using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;
using OpenAI;

namespace BenchScale;

/// <summary>Calls of the same client to the same server with nothing around them: what is left of the ideal time on this machine.</summary>
internal static class BareCalls
{
    public const string Command = "bare";

    /// <summary>Makes the calls, after some to warm up, and gives the seconds.</summary>
    public static async Task<double> RunAsync(string address, int calls, int atOnce)
    {
        using IChatClient client = new OpenAIClient(new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(address) })
            .GetChatClient("slow").AsIChatClient();
        string prompt = new('x', 6000);
        await AskAsync(20 * atOnce);
        var clock = Stopwatch.StartNew();
        await AskAsync(calls);
        return clock.Elapsed.TotalSeconds;

        Task AskAsync(int number) => Parallel.ForAsync(0, number, new ParallelOptions { MaxDegreeOfParallelism = atOnce }, async (i, token) =>
            await client.GetResponseAsync(string.Create(CultureInfo.InvariantCulture, $"{prompt} {i}. Reply with the field preference."), cancellationToken: token));
    }

    /// <summary>The same in a process of its own, as the tool is one.</summary>
    public static async Task<double> RunApartAsync(string address, int calls, int atOnce)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (string argument in (string[])[typeof(BareCalls).Assembly.Location, Command, address, $"{calls}", $"{atOnce}"])
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start)!;
        string seconds = await process.StandardOutput.ReadToEndAsync();
        return double.Parse(seconds, CultureInfo.InvariantCulture);
    }
}
