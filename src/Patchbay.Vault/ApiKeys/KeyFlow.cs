using System.Text;
using Patchbay.Catalog;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Network;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.ApiKeys;

/// <summary>Connecting by a key: compose, prove at the vendor, seal. Nothing is stored and nothing replaced before the proof.</summary>
internal sealed class KeyFlow(ConnectorCatalog catalog, IConnectionStore store, AccountReader accounts, SecretBox box, TimeProvider time)
{
    private const int LongestField = 4096;

    public async Task<ConnectOutcome> ConnectAsync(KeyConnectRequest request, CancellationToken cancellationToken)
    {
        var connector = catalog.FindConnector(request.Connector) ?? throw new VaultRefusedException("PB2110", "The catalog has no such connector. Choose one of the catalog.");
        if (connector.ApiKey is not { } key)
            throw new VaultRefusedException("PB2118", $"{connector.Name} is connected by signing in, not by a key. Start the connection instead.");
        ConnectFlow.RefuseUnknown(connector, request.ApprovedScopes);
        var fields = key.Fields.ToDictionary(f => f.Name, f => (request.Fields.GetValueOrDefault(f.Name) ?? "").Trim(), StringComparer.Ordinal);
        if (key.Fields.FirstOrDefault(f => !IsUsable(fields[f.Name])) is { } bad)
            return Failed(ConnectFailure.KeyRefused, $"\"{bad.Label}\" is empty or holds characters that no key has. Copy it anew from {key.FoundAt}.");

        var access = Compose(key, fields);
        var told = key.Config.ToDictionary(name => name, name => fields[name], StringComparer.Ordinal);
        if (access.IsSandboxMade || key.Fields.Any(f => f.Secret && new SecretText(fields[f.Name]).IsSandboxMade))
            return Failed(ConnectFailure.KeyRefused, "That is a credential of the sandbox. Enter a key of the real vendor.");
        var account = await AskAsync(connector, access, told, cancellationToken);
        if (account.Status is null or 408 or 429 or >= 500)
            return Failed(ConnectFailure.VendorUnavailable, $"{connector.Name} did not answer, so the key could not be tried. Try again in a moment. The key in use, if there is one, stays.");
        if (!account.Works)
            return Failed(ConnectFailure.KeyRefused, $"{connector.Name} does not accept this key (status {account.Status}). Copy it anew from {key.FoundAt}. The key in use, if there is one, stays.");
        return await StoreAsync(request, connector, new Credential(access, null, Realm.Live) { Config = told }, account, cancellationToken);
    }

    private async Task<AccountAnswer> AskAsync(Connector connector, SecretText access, IReadOnlyDictionary<string, string> told, CancellationToken cancellationToken)
    {
        try
        {
            return await accounts.AskAsync(connector, access, told, Realm.Live, cancellationToken);
        }
        catch (RealmViolationException)
        {
            return new(400, null, null);
        }
    }

    private async Task<ConnectOutcome> StoreAsync(KeyConnectRequest request, Connector connector, Credential credential, AccountAnswer account, CancellationToken cancellationToken)
    {
        var replaced = (await store.ListAsync(request.App, cancellationToken)).FirstOrDefault(c => c.Connector == connector.Id);
        if (replaced is { AccountId: { } before } && account.Id != before && !request.SwitchAccount)
            return Failed(ConnectFailure.OtherAccount, $"This key opens another account than the connected one{(replaced.AccountLabel is { } known ? $" ({known})" : "")}. Enter a key of that account, or use \"Switch account\".");
        var now = time.GetUtcNow();
        var id = new ConnectionId(Ids.New(time));
        var fresh = new ConnectionRow
        {
            App = request.App,
            Id = id,
            Connector = connector.Id,
            Vendor = connector.Vendor,
            Realm = Realm.Live,
            OAuthClient = "",
            State = ConnectionState.Connected,
            AccountId = account.Id,
            AccountLabel = account.Label,
            // A key can do everything its owner can; what this app may do of it is what was approved.
            GrantedScopes = [.. connector.Scopes.Where(s => s.Withdrawn is null).Select(s => s.Id)],
            ApprovedScopes = Scopes.Union(replaced?.ApprovedScopes ?? [], request.ApprovedScopes),
            Credential = credential.Seal(box, request.App, id),
            AccessIssuedAt = now,
            ConnectedBy = request.Teammate,
            ConnectedAt = now,
        };
        try
        {
            await store.InsertAsync(fresh, replaced?.Id, cancellationToken);
        }
        catch (ConnectionConflictException)
        {
            return Failed(ConnectFailure.AlreadyConnected, $"The app was connected to {connector.Name} meanwhile. Nothing else is to be done, or start again to replace it.");
        }
        return new ConnectOutcome { App = request.App, Connector = connector.Id, Connection = ConnectionView.Of(fresh, Scopes.Family(catalog, fresh.Vendor)) };
    }

    private static SecretText Compose(ApiKeyDefinition key, Dictionary<string, string> fields)
    {
        // One pass, so that a value which looks like another field's name stays what it is.
        var text = new StringBuilder();
        for (var at = 0; at < key.Compose.Length; at++)
        {
            var end = key.Compose[at] == '{' ? key.Compose.IndexOf('}', at) : -1;
            if (end > 0 && fields.TryGetValue(key.Compose[(at + 1)..end], out var value))
            {
                text.Append(value);
                at = end;
            }
            else
            {
                text.Append(key.Compose[at]);
            }
        }
        return new SecretText(key.Encoding == KeyEncoding.Base64 ? Convert.ToBase64String(Encoding.UTF8.GetBytes(text.ToString())) : text.ToString());
    }

    private static bool IsUsable(string field) => field.Length is > 0 and <= LongestField && field.All(c => c is > ' ' and < '\x7f');

    private static ConnectOutcome Failed(ConnectFailure failure, string message) => new() { Failure = failure, Message = message };
}
