using System.Numerics;

namespace SynthesizeMe.Offline;

/// <summary>A set of hashes over memory that its owner provides; the memory must be zeroed and larger than the set.</summary>
internal readonly ref struct HashSpan(Span<uint> slots)
{
    private readonly Span<uint> _slots = slots;

    /// <summary>Adds a hash; true when it is new.</summary>
    public bool Add(uint hash)
    {
        uint mask = (uint)_slots.Length - 1;
        hash |= 1;
        for (uint slot = (hash * 2654435769u >> 7) & mask; ; slot = (slot + 1) & mask)
        {
            uint held = _slots[(int)slot];
            if (held == hash)
                return false;
            if (held == 0)
            {
                _slots[(int)slot] = hash;
                return true;
            }
        }
    }

    /// <summary>Whether the set holds the hash.</summary>
    public bool Contains(uint hash)
    {
        uint mask = (uint)_slots.Length - 1;
        hash |= 1;
        for (uint slot = (hash * 2654435769u >> 7) & mask; ; slot = (slot + 1) & mask)
        {
            uint held = _slots[(int)slot];
            if (held == hash)
                return true;
            if (held == 0)
                return false;
        }
    }
}

/// <summary>The same set on the heap.</summary>
internal readonly struct HashTable(uint[] slots)
{
    private readonly uint[] _slots = slots;

    /// <summary>A size that the words of a text of <paramref name="characters"/> characters can never fill.</summary>
    public static int SizeFor(int characters) => (int)BitOperations.RoundUpToPowerOf2((uint)(characters / 2 + 16));

    /// <summary>One hash for three words in a row.</summary>
    public static uint Combine(uint first, uint second, uint third) => ((first * 31) ^ second) * 0x85EBCA6B ^ (third * 0xC2B2AE35);

    /// <summary>Adds a hash; true when it is new.</summary>
    public bool Add(uint hash) => new HashSpan(_slots).Add(hash);

    /// <summary>Whether the set holds the hash.</summary>
    public bool Contains(uint hash) => new HashSpan(_slots).Contains(hash);
}
