namespace Patchbay.Vault.Tests.Egress;

/// <summary>One line of the attack table. In every text <c>{P}</c> is the function's phantom for Slack, <c>{G}</c> the one
/// for Gmail (of the live realm), <c>{O}</c> another process's, and <c>{REAL}</c> nothing a function could know.</summary>
/// <param name="Name">A sentence.</param>
/// <param name="Tunnel">Target of CONNECT, or null to send <paramref name="Bytes"/> to the door as they are.</param>
/// <param name="Bytes">What is sent inside.</param>
/// <param name="Status">What the tunnel (if refused) or the request is answered; 0: closed without an answer.</param>
/// <param name="Logged">Code of the log line, or null if there is none to write.</param>
public sealed record Attack(string Name, string? Tunnel, string Bytes, int Status, string? Logged)
{
    public bool Tls { get; init; } = true;

    public override string ToString() => Name;
}
