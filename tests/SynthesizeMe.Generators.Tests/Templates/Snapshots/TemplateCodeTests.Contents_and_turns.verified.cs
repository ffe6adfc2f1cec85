    static bool global::SynthesizeMe.Signatures.ISignature<global::Ask>.HasTemplate => true;

    static void global::SynthesizeMe.Signatures.ISignature<global::Ask>.RenderTemplateParts(global::SynthesizeMe.Signatures.TemplateContext<global::Ask> context, ref global::SynthesizeMe.Signatures.TemplateWriter writer)
    {
        writer.Role(global::Microsoft.Extensions.AI.ChatRole.System);
        writer.Text(context.Instructions);
        writer.Append(context.Format);
        writer.Append("\n");
        for (int index0 = 0; index0 < context.Demos.Length; index0++)
        {
            var item0 = context.Demos[index0];
            writer.Role(global::Microsoft.Extensions.AI.ChatRole.User);
            writer.Conversation(item0.Value.History);
            writer.Content(item0.Value.Photo);
            writer.Role(global::Microsoft.Extensions.AI.ChatRole.Assistant);
            writer.Append(context.ReplyTo(index0));
        }
        writer.Append("\n");
        writer.EndPart();
        writer.Role(global::Microsoft.Extensions.AI.ChatRole.User);
        writer.EndPart();
    }

    static void global::SynthesizeMe.Signatures.ISignature<global::Ask>.RenderTemplate(global::SynthesizeMe.Signatures.IInputs<global::Ask> inputs, global::SynthesizeMe.Signatures.TemplateContext<global::Ask> context, ref global::SynthesizeMe.Signatures.TemplateWriter writer)
    {
        var value = (Inputs)inputs;
        writer.Part(0);
        writer.Turns(value.History);
        writer.Part(1);
        writer.Content(value.Photo);
        if (value.Link is not null)
        {
            writer.Content(value.Link);
        }
        writer.Contents(value.All);
        writer.Contents(value.Some);
        writer.Append("\n");
        var list1 = global::SynthesizeMe.Signatures.TemplateText.List<global::Microsoft.Extensions.AI.DataContent>(value.Some);
        for (int index1 = 0; index1 < list1.Count; index1++)
        {
            var item1 = list1[index1];
            writer.Number(index1);
            writer.Append(": ");
            writer.Content(item1);
        }
        writer.Number(global::SynthesizeMe.Signatures.TemplateText.Size(value.All));
        writer.Append(" after ");
        writer.Number(global::SynthesizeMe.Signatures.TemplateText.Size(value.History?.ToString()));
    }

