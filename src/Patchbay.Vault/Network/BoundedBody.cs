namespace Patchbay.Vault.Network;

internal static class BoundedBody
{
    /// <exception cref="IOException">The body is larger than the limit.</exception>
    public static async Task<byte[]> ReadAsync(HttpContent content, int limit, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var kept = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (kept.Length + read > limit)
                throw new IOException("The vendor's answer is larger than expected.");
            kept.Write(buffer, 0, read);
        }
        return kept.ToArray();
    }
}
