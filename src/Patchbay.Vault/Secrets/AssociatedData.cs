using System.Buffers.Binary;
using System.Text;

namespace Patchbay.Vault.Secrets;

/// <summary>What a ciphertext belongs to. A row copied to another app, connection or purpose does not open.</summary>
/// <param name="Purpose">For example <c>credential</c>, <c>client</c> or <c>authorization</c>.</param>
/// <param name="App">The app's id; empty for what belongs to the whole install.</param>
/// <param name="Owner">Connection id, OAuth client id or hash of the state.</param>
internal sealed record AssociatedData(string Purpose, string App, string Owner)
{
    public static AssociatedData Credential(AppId app, ConnectionId connection) => new("credential", app.Value, connection.Value);

    public static AssociatedData Client(string id) => new("client", "", id);

    public static AssociatedData Authorization(AppId app, string stateHash) => new("authorization", app.Value, stateHash);

    /// <summary>Every part with its length before it: no two different triples give the same bytes.</summary>
    public byte[] ToBytes(string layer)
    {
        using var bytes = new MemoryStream();
        Span<byte> length = stackalloc byte[4];
        foreach (var part in (ReadOnlySpan<string>)["patchbay/1", layer, Purpose, App, Owner])
        {
            var text = Encoding.UTF8.GetBytes(part);
            BinaryPrimitives.WriteInt32BigEndian(length, text.Length);
            bytes.Write(length);
            bytes.Write(text);
        }
        return bytes.ToArray();
    }
}
