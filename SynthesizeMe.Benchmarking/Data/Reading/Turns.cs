using System.Globalization;
using Microsoft.Extensions.AI;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.Benchmarking;

/// <summary>Reads messages as the published sets write them: a record of <c>role</c> and <c>content</c>.</summary>
internal static class Turns
{
    /// <summary>A list of messages.</summary>
    /// <exception cref="JsonShapeException">It is none.</exception>
    public static Turn[] ReadAll(Cell cell, string place)
    {
        IReadOnlyList<Cell> items = cell.List(place);
        var turns = new Turn[items.Count];
        for (int i = 0; i < turns.Length; i++)
        {
            turns[i] = Read(items[i], string.Create(CultureInfo.InvariantCulture, $"{place}[{i}]"));
        }

        return turns;
    }

    /// <summary>One message.</summary>
    /// <exception cref="JsonShapeException">It is none.</exception>
    public static Turn Read(Cell cell, string place)
    {
        if (!cell.IsRecord)
        {
            throw new JsonShapeException(place, cell.IsNull ? "there is none; a record of role and content is needed" : "this is no record of role and content");
        }

        string role = cell["role"].Text($"{place}.role");
        string content = cell["content"].Text($"{place}.content");
        return role switch
        {
            "user" => new(ChatRole.User, content),
            "assistant" or "model" => new(ChatRole.Assistant, content),
            "system" => new(ChatRole.System, content),
            _ => throw new JsonShapeException($"{place}.role", $"'{role}' is not a role; use 'user', 'assistant', 'model' or 'system'"),
        };
    }

    /// <summary>A completion: one message of the assistant, which may stand in a list of its own.</summary>
    /// <exception cref="JsonShapeException">It is none.</exception>
    public static string ReadCompletion(Cell cell, string place)
    {
        if (cell.IsList)
        {
            IReadOnlyList<Cell> items = cell.List(place);
            cell = items.Count == 1
                ? items[0]
                : throw new JsonShapeException(place, string.Create(CultureInfo.InvariantCulture, $"a completion is one message, but there are {items.Count}"));
        }

        Turn turn = Read(cell, place);
        return turn.Role == ChatRole.Assistant
            ? turn.Text
            : throw new JsonShapeException($"{place}.role", $"a completion is the assistant's, but the role is '{turn.Role.Value}'");
    }
}
