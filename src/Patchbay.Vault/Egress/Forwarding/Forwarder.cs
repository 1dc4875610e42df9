using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Patchbay.Catalog;
using Patchbay.Vault.Connections;
using Patchbay.Vault.Egress.Doors;
using Patchbay.Vault.Network;
using Patchbay.Vault.OAuth;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.Egress.Forwarding;

/// <summary>One request of a function to the outside. The order is the safety: 1 what it carries and where to, 2 what the
/// function may do now, 3 the operation, 4 the credential, 5 sending, 6 the scrubbed way back.</summary>
internal sealed class Forwarder(HostPolicy hosts, IEgressPolicy policy, IConnectionStore store, TokenSource tokens, VendorHttp http, TimeProvider time)
{
    /// <summary>For the reply's head; the body may take as long as the function lives.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    /// <returns>Null if the reply was passed on; else what to answer instead.</returns>
    public async Task<EgressError?> ForwardAsync(HttpContext context, EgressDoor door, string host, string target, CallRecord call)
    {
        var (slot, misuse) = PhantomSlot.Find(target, context.Request.Headers, door.Phantoms, hosts.Find);
        if (misuse is not null)
            return misuse;
        call.Connection = slot;
        if (Unsupported(context.Request) is { } unsupported)
            return unsupported;
        if (await policy.GetAsync(call.Function, context.RequestAborted) is not { } allowed)
            return HostPolicy.NotAllowed;
        if (slot is null)
            return HostPolicy.IsExtraHost(allowed, host) ? await SendAsync(context, host, target, call, null) : HostPolicy.HostNotAllowed(host);

        if (!allowed.Connections.Contains(slot))
            return new EgressError(403, "PB2212", "This function may no longer use that connection. Call getConnection again; if that fails, a teammate must allow it.");
        if (!hosts.IsVendorHost(slot.Connector, host))
            return new EgressError(403, "PB2213", $"A token of {slot.Connector} does not travel to {host}.");
        if (await store.FindAsync(call.Function.App, slot.Connection, context.RequestAborted) is not { } row || row.Connector != slot.Connector)
            return new EgressError(424, "PB2101", "The account is not connected any more. A teammate must connect one.");

        var family = hosts.Family(slot.Connector).ToList();
        var path = RequestTarget.PathOf(target);
        var keyed = hosts.Find(slot.Connector) is { UsesOAuth: false } known ? known : null;
        if ((keyed is null ? OperationGate.Judge(family, row.GrantedScopes, row.ApprovedScopes, context.Request.Method, host, path)
            : OperationGate.JudgeKey(keyed, hosts.OperationsOf(keyed, context.Request.Method, host, path), row.ApprovedScopes)) is not { } verdict)
            return new EgressError(403, "PB2226", $"No operation of the catalog describes this call, and a key of {keyed!.Name} could do anything. Only described operations pass: use one of them, or whoever runs this server must add it to the connector.");
        call.Operation = verdict.Operation;
        if (verdict.Missing is { } missing)
            return new EgressError(403, "PB2214", $"This app was not allowed to do that: a teammate must approve {(missing.Count > 0 ? string.Join(", ", missing.Select(s => Plain(family, s))) : "the operation")} first.");
        if (verdict.Excess is { } excess)
            return new EgressError(403, "PB2225", $"No operation of the catalog describes this call, and the connected account's grant covers more than was approved here: a teammate must approve {string.Join(", ", excess.Select(s => Plain(family, s)))} first, or connect the account anew.");
        return await SendAsync(context, host, target, call, row);
    }

    private static EgressError? Unsupported(HttpRequest request)
    {
        if (HeaderRules.MethodOverrides.Any(request.Headers.ContainsKey))
            return new EgressError(400, "PB2215", "A request may not name another method in a header. Send the method itself.");
        if (request.Headers.Upgrade.Count > 0)
            return new EgressError(501, "PB2216", "Upgrading the connection (WebSocket) is not supported for functions. Use the vendor's HTTP interface.");
        return request.ContentType?.StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) == true
            ? new EgressError(501, "PB2217", "gRPC is not supported for functions. Use the vendor's REST interface.")
            : null;
    }

    /// <param name="row">The connection to send with; null for a call without credential.</param>
    private async Task<EgressError?> SendAsync(HttpContext context, string host, string target, CallRecord call, ConnectionRow? row)
    {
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, context.RequestAborted);
        HttpResponseMessage? reply = null;
        RequestBody? body = null;
        try
        {
            var token = row is null ? null : await tokens.GetAsync(row, either.Token);
            body = await RequestBody.ReadAsync(context.Request, either.Token);
            reply = await SendOnceAsync(context.Request, host, target, body, row, token, either.Token);
            if (reply.StatusCode == HttpStatusCode.Unauthorized && token is not null && body.CanReplay
                && await RenewAsync(row!, token, either.Token) is { } renewed)
            {
                reply.Dispose();
                token = renewed;
                reply = await SendOnceAsync(context.Request, host, target, body, row, token, either.Token);
            }
            call.RequestBytes = body.Bytes;
            patience.CancelAfter(Timeout.InfiniteTimeSpan);
            return await PassOnAsync(context, reply, token, row is null ? null : hosts.Find(row.Connector)!.Slot, call);
        }
        catch (ConnectionUnusableException e)
        {
            return new EgressError(e.MayWorkLater ? 503 : 424, e.Code, e.Message);
        }
        catch (SecretUnreadableException)
        {
            return new EgressError(424, "PB2107", "The stored access does not open. A teammate must connect the account again.");
        }
        catch (Exception e) when (Cause<RealmViolationException>(e) is not null)
        {
            return new EgressError(403, "PB2218", "A credential of the sandbox and a real vendor do not meet. A teammate must connect a real account, or use the sandbox's.");
        }
        catch (Exception e) when (Cause<AddressRefusedException>(e) is not null)
        {
            return new EgressError(403, "PB2219", $"{host} is not reachable from here: its address is not a public one, or the sandbox is off.");
        }
        catch (Exception e) when (!context.Response.HasStarted && e is HttpRequestException or IOException or OperationCanceledException)
        {
            call.RequestBytes = body?.Bytes ?? 0;
            // The exception's own text may quote the request: its kind is all that is told.
            return new EgressError(patience.IsCancellationRequested ? 504 : 502, "PB2220", $"{host} could not be reached or did not answer. Try again later.");
        }
        finally
        {
            reply?.Dispose();
        }
    }

    /// <summary>A vendor's 401 stands if no newer token can be had: it says more than we could.</summary>
    private async Task<AccessToken?> RenewAsync(ConnectionRow row, AccessToken refused, CancellationToken cancellationToken)
    {
        try
        {
            return await tokens.RenewAsync(row.App, row.Id, refused, cancellationToken);
        }
        catch (ConnectionUnusableException)
        {
            return null;
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequest request, string host, string target, RequestBody body, ConnectionRow? row, AccessToken? token, CancellationToken cancellationToken)
    {
        // The target goes out byte for byte as it was judged.
        var uri = new Uri($"https://{host}{target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new HttpMethod(request.Method), uri) { Content = body.ToContent(), Version = HttpVersion.Version11 };
        var slot = row is null ? null : hosts.Find(row.Connector)!.Slot;
        foreach (var (name, values) in HeaderRules.ForVendor(request.Headers))
        {
            if (slot is not null && name.Equals(slot.Header, StringComparison.OrdinalIgnoreCase))
                continue;
            if (!message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
                message.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
        }
        // Compression would hide an echo of the token from the scrubber.
        message.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        if (token is null)
            return await http.For(Realm.Live).SendAsync(new VendorRequest(message), cancellationToken);
        message.Headers.TryAddWithoutValidation(slot!.Header, slot.Format.Replace("{token}", token.Value.Reveal(), StringComparison.Ordinal));
        return await http.For(token.Realm).SendAsync(new VendorRequest(message, token.Value), cancellationToken);
    }

    private static async Task<EgressError?> PassOnAsync(HttpContext context, HttpResponseMessage reply, AccessToken? token, CredentialSlot? slot, CallRecord call)
    {
        if (token is not null && !ReplyBody.CanRead(reply))
            return new EgressError(502, "PB2221", "The vendor's answer is compressed in a way that cannot be checked. Ask the vendor for an uncompressed answer.");
        var forms = token is null ? null : EchoForms.Of(token.Value, slot!);
        var decoded = token is not null && ReplyBody.IsEncoded(reply);
        context.Response.StatusCode = (int)reply.StatusCode;
        call.Status = (int)reply.StatusCode;
        foreach (var (name, values) in HeaderRules.ForFunction(reply))
        {
            if (decoded && (name.Equals("Content-Encoding", StringComparison.OrdinalIgnoreCase) || name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
                continue;
            context.Response.Headers[name] = values.Select(v => forms is null ? v : ScrubHeader(v, forms)).ToArray();
        }
        call.Outcome = CallOutcome.Sent;
        // The head goes out before the body: a stream of events may be silent for long.
        await context.Response.StartAsync(context.RequestAborted);
        call.ResponseBytes = await ReplyBody.CopyAsync(reply, context.Response, forms is null ? null : new Scrubber(forms), context.RequestAborted);
        return null;
    }

    private static string ScrubHeader(string value, IReadOnlyList<byte[]> forms)
    {
        var scrubber = new Scrubber(forms);
        return Encoding.Latin1.GetString([.. scrubber.Push(Encoding.Latin1.GetBytes(value)).Span, .. scrubber.Finish().Span]);
    }

    private static string Plain(List<Connector> family, string scope) =>
        family.SelectMany(c => c.Scopes).FirstOrDefault(s => s.Id == scope) is { } known ? $"\"{known.Plain}\" ({scope})" : scope;

    private static T? Cause<T>(Exception? e) where T : Exception
    {
        for (; e is not null; e = e.InnerException)
        {
            if (e is T found)
                return found;
        }
        return null;
    }
}
