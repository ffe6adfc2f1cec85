using SynthesizeMe.Benchmarking;
using SynthesizeMe.Signatures;

namespace SynthesizeMe.AotCompatibility;

/// <summary>What must hold of data sets and reward models in a native program.</summary>
internal static class DataChecks
{
    /// <summary>Three pairs of a person, with lists and records, as DuckDB writes them.</summary>
    private const string Parquet =
        "UEFSMRUAFTwVMiwVBhUAFQYVBgAAKLUv/SAehQAAQAIAAAAGAQcAAgArCAyACxUAFTAVQiwVBhUAFQYVBgAAKLUv/SAYwQAAAgAAAAYBAgAAAGMwAgAAAGMxAgAAAGMyFQ" +
        "AVPBVELBUGFQAVBhUGAAAotS/9IB7NAACAAgAAAAYABHEwMQIAAABxMgMAQBAEy1XgFQAVSBVALBUGFQAVBhUGAAAotS/9ICS9AAB4AgAAAAYABAQAAAB1c2VyAgAreHKV" +
        "IhUAFTAVQiwVBhUAFQYVBgAAKLUv/SAYwQAAAgAAAAYCAgAAAGEwAgAAAGExAgAAAGEyFQAVQhU8LBUGFQAVBhUGAAAotS/9ICGtAAB4AgAAAAYCBQAAAG1vZGVsAQD0Sh" +
        "0VABUqFTQsFQYVABUGFQYAACi1L/0gFY0AAFgCAAAABgIBAAAAYgEA2IoXFQAVQhU8LBUGFQAVBhUGAAAotS/9ICGtAAB4AgAAAAYCBQAAAG1vZGVsAQD0Sh0VABVCFTws" +
        "FQYVABUGFQYAACi1L/0gIa0AAHgCAAAABgEFAAAAdHJhaW4BAPRKHRUAFTwVTiwVBhUAFQYVBgAAKLUv/SAe8QAAAgAAAAYBAAAAQPxU2UEAAEBA/FTZQQAAgED8VNlBFQ" +
        "IZ/BA1ABgNZHVja2RiX3NjaGVtYRUOABUEJQIYB3VzZXJfaWQlJAAVDCUCGA9jb252ZXJzYXRpb25faWQlAAA1AhgHY29udGV4dBUCFQYANQQYBGxpc3QVAgA1AhgHZWxl" +
        "bWVudBUEABUMJQIYB2NvbnRlbnQlAAAVDCUCGARyb2xlJQAANQIYBmNob3NlbhUEABUMJQIYB2NvbnRlbnQlAAAVDCUCGARyb2xlJQAANQIYCHJlamVjdGVkFQQAFQwlAh" +
        "gHY29udGVudCUAABUMJQIYBHJvbGUlAAAVDCUCGAVzcGxpdCUAABUKJQIYCXRpbWVzdGFtcAAWBhkcGawmABwVBBkVABkYB3VzZXJfaWQVDBYGFl4WVCYIPBgIBwAAAAAA" +
        "AAAYCAcAAAAAAAAAFgAoCAcAAAAAAAAAGAgHAAAAAAAAABERAAAAJgAcFQwZFQAZGA9jb252ZXJzYXRpb25faWQVDBYGFlIWZCZcPBgCYzIYAmMwFgAoAmMyGAJjMBERAA" +
        "AAJgAcFQwZFQAZSAdjb250ZXh0BGxpc3QHZWxlbWVudAdjb250ZW50FQwWBhZeFmYmwAE8GAJxMhgCcTAWACgCcTIYAnEwEREAAAAmABwVDBkVABlIB2NvbnRleHQEbGlz" +
        "dAdlbGVtZW50BHJvbGUVDBYGFmoWYiamAjwYBHVzZXIYBHVzZXIWACgEdXNlchgEdXNlchERAAAAJgAcFQwZFQAZKAZjaG9zZW4HY29udGVudBUMFgYWUhZkJogDPBgCYT" +
        "IYAmEwFgAoAmEyGAJhMBERAAAAJgAcFQwZFQAZKAZjaG9zZW4Ecm9sZRUMFgYWZBZeJuwDPBgFbW9kZWwYBW1vZGVsFgAoBW1vZGVsGAVtb2RlbBERAAAAJgAcFQwZFQAZ" +
        "KAhyZWplY3RlZAdjb250ZW50FQwWBhZMFlYmygQ8GAFiGAFiFgAoAWIYAWIREQAAACYAHBUMGRUAGSgIcmVqZWN0ZWQEcm9sZRUMFgYWZBZeJqAFPBgFbW9kZWwYBW1vZG" +
        "VsFgAoBW1vZGVsGAVtb2RlbBERAAAAJgAcFQwZFQAZGAVzcGxpdBUMFgYWZBZeJv4FPBgFdHJhaW4YBXRyYWluFgAoBXRyYWluGAV0cmFpbhERAAAAJgAcFQoZFQAZGAl0" +
        "aW1lc3RhbXAVDBYGFl4WcCbcBjwYCAAAgED8VNlBGAgAAABA/FTZQRYAKAgAAIBA/FTZQRgIAAAAQPxU2UEREQAAABagBxYGJggWxAcAKChEdWNrREIgdmVyc2lvbiB2MS" +
        "41LjYgKGJ1aWxkIDA2OWNjOWY5YjUpGawcAAAcAAAcAAAcAAAcAAAcAAAcAAAcAAAcAAAcAAAACAQAAFBBUjE=";

    public static async Task ParquetAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("synthesizeme-aot-");
        try
        {
            string path = Path.Combine(folder.FullName, "pairs.parquet");
            await File.WriteAllBytesAsync(path, Convert.FromBase64String(Parquet));
            PreferenceDataSet set = await PreferenceDataSets.ReadAsync(path);
            Require(set.Problems.IsEmpty, string.Join(' ', set.Problems));
            Require(string.Join(' ', set.Pairs.Select(p => $"{p.UserId} {p.ConversationId} {p.Context.Turns[0].Text} {p.Chosen} {p.Split}")) == "7 c0 q0 a0 Train 7 c1 q1 a1 Train 7 c2 q2 a2 Train", set.ToString());
            Require(set.Users[0].Pairs[2].Timestamp == DateTimeOffset.FromUnixTimeSeconds(1700000002), set.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    public static async Task RewardModelAsync()
    {
        using var embeddings = new StyleEmbeddings();
        PreferencePair[] pairs = [.. Enumerable.Range(0, 12).Select(i => new PreferencePair(Conversation.FromUser($"Question {i}?"), "Yes.", "Well, perhaps it depends on what you mean by that.") { UserId = "ada" })];
        BradleyTerryTraining training = await BradleyTerryRewardModel.TrainAsync(embeddings, pairs);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("synthesizeme-aot-");
        try
        {
            string path = Path.Combine(folder.FullName, "ada.reward.json");
            await training.Model.SaveAsync(path);
            BradleyTerryRewardModel loaded = await BradleyTerryRewardModel.LoadAsync(path, embeddings);
            Reranking ranking = await loaded.RerankAsync(Conversation.FromUser("And tea?"), ["Well, perhaps it depends on the tea.", "Yes."], new RewardPerson("ada", null));
            Require(ranking.Best.Completion == "Yes.", ranking.ToString());
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}
