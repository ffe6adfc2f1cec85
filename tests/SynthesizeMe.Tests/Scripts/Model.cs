using Microsoft.Extensions.AI;
using SynthesizeMe.Optimizers;
using SynthesizeMe.Testing;

namespace SynthesizeMe.Tests;

/// <summary>A scripted model that judges pairs and writes personas, and what it was asked.</summary>
internal sealed class Model
{
    public const string Nonsense = "I would rather not say.";

    public const string Persona = "This person likes whatever is good.";

    public Model(Func<Asked, Preference> judge, Func<Asked, string>? persona = null)
        : this(a => a.WantsPersona ? Tell(persona?.Invoke(a) ?? Persona) : Judge(judge(a), $"because of {a.Item}"))
    {
    }

    public Model(Func<Asked, string> answer) => Client = new ScriptedChatClient(messages => answer(new Asked(messages)));

    public ScriptedChatClient Client { get; }

    public int Calls => Client.Requests.Count;

    public IEnumerable<Asked> Asked => Client.Requests.Select(r => new Asked(r));

    /// <summary>The requests to judge.</summary>
    public IEnumerable<Asked> Judged => Asked.Where(a => !a.WantsPersona);

    /// <summary>The request to write the persona.</summary>
    public Asked PersonaRequest => Asked.First(a => a.WantsPersona);

    public static Model Perfect() => new(a => a.Good);

    public static Model Wrong() => new(a => a.Bad);

    public static Model AlwaysFirst() => new(_ => Preference.First);

    public static Model RightWhen(Func<Asked, bool> right) => new(a => right(a) ? a.Good : a.Bad);

    /// <summary>Right or wrong as a coin falls that depends on every character of the prompt.</summary>
    public static Model Coin(int salt) => RightWhen(a => new SeededRandom(salt, a.Text).Next(2) == 0);

    public static string Judge(Preference preference, string reasoning) =>
        $"[[ ## reasoning ## ]]\n{reasoning}\n\n[[ ## preference ## ]]\n{preference}\n\n[[ ## completed ## ]]";

    public static string Tell(string persona) => $"[[ ## persona ## ]]\n{persona}\n\n[[ ## completed ## ]]";

    /// <summary>The client, giving way a number of times before each answer, so that replies arrive out of order.</summary>
    public IChatClient OutOfOrder() => new GivingWay(Client);

    private sealed class GivingWay(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            IReadOnlyList<ChatMessage> prompt = [.. messages];
            for (int i = new SeededRandom(0, string.Concat(prompt.Select(m => m.Text))).Next(40); i > 0; i--)
            {
                await Task.Yield();
            }

            return await base.GetResponseAsync(prompt, options, cancellationToken);
        }
    }
}
