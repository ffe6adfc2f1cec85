using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Optimizers.Tests;

/// <summary>A scripted model that judges pairs, and what it was asked.</summary>
internal sealed class Judge
{
    public const string Nonsense = "I would rather not say.";

    private static readonly PredictOptions AskOnce = new() { MaxReasks = 0 };

    public Judge(Func<Question, Side> choose)
        : this(q => Reply(choose(q), $"because of {q.Item}"))
    {
    }

    public Judge(Func<Question, string> answer) =>
        Client = new ScriptedChatClient((messages, options) => answer(new Question(messages, options)));

    public ScriptedChatClient Client { get; }

    public int Calls => Client.Requests.Count;

    public IEnumerable<Question> Asked => Client.Requests.Select(r => new Question(r));

    /// <summary>A program that thinks aloud and asks once.</summary>
    public ChainOfThought<Choice> Program => Choice.ChainOfThought(Client, AskOnce);

    public static Judge Perfect() => new(q => q.Good);

    public static Judge Hopeless() => new(q => q.Bad);

    /// <summary>Right so often; when depends on every character of the prompt.</summary>
    public static Judge Lucky(int salt, double accuracy) => new(q => q.Luck(salt) < accuracy ? q.Good : q.Bad);

    /// <summary>Right on these pairs.</summary>
    public static Judge RightOn(Func<int, bool> items) => new(q => items(q.Item) ? q.Good : q.Bad);

    public static string Reply(Side preferred, string reasoning) =>
        $"[[ ## reasoning ## ]]\n{reasoning}\n\n[[ ## preferred ## ]]\n{preferred}\n\n[[ ## completed ## ]]";

    /// <summary>The same program whose client gives way a number of times before it answers, so that replies arrive out of order.</summary>
    public IPromptProgram<Choice> OutOfOrder() => ((IPromptProgram<Choice>)Program).WithClient(client => new GivingWay(client));

    private sealed class GivingWay(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            IReadOnlyList<ChatMessage> prompt = [.. messages];
            for (int i = 40 - (new Question(prompt).Item % 40); i > 0; i--)
            {
                await Task.Yield();
            }

            return await base.GetResponseAsync(prompt, options, cancellationToken);
        }
    }
}
