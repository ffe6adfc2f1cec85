namespace SynthesizeMe.Offline;

/// <summary>What a single word says about the style of a text.</summary>
[Flags]
internal enum WordClasses : ushort
{
    /// <summary>Nothing.</summary>
    None = 0,
    /// <summary>It hedges.</summary>
    Hedge = 1,
    /// <summary>It insists.</summary>
    Certain = 2,
    /// <summary>It speaks of the writer.</summary>
    FirstPerson = 4,
    /// <summary>It speaks to the reader.</summary>
    SecondPerson = 8,
    /// <summary>It gives a reason.</summary>
    Reason = 16,
    /// <summary>It introduces an example.</summary>
    Example = 32,
    /// <summary>It is friendly.</summary>
    Warm = 64,
    /// <summary>It is spelled carelessly.</summary>
    Careless = 128,
    /// <summary>At the start of a text it announces a refusal.</summary>
    Refusal = 256,
    /// <summary>In a request it asks for brevity.</summary>
    Brevity = 512,
    /// <summary>At the start of a line, before a colon, it names a speaker.</summary>
    Speaker = 1024,
}

/// <summary>A fixed table from words to <see cref="WordClasses"/>, asked by the hash that the scanner has computed anyway.</summary>
/// <remarks>
/// Only hashes are compared: with some two hundred 32-bit entries a foreign word is taken for a listed one once in about twenty
/// million.
/// </remarks>
internal static class StyleLexicon
{
    private const int Size = 1024;

    private static readonly uint[] Hashes = new uint[Size];
    private static readonly WordClasses[] Classes = Build(Hashes);

    /// <summary>The hash of nothing, from which <see cref="Extend"/> starts.</summary>
    public const uint Seed = 2166136261;

    /// <summary>The hash with one more lower-case character.</summary>
    public static uint Extend(uint hash, uint character) => (hash ^ character) * 16777619;

    /// <summary>The classes of the word with this hash.</summary>
    public static WordClasses Find(uint hash)
    {
        for (uint slot = Slot(hash); Hashes[slot] != 0; slot = (slot + 1) % Size)
        {
            if (Hashes[slot] == hash)
                return Classes[slot];
        }
        return WordClasses.None;
    }

    private static uint Slot(uint hash) => (hash ^ (hash >> 15)) % Size;

    private static WordClasses[] Build(uint[] hashes)
    {
        WordClasses[] classes = new WordClasses[Size];
        (WordClasses Class, string Words)[] lists =
        [
            (WordClasses.Hedge, "perhaps maybe possibly probably might may could seems seem seemingly appears likely somewhat "
                + "apparently arguably roughly generally usually often sometimes typically suggest suggests guess suppose unsure "
                + "fairly relatively tend tends"),
            (WordClasses.Certain, "always never must definitely certainly clearly obviously absolutely surely undoubtedly every "
                + "everyone all none nobody completely totally only nothing everything fact proven truth truly"),
            (WordClasses.FirstPerson, "i i'm i've i'd i'll me my mine myself we we're we've our ours us im ive"),
            (WordClasses.SecondPerson, "you your yours yourself you're you've you'll you'd ur u"),
            (WordClasses.Reason, "because since therefore thus hence so consequently reason reasons due cause causes result "
                + "results why if then"),
            (WordClasses.Example, "example examples instance eg such like including namely specifically"),
            (WordClasses.Warm, "please thank thanks glad happy sure great hope enjoy love wonderful welcome delight delightful "
                + "beautiful good best nice perfect amazing fun help friendly"),
            (WordClasses.Careless, "dont cant wont isnt doesnt didnt im ive thats u ur r alot becuase becouse beleive teh "
                + "thier definately shouldnt wouldnt couldnt arent wasnt havent hasnt youre theyre theres whats lets cuz coz "
                + "bcoz plz thx gonna wanna kinda lol omg wat ppl pls mabye wich wether everytime noone kno thay ther govt realy "
                + "peaple peple"),
            (WordClasses.Refusal, "sorry apologize apologise cannot can't unable ai model assistant"),
            (WordClasses.Brevity, "only just short brief briefly concise concisely succinct succinctly single haiku sentence "
                + "tweet summarize summarise"),
            (WordClasses.Speaker, "q a user human bot assistant ai system question answer customer response input output instruction"),
        ];
        foreach ((WordClasses wordClass, string words) in lists)
        {
            foreach (Range range in words.AsSpan().Split(' '))
            {
                uint hash = Seed;
                foreach (char c in words.AsSpan()[range])
                    hash = Extend(hash, c);
                uint slot = Slot(hash);
                while (hashes[slot] != 0 && hashes[slot] != hash)
                    slot = (slot + 1) % Size;
                hashes[slot] = hash;
                classes[slot] |= wordClass;
            }
        }
        return classes;
    }
}
