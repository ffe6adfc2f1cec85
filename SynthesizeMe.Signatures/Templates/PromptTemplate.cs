using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>The template of a signature for one adapter, with all that does not change from call to call.</summary>
internal sealed class PromptTemplate<T>(TemplateContext<T> context, FieldGuard? guard)
    where T : class, ISignature<T>
{
    private const int UsualMessages = 4;

    /// <summary>The prompt's messages.</summary>
    public ImmutableArray<Turn> Render(IInputs<T> inputs)
    {
        var turns = ImmutableArray.CreateBuilder<Turn>((2 * context.Demos.Length) + UsualMessages);
        var writer = new TemplateWriter(guard, turns);
        T.RenderTemplate(inputs, context, ref writer);
        writer.Finish();
        return turns.DrainToImmutable();
    }

    /// <summary>The prompt's messages for a chat client, which the caller owns.</summary>
    public List<ChatMessage> RenderMessages(IInputs<T> inputs)
    {
        var messages = new List<ChatMessage>((2 * context.Demos.Length) + UsualMessages);
        var writer = new TemplateWriter(guard, messages);
        T.RenderTemplate(inputs, context, ref writer);
        writer.Finish();
        return messages;
    }
}
