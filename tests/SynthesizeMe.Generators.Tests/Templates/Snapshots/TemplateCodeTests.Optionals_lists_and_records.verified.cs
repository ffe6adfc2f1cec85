    static bool global::SynthesizeMe.Signatures.ISignature<global::Find>.HasTemplate => true;

    static void global::SynthesizeMe.Signatures.ISignature<global::Find>.RenderTemplateParts(global::SynthesizeMe.Signatures.TemplateContext<global::Find> context, ref global::SynthesizeMe.Signatures.TemplateWriter writer)
    {
        writer.Text(context.Instructions);
        writer.Append(context.Format);
        writer.Number(global::SynthesizeMe.Signatures.TemplateText.Size(context.Demos));
        writer.Append("\n");
        writer.EndPart();
    }

    static void global::SynthesizeMe.Signatures.ISignature<global::Find>.RenderTemplate(global::SynthesizeMe.Signatures.IInputs<global::Find> inputs, global::SynthesizeMe.Signatures.TemplateContext<global::Find> context, ref global::SynthesizeMe.Signatures.TemplateWriter writer)
    {
        var value = (Inputs)inputs;
        writer.Part(0);
        if (value.Hint is not null)
        {
            writer.Append("Hint: ");
            writer.Text(global::SynthesizeMe.Signatures.TemplateText.Truncate(value.Hint, 20));
        }
        else if ((value.Count > 3) && !(value.Sure == true))
        {
            writer.Append("Many");
        }
        else
        {
            writer.Append("None");
        }
        writer.Append("\n");
        writer.Text(FindShapes.Labels_Mood.Write(value.Mood));
        writer.Append(" ");
        writer.Text((global::SynthesizeMe.Signatures.TemplateText.Of(value.Other, static some => FindShapes.Labels_Mood.Write(some)) ?? global::SynthesizeMe.Signatures.TemplateText.Of(value.Count)) ?? "unknown");
        writer.Append(" ");
        if (FindShapes.Labels_Mood.Write(value.Mood) == "Good")
        {
            writer.Append("!");
        }
        writer.Append("\n");
        var list0 = global::SynthesizeMe.Signatures.TemplateText.List<global::Item>(value.Items);
        for (int index0 = 0; index0 < list0.Count; index0++)
        {
            var item0 = list0[index0];
            writer.Text(global::SynthesizeMe.Signatures.TemplateText.Upcase(item0.Title));
            writer.Append("/");
            writer.Number(item0.Rank ?? 0);
            if (!(index0 == list0.Count - 1))
            {
                writer.Append(", ");
            }
        }
        writer.Append("\n");
        writer.Text(value.Best?.Title);
        writer.Append(" ");
        if (value.Best is { } some1)
        {
            writer.Json(some1, static (json, all) =>
            {
                FindShapes.Write_Item(json, all);
            });
        }
        writer.Append(" ");
        writer.Json(value.Items, static (json, all) =>
        {
            json.WriteStartArray();
            foreach (var item0 in all)
            {
                FindShapes.Write_Item(json, item0);
            }
            json.WriteEndArray();
        });
        writer.Append(" ");
        writer.Text(global::SynthesizeMe.Signatures.TemplateText.Join(global::SynthesizeMe.Signatures.TemplateText.List<int, string?>(value.Ranks, static item => global::SynthesizeMe.Signatures.TemplateText.Of(item)), ", "));
        writer.Append(" ");
        writer.Number(global::SynthesizeMe.Signatures.TemplateText.Size(value.Ranks));
        writer.Append("\n");
        writer.Text(global::SynthesizeMe.Signatures.TemplateText.Of(value.Link, static some => global::SynthesizeMe.Signatures.ScalarFormats.Uri.Write(some)));
        writer.Append(" ");
        writer.Text(global::SynthesizeMe.Signatures.ScalarFormats.Date.Write(value.Day));
        writer.Append(" ");
        writer.Text(global::SynthesizeMe.Signatures.TemplateText.Of(value.Best?.Mood, static some => FindShapes.Labels_Mood.Write(some)) ?? global::SynthesizeMe.Signatures.TemplateText.Of(value.Other, static some => FindShapes.Labels_Mood.Write(some)));
        writer.Append(" ");
        writer.Text(global::SynthesizeMe.Signatures.TemplateText.Join(global::SynthesizeMe.Signatures.TemplateText.List<global::Mood, string?>(global::SynthesizeMe.Signatures.JsonShape.Sorted(global::SynthesizeMe.Signatures.TemplateText.List<global::Mood>(value.Moods), static item => FindShapes.Labels_Mood.Write(item)), static item => FindShapes.Labels_Mood.Write(item)), "/"));
        writer.Append(" ");
        writer.Json(value.Counts, static (json, all) =>
        {
            json.WriteStartObject();
            foreach (var entry0 in global::SynthesizeMe.Signatures.JsonShape.Entries(all, static key => key))
            {
                json.WritePropertyName(entry0.Key);
                json.WriteNumberValue(entry0.Value);
            }
            json.WriteEndObject();
        });
        writer.Append("\n");
        var list2 = global::SynthesizeMe.Signatures.TemplateText.List<global::Item>(value.Items);
        for (int index2 = 0; index2 < list2.Count; index2++)
        {
            var item2 = list2[index2];
            writer.Json(value.Items, static (json, all) =>
            {
                json.WriteStartArray();
                foreach (var item0 in all)
                {
                    FindShapes.Write_Item(json, item0);
                }
                json.WriteEndArray();
            });
            writer.Json(item2, static (json, all) =>
            {
                FindShapes.Write_Item(json, all);
            });
        }
    }

