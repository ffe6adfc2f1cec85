namespace SynthesizeMe.Cli;

/// <summary>Writes a fit for a person to read.</summary>
internal static class FitText
{
    private const int LabelWidth = 14;

    /// <summary>Writes it.</summary>
    public static void Write(Screen screen, FittedUser fit)
    {
        screen.Line(PlainText.OneLine(PreferenceInput.Name(fit.User)));
        Row("method", fit.Method);
        Row("validation", Validation(fit.Validation));
        Row("demonstrations", $"{Figures.Count(fit.Demos.Verified + fit.Demos.Labelled)} ({fit.Demos.Verified} verified, {fit.Demos.Labelled} labelled)");
        Row("persona", fit.Persona is null ? "none" : fit.Method.StartsWith("persona", StringComparison.Ordinal) ? fit.Persona : $"(not used by the chosen judge) {fit.Persona}");
        Row("spent", Figures.Spent(new(fit.Calls, fit.InputTokens, fit.OutputTokens)));
        foreach (string note in fit.Notes)
        {
            Row("note", note);
        }

        Row("file", fit.File, wrap: false);
        screen.Line();

        void Row(string label, string text, bool wrap = true)
        {
            IEnumerable<string> lines = wrap ? PlainText.Wrap(text.Trim(), screen.TextWidth - LabelWidth - 3) : [text];
            foreach (string line in lines)
            {
                screen.Line(line.Length == 0 ? "" : $"  {label.PadRight(LabelWidth)} {line}");
                label = "";
            }
        }
    }

    private static string Validation(ValidationFigures figures) => figures.Pairs == 0
        ? "not compared"
        : $"generic {Figures.Percent(figures.Generic)}, chosen {Figures.Percent(figures.Chosen)} ({Figures.Count(figures.Pairs, "pair")})";
}
