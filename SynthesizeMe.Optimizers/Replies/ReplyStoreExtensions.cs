using Microsoft.Extensions.AI;

namespace SynthesizeMe.Optimizers;

/// <summary>Puts a reply store in front of a model.</summary>
public static class ReplyStoreExtensions
{
    /// <summary>Answers from a store what is in it, and adds to it what the model is asked. The client does not close the store.</summary>
    /// <param name="chatClient">The model.</param>
    /// <param name="store">The store.</param>
    public static IChatClient UseReplyStore(this IChatClient chatClient, ReplyStore store) => new ReplyStoreChatClient(chatClient, store);

    /// <summary>Likewise with the store in a file, which is closed with the client. <c>GetService&lt;ReplyStore&gt;()</c> gives the store.</summary>
    /// <param name="chatClient">The model.</param>
    /// <param name="path">The file; see <see cref="ReplyStore.Open"/>.</param>
    /// <param name="options">How it is kept.</param>
    /// <exception cref="ReplyStoreException">The store cannot be opened.</exception>
    public static IChatClient UseReplyStore(this IChatClient chatClient, string path, ReplyStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(chatClient);
        return new ReplyStoreChatClient(chatClient, ReplyStore.Open(path, options), ownsStore: true);
    }

    /// <summary>Adds a store to a pipeline. What comes before it sees every request, what comes after it only those that go to the model.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="store">The store.</param>
    public static ChatClientBuilder UseReplyStore(this ChatClientBuilder builder, ReplyStore store)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(client => client.UseReplyStore(store));
    }

    /// <summary>Likewise with the store in a file.</summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="path">The file; see <see cref="ReplyStore.Open"/>.</param>
    /// <param name="options">How it is kept.</param>
    /// <exception cref="ReplyStoreException">When the pipeline is built: the store cannot be opened.</exception>
    public static ChatClientBuilder UseReplyStore(this ChatClientBuilder builder, string path, ReplyStoreOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use(client => client.UseReplyStore(path, options));
    }
}
