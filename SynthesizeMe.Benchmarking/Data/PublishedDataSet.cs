using System.Collections.Immutable;

namespace SynthesizeMe.Benchmarking;

/// <summary>A published data set that <see cref="PreferenceDataSets"/> reads.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Repository">Its name on Hugging Face.</param>
/// <param name="Format">Its schema.</param>
/// <param name="Licence">What is known of its licence, and from where.</param>
public sealed record PublishedDataSet(string Name, string Repository, DataFormat Format, string Licence)
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<PublishedDataSet> All { get; } =
    [
        new(
            "PersonalRewardBench, Chatbot Arena",
            "MichaelR207/chatbot_arena_personalized_0125",
            DataFormat.PersonalRewardBench,
            "not stated where we looked; it is made from Chatbot Arena conversations, whose terms go on to hold: read both cards"),
        new(
            "PersonalRewardBench, PRISM",
            "MichaelR207/prism_personalized_0125",
            DataFormat.PersonalRewardBench,
            "not stated where we looked; it is made from PRISM, whose terms go on to hold: read both cards"),
        new(
            "PRISM",
            "HannahRoseKirk/prism-alignment",
            DataFormat.Prism,
            "texts by people CC-BY-4.0, model responses CC-BY-NC-4.0 and the terms of each model's provider (README of the project)"),
        new(
            "Chatbot Arena conversations",
            "lmsys/chatbot_arena_conversations",
            DataFormat.ChatbotArena,
            "Creative Commons ('cc' in its card; read there which parts are under which); its conditions must be accepted on its page first"),
        new(
            "MT-Bench human judgments",
            "lmsys/mt_bench_human_judgments",
            DataFormat.MtBench,
            "CC-BY-4.0 (its card)"),
    ];

    /// <summary>Where to fetch it.</summary>
    public string Address => $"https://huggingface.co/datasets/{Repository}";

    /// <summary>One line: name, address and licence.</summary>
    public override string ToString() => $"{Name}: {Address}; licence: {Licence}";
}
