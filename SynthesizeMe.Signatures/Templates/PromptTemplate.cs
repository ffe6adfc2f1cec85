using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace SynthesizeMe.Signatures;

/// <summary>The template of a signature for one adapter, with all that does not change from call to call: what does not depend on the inputs is rendered once.</summary>
internal sealed class PromptTemplate<T>
    where T : class, ISignature<T>
{
    private readonly TemplateContext<T> _context;
    private readonly FieldGuard? _guard;
    private readonly Action<Demo<T>>? _require;
    private readonly Lazy<ImmutableArray<TemplatePart>> _parts;

    /// <param name="context">What the template sees.</param>
    /// <param name="guard">Keeps fields from opening a section.</param>
    /// <param name="require">Refuses a demonstration that cannot be shown, before any is.</param>
    public PromptTemplate(TemplateContext<T> context, FieldGuard? guard, Action<Demo<T>>? require = null)
    {
        _require = require;
        _context = context;
        _guard = guard;
        _parts = new(RenderParts);
    }

    /// <summary>The prompt's messages.</summary>
    public ImmutableArray<Turn> Render(IInputs<T> inputs)
    {
        ImmutableArray<TemplatePart> parts = _parts.Value;
        var turns = ImmutableArray.CreateBuilder<Turn>(Count(parts));
        var writer = new TemplateWriter(_guard, parts, turns);
        T.RenderTemplate(inputs, _context, ref writer);
        writer.Finish();
        return turns.DrainToImmutable();
    }

    /// <summary>The prompt's messages for a chat client, which the caller owns.</summary>
    public List<ChatMessage> RenderMessages(IInputs<T> inputs)
    {
        ImmutableArray<TemplatePart> parts = _parts.Value;
        var messages = new List<ChatMessage>(Count(parts));
        var writer = new TemplateWriter(_guard, parts, messages);
        T.RenderTemplate(inputs, _context, ref writer);
        writer.Finish();
        return messages;
    }

    private ImmutableArray<TemplatePart> RenderParts()
    {
        foreach (Demo<T> demo in _context.Demos)
        {
            _require?.Invoke(demo);
        }

        var recorder = new TemplateRecorder();
        var writer = new TemplateWriter(_guard, recorder);
        T.RenderTemplateParts(_context, ref writer);
        writer.Finish();
        return recorder.ToParts();
    }

    /// <summary>How many messages the prompt has, unless it depends on the inputs.</summary>
    private static int Count(ImmutableArray<TemplatePart> parts)
    {
        int count = 0;
        foreach (TemplatePart part in parts)
        {
            count += part.Count;
        }

        return Math.Max(count, 1);
    }
}
