using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <content>Unions: objects that say by a property which record they are.</content>
public static partial class JsonShape
{
    /// <summary>Which of the labels the discriminator says.</summary>
    /// <returns>Its index.</returns>
    /// <exception cref="JsonShapeException">It is missing, or none of them.</exception>
    public static int Case(JsonElement json, JsonPlace place, string discriminator, ReadOnlySpan<string> labels)
    {
        ArgumentNullException.ThrowIfNull(place);
        JsonElement said = Property(json, discriminator, place, optional: true);
        if (IsNull(said))
        {
            throw Problem(place, $"the property '{discriminator}' is missing; it says which of these it is: {string.Join("; ", labels!)}");
        }

        JsonPlace at = place.Property(discriminator);
        string label = Text(said, at);
        int found = labels.IndexOf(label);
        if (found < 0 && place.Repairs)
        {
            found = IndexOfAlike(label, labels);
            if (found >= 0)
            {
                at.Note(RepairKind.LabelSpelling);
            }
        }

        return found >= 0 ? found : throw Problem(at, $"'{label}' is none of these: {string.Join("; ", labels!)}");
    }

    /// <summary>A union has a value that none of its <c>[JsonDerivedType]</c>s names.</summary>
    public static ArgumentException UnknownCase(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new ArgumentException($"{value.GetType().Name} is not among the [JsonDerivedType]s of its base: add it.", nameof(value));
    }

    /// <summary>The only label that differs by case, blanks, dashes and underscores alone.</summary>
    private static int IndexOfAlike(string label, ReadOnlySpan<string> labels)
    {
        int found = -1;
        for (int i = 0; i < labels.Length; i++)
        {
            if (FieldNames.Match(label, labels[i]))
            {
                if (found >= 0)
                {
                    return -1;
                }

                found = i;
            }
        }

        return found;
    }
}
