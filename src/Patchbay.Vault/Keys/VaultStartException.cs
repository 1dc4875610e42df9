namespace Patchbay.Vault.Keys;

/// <summary>The vault cannot start. The message says what is wrong and who must do what; it carries no secret.</summary>
/// <param name="code"><c>PB2001</c> missing, <c>PB2002</c> damaged, <c>PB2003</c> the wrong key, <c>PB2004</c> readable by
/// others, <c>PB2005</c> inside the data directory, <c>PB2006</c> cannot be read or written, <c>PB2007</c> vault not set up.</param>
public sealed class VaultStartException(string code, string message) : Exception(message)
{
    public string Code { get; } = code;
}
