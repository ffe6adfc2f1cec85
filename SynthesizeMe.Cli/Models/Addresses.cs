namespace SynthesizeMe.Cli;

/// <summary>Addresses of servers, as they are given and as they may be shown.</summary>
internal static class Addresses
{
    /// <summary>Reads an address.</summary>
    /// <param name="option">The option that has it.</param>
    /// <param name="address">The address.</param>
    /// <param name="example">What one looks like.</param>
    /// <exception cref="UsageException">It is none.</exception>
    public static Uri Parse(string option, string address, string example) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new UsageException($"{option} is not an http or https address; write it as in {example}");

    /// <summary>An absolute address without the credentials that it may hold, and without a query, which may hold some.</summary>
    public static string WithoutCredentials(this Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);
}
