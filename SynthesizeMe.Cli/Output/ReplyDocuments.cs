using System.Collections.Immutable;

namespace SynthesizeMe.Cli;

/// <summary>What <c>replies answer --json</c> writes.</summary>
/// <param name="Answered">The requests that were answered.</param>
/// <param name="Known">Those that had been before.</param>
/// <param name="Unreadable">The lines that hold no request.</param>
/// <param name="File">Where the answers are.</param>
internal sealed record AnswerDocument(int Answered, int Known, int Unreadable, string File);

/// <summary>What <c>replies import --json</c> writes.</summary>
/// <param name="Added">The replies that are new in the store.</param>
/// <param name="Known">Those that were there already.</param>
/// <param name="Problems">The lines that hold no reply, and why.</param>
/// <param name="Missing">The requests without an answer.</param>
/// <param name="Store">The store.</param>
internal sealed record ImportDocument(int Added, int Known, ImmutableArray<string> Problems, ImmutableArray<string> Missing, string Store);

/// <summary>What <c>replies stats --json</c> writes.</summary>
/// <param name="Store">The store.</param>
/// <param name="Replies">The replies in it.</param>
/// <param name="Bytes">What they take.</param>
/// <param name="Hits">The requests that were answered from it.</param>
/// <param name="Misses">The requests that a model was asked.</param>
/// <param name="SavedInputTokens">The tokens of prompts that were not sent.</param>
/// <param name="SavedOutputTokens">The tokens of replies that were not paid for again.</param>
internal sealed record StoreDocument(string Store, long Replies, long Bytes, long Hits, long Misses, long SavedInputTokens, long SavedOutputTokens);
