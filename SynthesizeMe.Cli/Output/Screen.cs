using Spectre.Console;
using Spectre.Console.Rendering;

namespace SynthesizeMe.Cli;

/// <summary>An output stream and what it can show. Text goes out verbatim to files and pipes; a terminal is spared control characters.</summary>
internal sealed class Screen
{
    private const int WidthOfFiles = 100;
    private const int WidestText = 100;

    private readonly TextWriter _writer;
    private readonly bool _hasColours;

    /// <summary>Creates a screen.</summary>
    /// <param name="writer">Where it goes.</param>
    /// <param name="isTerminal">Whether a person looks at it.</param>
    /// <param name="isLive">Whether what was written can be written over, if it is a terminal.</param>
    /// <param name="hasColours">Whether it may be coloured, if it is a terminal.</param>
    public Screen(TextWriter writer, bool isTerminal = false, bool isLive = false, bool hasColours = false)
    {
        _writer = TextWriter.Synchronized(writer);
        _hasColours = isTerminal && hasColours;
        IsTerminal = isTerminal;
        IsLive = isTerminal && isLive;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = IsLive || _hasColours ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = _hasColours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = IsLive ? InteractionSupport.Yes : InteractionSupport.No,
            Out = new AnsiConsoleOutput(_writer),
        });
        if (!isTerminal)
        {
            Console.Profile.Width = WidthOfFiles;
            Console.Profile.Capabilities.Unicode = true;
        }
    }

    /// <summary>Whether a person looks at it.</summary>
    public bool IsTerminal { get; }

    /// <summary>Whether what was written can be written over.</summary>
    public bool IsLive { get; }

    /// <summary>Where it goes.</summary>
    public TextWriter Writer => _writer;

    /// <summary>Draws what is more than text.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>The width that paragraphs are broken at.</summary>
    public int TextWidth => Math.Clamp(Console.Profile.Width, 40, WidestText);

    /// <summary>Writes a line, or several.</summary>
    public void Line(string text = "") => _writer.WriteLine(IsTerminal ? PlainText.Visible(text) : text);

    /// <summary>Writes text that ends its last line itself.</summary>
    public void Write(string text) => _writer.Write(IsTerminal ? PlainText.Visible(text) : text);

    /// <summary>Writes one line behind a label, in colour where there are colours.</summary>
    public void Labelled(string label, Color colour, string text)
    {
        if (_hasColours)
        {
            Console.Write(new Text($"{label}:", new Style(colour)));
            _writer.Write(' ');
        }
        else
        {
            _writer.Write($"{label}: ");
        }

        _writer.WriteLine(PlainText.OneLine(text));
    }

    /// <summary>Draws a table.</summary>
    public void Draw(IRenderable renderable)
    {
        // Padding at the ends of lines is of no use to a reader and a nuisance to a diff.
        if (IsTerminal)
        {
            Console.Write(renderable);
            return;
        }

        using var text = new StringWriter();
        new Screen(text).Console.Write(renderable);
        foreach (string line in text.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(l => l.TrimEnd()).SkipWhile(l => l.Length == 0))
        {
            _writer.WriteLine(line);
        }
    }
}
