using Patchbay.Catalog;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Network;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.OAuth;

/// <summary>The authorisation-code flow: begin at the dashboard, complete at the callback.</summary>
internal sealed class ConnectFlow(
    ConnectorCatalog catalog,
    IConnectionStore store,
    OAuthClients clients,
    TokenEndpoint endpoint,
    AccountReader accounts,
    GrantRevoker revoker,
    SecretBox box,
    VendorHttp http,
    VaultOptions options,
    TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    public async Task<AuthorizationStart> BeginAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        var connector = catalog.FindConnector(request.Connector) ?? throw new VaultRefusedException("PB2110", "The catalog has no such connector. Choose one of the catalog.");
        var approved = request.ApprovedScopes ?? request.Scopes;
        RefuseUnknown(connector, Scopes.Union(request.Scopes, approved));
        var client = await clients.ChooseAsync(connector, request.Realm, request.Workspace, request.Client, cancellationToken);
        var replaced = await FindReplacedAsync(request, cancellationToken);
        var scopes = Scopes.Union(connector.OAuth.IdentityScopes, replaced?.ApprovedScopes ?? [], request.Scopes);

        var (state, redirectUri) = (Nonce.New(), options.RedirectUri(connector.Vendor));
        var browser = request.BrowserBinding is { Length: >= 32 } bound ? bound : Nonce.New();
        var notes = new FlowNotes(connector.OAuth.Pkce ? Nonce.New() : null, Scopes.Union(replaced?.ApprovedScopes ?? [], approved), request.SwitchAccount);
        var stateHash = Nonce.Hash(state);
        await store.InsertAuthorizationAsync(new AuthorizationRow
        {
            StateHash = stateHash,
            BrowserHash = Nonce.Hash(browser),
            App = request.App,
            Teammate = request.Teammate,
            Connector = connector.Id,
            OAuthClient = client.Id,
            Realm = client.Realm,
            RedirectUri = redirectUri,
            RequestedScopes = scopes,
            Replaces = replaced?.Id,
            Verifier = notes.Seal(box, request.App, stateHash),
            Context = request.Context,
            ExpiresAt = time.GetUtcNow() + Life,
        }, cancellationToken);

        var url = AuthorizeUrl.Build(connector.OAuth, client.ClientId, redirectUri, scopes, state, notes.Verifier, request.SwitchAccount);
        return new AuthorizationStart(client.Realm == Realm.Sandbox ? http.Sandbox.Rewrite(url) : url, browser);
    }

    public async Task<ConnectOutcome> CompleteAsync(CallbackParameters callback, string? browserBinding, string teammate, CancellationToken cancellationToken)
    {
        if (callback.Single("state") is not { Length: > 0 and <= 200 } state)
            return Failed(ConnectFailure.Malformed, "This is not an answer to a connection that was started here. Start the connection again.");
        // Taking comes before every check: whatever happens next, this state is spent.
        if (await store.TakeAuthorizationAsync(Nonce.Hash(state), cancellationToken) is not { } row)
            return Failed(ConnectFailure.UnknownState, "This connection was already answered or never started here. Start the connection again.");
        if (row.ExpiresAt <= time.GetUtcNow())
            return Failed(ConnectFailure.Expired, "More than ten minutes passed. Start the connection again.");
        if (browserBinding is null || !Nonce.SameHash(Nonce.Hash(browserBinding), row.BrowserHash))
            return Failed(ConnectFailure.WrongBrowser, "This connection was started in another browser. Start it again in this one, and do not open such links from others.");
        if (row.Teammate != teammate)
            return Failed(ConnectFailure.WrongTeammate, "Another teammate started this connection. Sign in as that teammate or start it again.");

        var outcome = await AnswerAsync(callback, row, cancellationToken);
        return outcome with { App = row.App, Connector = row.Connector, Context = row.Context };
    }

    private async Task<ConnectOutcome> AnswerAsync(CallbackParameters callback, AuthorizationRow row, CancellationToken cancellationToken)
    {
        // Before anything of the answer is read: another vendor's code must not reach this one's token endpoint.
        if (row.RedirectUri[(row.RedirectUri.LastIndexOf('/') + 1)..] != callback.Vendor)
            return Failed(ConnectFailure.OtherVendor, "The answer came to the address of another vendor than the one that was asked. Nothing was exchanged. Start the connection again.");
        if (row.Verifier is null || catalog.FindConnector(row.Connector) is not { } connector || await clients.FindAsync(row.OAuthClient, cancellationToken) is not { } client || client.Realm != row.Realm)
            return Failed(ConnectFailure.NotSetUp, "The connector or its OAuth client is no longer set up. An admin must set it up.");
        if (connector.OAuth.Issuer is { } issuer && callback.Single("iss") != issuer)
            return Failed(ConnectFailure.IssuerMismatch, $"The answer does not come from {connector.Name}. Start the connection again.");
        if (callback.Single("error") is { } error)
        {
            return DenialErrors.Contains(error)
                ? Failed(ConnectFailure.Denied, $"{connector.Name} was not connected because access was not allowed. Start again and allow it.")
                : Failed(ConnectFailure.VendorError, $"{connector.Name} reported an error{(SafeText.Code(error) is { } code ? $" ({code})" : "")}. Start the connection again.");
        }
        if (callback.Repeats("error") || callback.Single("code") is not { Length: > 0 and <= 4096 } authorizationCode)
            return Failed(ConnectFailure.Malformed, $"{connector.Name} sent no authorisation code. Start the connection again.");
        return await ExchangeAsync(row, connector, client, authorizationCode, cancellationToken);
    }

    private static readonly string[] DenialErrors = ["access_denied", "user_cancelled_login", "user_cancelled_authorize"];

    private async Task<ConnectOutcome> ExchangeAsync(AuthorizationRow row, Connector connector, OpenClient client, string code, CancellationToken cancellationToken)
    {
        var notes = FlowNotes.Open(box, row.Verifier!, row.App, row.StateHash);
        TokenGrant? grant;
        TokenFailure? failure;
        try
        {
            (grant, failure) = await endpoint.ExchangeAsync(connector, client, code, row.RedirectUri, notes.Verifier, cancellationToken);
        }
        catch (RealmViolationException)
        {
            return Failed(ConnectFailure.ExchangeRefused, "That answer belongs to the other realm (live or sandbox). Start the connection again.");
        }
        if (grant is null)
        {
            return failure!.Kind == TokenFailureKind.Refused
                ? Failed(ConnectFailure.ExchangeRefused, $"{connector.Name} did not accept the authorisation{(failure.Error is { } e ? $" ({e})" : "")}. Start the connection again; if it fails again, an admin must check the OAuth client.")
                : Failed(ConnectFailure.VendorUnavailable, $"{connector.Name} did not answer properly. Try again in a moment.");
        }
        // A vendor cannot hand a token of the other realm: it would be sealed into the wrong one for good.
        if (grant.Access.IsSandboxMade != (client.Realm == Realm.Sandbox))
            return Failed(ConnectFailure.ExchangeRefused, "The token that came belongs to the other realm (live or sandbox). An admin must check the OAuth client.");

        var (accountId, label) = await accounts.ReadAsync(connector, grant, client.Realm, cancellationToken);
        return await StoreAsync(row, connector, client, notes, grant, accountId, label, cancellationToken);
    }

    private async Task<ConnectOutcome> StoreAsync(AuthorizationRow row, Connector connector, OpenClient client, FlowNotes notes, TokenGrant grant, string? accountId, string? label, CancellationToken cancellationToken)
    {
        var credential = new Credential(grant.Access, grant.Refresh, client.Realm) { Config = Credential.ConfigOf(connector, grant) };
        var replaced = row.Replaces is { } old ? await store.FindAsync(row.App, old, cancellationToken) : null;
        if (replaced is { State: ConnectionState.Disconnected })
            replaced = null;
        if (replaced is { AccountId: { } before } && replaced.Realm == client.Realm && accountId != before && !notes.SwitchAccount)
        {
            await revoker.RevokeAsync(connector, client, credential, accountId, except: null, cancellationToken);
            return Failed(ConnectFailure.OtherAccount, $"Another account was chosen than the connected one{(replaced.AccountLabel is { } known ? $" ({known})" : "")}. Choose that account, or use \"Switch account\".");
        }

        var now = time.GetUtcNow();
        var id = new ConnectionId(Ids.New(time));
        var granted = grant.Scopes ?? row.RequestedScopes;
        var fresh = new ConnectionRow
        {
            App = row.App,
            Id = id,
            Connector = connector.Id,
            Vendor = connector.Vendor,
            Realm = client.Realm,
            OAuthClient = client.Id,
            State = ConnectionState.Connected,
            AccountId = accountId,
            AccountLabel = label,
            GrantedScopes = granted,
            ApprovedScopes = notes.ApprovedScopes,
            Credential = credential.Seal(box, row.App, id),
            AccessExpiresAt = grant.Life is { } life ? now + life : null,
            AccessIssuedAt = now,
            ConnectedBy = row.Teammate,
            ConnectedAt = now,
        };
        // Whom to tell must be known before the old credential is destroyed by the insert.
        var oldCredential = replaced is { AccountId: { } was } && was != accountId && replaced.Credential is not null ? Credential.Open(box, replaced) : null;
        try
        {
            await store.InsertAsync(fresh, replaced?.Id, cancellationToken);
        }
        catch (ConnectionConflictException)
        {
            await revoker.RevokeAsync(connector, client, credential, accountId, except: null, cancellationToken);
            return Failed(ConnectFailure.AlreadyConnected, $"The app was connected to {connector.Name} meanwhile. Nothing else is to be done, or start again to replace it.");
        }
        if (oldCredential is not null && await clients.FindAsync(replaced!.OAuthClient, cancellationToken) is { } oldClient)
            await revoker.RevokeAsync(connector, oldClient, oldCredential, replaced.AccountId, except: null, cancellationToken);
        return new ConnectOutcome { Connection = ConnectionView.Of(fresh, Scopes.Family(catalog, fresh.Vendor)), MissingScopes = Scopes.Missing(row.RequestedScopes, granted, connector) };
    }

    private async Task<ConnectionRow?> FindReplacedAsync(ConnectRequest request, CancellationToken cancellationToken)
    {
        if (request.Replaces is { } named)
        {
            var row = await store.FindAsync(request.App, named, cancellationToken);
            return row is { State: not ConnectionState.Disconnected } && row.Connector == request.Connector
                ? row
                : throw new VaultRefusedException("PB2113", "The connection to replace is not there any more. Connect without replacing one.");
        }
        return (await store.ListAsync(request.App, cancellationToken)).FirstOrDefault(c => c.Connector == request.Connector);
    }

    public static void RefuseUnknown(Connector connector, IReadOnlyList<string> scopes)
    {
        if (scopes.Select(s => connector.Scopes.FirstOrDefault(k => k.Id == s)).FirstOrDefault(s => s?.Withdrawn is not null) is { } withdrawn)
            throw new VaultRefusedException("PB2120", $"{connector.Name} gives the permission {withdrawn.Id} to nobody: {withdrawn.Withdrawn}");
        var identity = connector.UsesOAuth ? connector.OAuth.IdentityScopes : [];
        if (scopes.FirstOrDefault(s => !connector.Scopes.Any(k => k.Id == s) && !identity.Contains(s)) is { } unknown)
            throw new VaultRefusedException("PB2111", $"{connector.Name} has no permission named {SafeText.Label(unknown)} in the catalog. Permissions come from the operations used, not from text.");
    }

    private static ConnectOutcome Failed(ConnectFailure failure, string message) => new() { Failure = failure, Message = message };
}
