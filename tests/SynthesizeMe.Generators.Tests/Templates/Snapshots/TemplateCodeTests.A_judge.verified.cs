    static bool global::SynthesizeMe.Signatures.ISignature<global::Some.Where.Judge>.HasTemplate => true;

    static void global::SynthesizeMe.Signatures.ISignature<global::Some.Where.Judge>.RenderTemplateParts(global::SynthesizeMe.Signatures.TemplateContext<global::Some.Where.Judge> context, ref global::SynthesizeMe.Signatures.TemplateWriter writer)
    {
        writer.Role(global::Microsoft.Extensions.AI.ChatRole.System);
        writer.Append("\n");
        writer.Text(context.Instructions);
        writer.Append(
            "\n" +
            "\n");
        if (context.Reasoning)
        {
            writer.Append("Think before you decide.\n");
        }
        writer.Append(context.Format);
        writer.Append("\n");
        for (int index0 = 0; index0 < context.Demos.Length; index0++)
        {
            var item0 = context.Demos[index0];
            writer.Role(global::Microsoft.Extensions.AI.ChatRole.User);
            writer.Append("\nExample ");
            writer.Number((long)index0 + 1);
            writer.Append(" of ");
            writer.Number(global::SynthesizeMe.Signatures.TemplateText.Size(context.Demos));
            writer.Append("\nA: ");
            writer.Text(global::SynthesizeMe.Signatures.TemplateText.Strip(item0.Value.FirstCompletion));
            writer.Append("\nB: ");
            writer.Text(global::SynthesizeMe.Signatures.TemplateText.Strip(item0.Value.SecondCompletion));
            writer.Append("\n");
            writer.Role(global::Microsoft.Extensions.AI.ChatRole.Assistant);
            writer.Append("\n");
            writer.Append(context.ReplyTo(index0));
            writer.Append("\n");
        }
        writer.Role(global::Microsoft.Extensions.AI.ChatRole.User);
        writer.Append("\n");
        writer.EndPart();
    }

    static void global::SynthesizeMe.Signatures.ISignature<global::Some.Where.Judge>.RenderTemplate(global::SynthesizeMe.Signatures.IInputs<global::Some.Where.Judge> inputs, global::SynthesizeMe.Signatures.TemplateContext<global::Some.Where.Judge> context, ref global::SynthesizeMe.Signatures.TemplateWriter writer)
    {
        var value = (Inputs)inputs;
        context.Require(1, value.FirstCompletion);
        context.Require(2, value.SecondCompletion);
        writer.Part(0);
        writer.Conversation(value.Conversation);
        writer.Append(
            "\n" +
            "\n" +
            "A: ");
        writer.Text(global::SynthesizeMe.Signatures.TemplateText.Strip(value.FirstCompletion));
        writer.Append("\nB: ");
        writer.Text(global::SynthesizeMe.Signatures.TemplateText.Strip(value.SecondCompletion));
    }

