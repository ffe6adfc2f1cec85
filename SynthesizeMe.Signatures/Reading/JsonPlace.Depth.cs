namespace SynthesizeMe.Signatures;

/// <content>How deep a place is.</content>
public sealed partial class JsonPlace
{
    /// <summary>How many values are around this one.</summary>
    internal int Depth
    {
        get
        {
            int depth = 0;
            for (JsonPlace? outer = _parent; outer is not null; outer = outer._parent)
            {
                depth++;
            }

            return depth;
        }
    }
}
