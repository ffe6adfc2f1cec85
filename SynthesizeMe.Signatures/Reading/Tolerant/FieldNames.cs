using System.Runtime.InteropServices;
using System.Text.Json;

namespace SynthesizeMe.Signatures;

/// <summary>Recognizes field names as models write them.</summary>
internal static class FieldNames
{
    /// <summary>Whether two names are the same but for case, blanks, dashes, underscores and emphasis: <c>First Completion</c> is <c>first_completion</c>.</summary>
    public static bool Match(ReadOnlySpan<char> written, ReadOnlySpan<char> field)
    {
        int i = 0;
        int j = 0;
        while (true)
        {
            while (i < written.Length && written[i] is '_' or '-' or ' ' or '*' or '`')
            {
                i++;
            }

            while (j < field.Length && field[j] is '_' or '-' or ' ')
            {
                j++;
            }

            if (i == written.Length || j == field.Length)
            {
                return i == written.Length && j == field.Length && i > 0;
            }

            if (char.ToLowerInvariant(written[i++]) != char.ToLowerInvariant(field[j++]))
            {
                return false;
            }
        }
    }

    /// <summary>Whether a property is called like a field, in the same sense.</summary>
    public static bool Match(JsonProperty property, ReadOnlySpan<char> field) =>
        MayMatch(JsonMarshal.GetRawUtf8PropertyName(property), field) && Match(property.Name, field);

    /// <summary>The field that a property is called like; -1 when there is none.</summary>
    /// <param name="fields">The fields.</param>
    /// <param name="property">The property.</param>
    /// <param name="spelled">Whether its name is the field's to the letter.</param>
    public static int IndexOf(ReadOnlySpan<FieldDescriptor> fields, JsonProperty property, out bool spelled)
    {
        spelled = true;
        for (int i = 0; i < fields.Length; i++)
        {
            if (property.NameEquals(fields[i].Name))
            {
                return i;
            }
        }

        spelled = false;
        for (int i = 0; i < fields.Length; i++)
        {
            if (Match(property, fields[i].Name))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>False when the first letter of a written name, in UTF-8, shows that it is not the field's: then it need not be made a text of.</summary>
    private static bool MayMatch(ReadOnlySpan<byte> written, ReadOnlySpan<char> field)
    {
        ReadOnlySpan<byte> rest = written.TrimStart("_- *`"u8);
        ReadOnlySpan<char> expected = field.TrimStart("_- ");
        return rest.IsEmpty || expected.IsEmpty || rest[0] is >= 0x80 or (byte)'\\' || expected[0] >= 0x80
            || char.ToLowerInvariant((char)rest[0]) == char.ToLowerInvariant(expected[0]);
    }

    /// <summary>The field of that name; -1 when there is none.</summary>
    public static int IndexOf(ReadOnlySpan<FieldDescriptor> fields, ReadOnlySpan<char> written)
    {
        for (int i = 0; i < fields.Length; i++)
        {
            if (Match(written, fields[i].Name))
            {
                return i;
            }
        }

        return -1;
    }
}
