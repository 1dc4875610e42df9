using System.Text.Json;

namespace Patchbay.Vault.Egress;

/// <summary>A refusal of the egress, in the shape of all our errors. Functions, people and models read it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Code"><c>PB22xx</c>, or the <c>PB21xx</c> of a connection.</param>
/// <param name="Message">What failed and who must do what; no secret, no body.</param>
internal sealed record EgressError(int Status, string Code, string Message)
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    public static byte[] Json(string code, string message) =>
        JsonSerializer.SerializeToUtf8Bytes(new { error = new { code, message, detail = (object?)null } }, Web);
}
