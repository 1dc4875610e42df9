using System.Text.Json;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

/// <summary>What a flow must remember until its callback, sealed into the authorization row.</summary>
/// <param name="Verifier">PKCE (RFC 7636); null where the vendor refuses it.</param>
internal sealed record FlowNotes(string? Verifier, IReadOnlyList<string> ApprovedScopes, bool SwitchAccount)
{
    public SealedSecret Seal(SecretBox box, AppId app, string stateHash) =>
        box.Seal(new SecretText(JsonSerializer.Serialize(this)), AssociatedData.Authorization(app, stateHash));

    public static FlowNotes Open(SecretBox box, SealedSecret notes, AppId app, string stateHash) =>
        JsonSerializer.Deserialize<FlowNotes>(box.Open(notes, AssociatedData.Authorization(app, stateHash)).Reveal())!;

    public override string ToString() => nameof(FlowNotes);
}
