namespace Patchbay.Catalog.Loading;

/// <summary>What a JSON schema cannot say: that names refer to something, and that a credential has nowhere else to go.</summary>
internal static class CatalogChecks
{
    private const int FewestExamples = 5;

    public static IEnumerable<(string Pointer, string Message)> Of(Connector connector)
    {
        var scopes = connector.Scopes.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return [.. Urls(connector), .. KeyChecks.Of(connector), .. Scopes(connector, scopes), .. Operations(connector, scopes), .. Withdrawn(connector), .. Events(connector, scopes), .. Texts(connector)];
    }

    /// <summary>An icon is drawn on our pages: nothing in it may run, load or style beyond itself.</summary>
    public static IEnumerable<string> OfIcon(string svg)
    {
        if (!svg.Contains("viewBox=\"0 0 24 24\"", StringComparison.Ordinal))
            yield return "The icon must have viewBox=\"0 0 24 24\".";
        foreach (var forbidden in (string[])["<script", "<style", "<image", "<foreignObject", "href", "url(", " on", "<!ENTITY"])
            if (svg.Contains(forbidden, StringComparison.OrdinalIgnoreCase))
                yield return $"The icon contains '{forbidden.Trim()}'. Use plain shapes only.";
    }

    private static IEnumerable<(string, string)> Urls(Connector connector)
    {
        var oauth = connector.UsesOAuth ? connector.OAuth : null;
        foreach (var (pointer, url) in new[]
        {
            ("/oAuth/authorizeUrl", oauth?.AuthorizeUrl), ("/oAuth/tokenUrl", oauth?.TokenUrl),
            ("/oAuth/revoke/url", oauth?.Revoke?.Url), ("/identity/url", connector.Identity?.Url), ("/oAuth/issuer", oauth?.Issuer),
        })
            if (url is not null && !IsHttps(url))
                yield return (pointer, $"'{url}' must be an absolute https address.");
        if (connector.Identity is { } identity && IsHttps(identity.Url) && !HostRules.Allows(connector.Hosts, new Uri(identity.Url).Host))
            yield return ("/identity/url", $"The host of '{identity.Url}' is not in hosts. Add it there if the vendor owns it.");
        if (oauth is not null && connector.Identity is null && oauth.Reply.IdPaths.Count == 0)
            yield return ("", "Nothing tells whose account a token opens. Add identity, or oAuth.reply.labelPaths and idPaths.");
        foreach (var scope in oauth?.IdentityScopes ?? [])
            if (connector.Scopes.FirstOrDefault(s => s.Id == scope) is { Class: not ScopeClass.Identity })
                yield return ("/scopes", $"'{scope}' is asked for only to show whose account it is. Give it the class identity.");
    }

    private static IEnumerable<(string, string)> Scopes(Connector connector, HashSet<string> known)
    {
        foreach (var (scope, i) in connector.Scopes.Select((s, i) => (s, i)))
        {
            if (connector.Scopes.Take(i).Any(s => s.Id == scope.Id))
                yield return ($"/scopes/{i}/id", $"The scope '{scope.Id}' stands here twice. Remove one.");
            foreach (var implied in scope.Implies.Where(s => !known.Contains(s)))
                yield return ($"/scopes/{i}/implies", $"'{scope.Id}' implies '{implied}', which is not in scopes. Add it or correct its spelling.");
            if (scope.Plain is not [var first, ..] || !char.IsUpper(first) || scope.Plain.EndsWith('.'))
                yield return ($"/scopes/{i}/plain", "The plain words begin with a capital verb and end without a full stop.");
        }
    }

    private static IEnumerable<(string, string)> Operations(Connector connector, HashSet<string> scopes)
    {
        foreach (var (operation, i) in connector.Operations.Select((o, i) => (o, i)))
        {
            if (connector.Operations.Take(i).Any(o => o.Id == operation.Id))
                yield return ($"/operations/{i}/id", $"The operation '{operation.Id}' stands here twice. Rename one.");
            if (!operation.Id.StartsWith(connector.Id + ".", StringComparison.Ordinal))
                yield return ($"/operations/{i}/id", $"The id must begin with '{connector.Id}.'.");
            foreach (var scope in operation.Scopes.Concat(operation.AlternativeScopes.SelectMany(s => s)).Where(s => !scopes.Contains(s)).Distinct(StringComparer.Ordinal))
                yield return ($"/operations/{i}/scopes", $"'{operation.Id}' needs the scope '{scope}', which is not in scopes. Add it or correct its spelling.");
            foreach (var call in operation.AlsoCalls.Prepend(operation.Call).Where(c => !HostRules.Allows(connector.Hosts, c.Host)))
                yield return ($"/operations/{i}/call", $"'{operation.Id}' calls {call.Host}, which is not in hosts. Add it there if the vendor owns it.");
            foreach (var call in operation.AlsoCalls.Prepend(operation.Call).Where(c => !HasGoodTemplate(c.Path)))
                yield return ($"/operations/{i}/call", $"In '{call.Path}' a parameter must begin a segment: /things/{{thing}}.");
            foreach (var word in operation.Words.Where(w => w.Any(char.IsUpper)))
                yield return ($"/operations/{i}/words", $"'{word}' must be lower case.");
        }

        foreach (var same in connector.Operations.Select((o, i) => (o, i)).GroupBy(x => x.o.Call).Where(g => g.Count() > 1 && g.Any(x => x.o.QueryWords.Count == 0)))
            yield return ($"/operations/{same.Last().i}/call", $"'{same.First().o.Id}' has the same call. Nothing could tell them apart; use alsoCalls for one, or give both queryWords.");
    }

    private static IEnumerable<(string, string)> Withdrawn(Connector connector)
    {
        var gone = connector.Scopes.Where(s => s.Withdrawn is not null).Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var (operation, i) in connector.Operations.Select((o, i) => (o, i)))
            foreach (var scope in operation.Scopes.Concat(operation.AlternativeScopes.SelectMany(s => s)).Where(gone.Contains).Distinct(StringComparer.Ordinal))
                yield return ($"/operations/{i}/scopes", $"'{operation.Id}' needs '{scope}', which the vendor gives to nobody. Remove the operation, or name the scope that took its place.");
        foreach (var (scope, i) in connector.Scopes.Select((s, i) => (s, i)))
            foreach (var implied in scope.Implies.Where(gone.Contains))
                yield return ($"/scopes/{i}/implies", $"'{scope.Id}' implies '{implied}', which the vendor gives to nobody. Remove it there.");
        if (connector.UsesOAuth)
            foreach (var scope in connector.OAuth.IdentityScopes.Where(gone.Contains))
                yield return ("/oAuth/identityScopes", $"'{scope}' is asked for with every connection, and the vendor gives it to nobody. Remove it.");
    }

    private static IEnumerable<(string, string)> Events(Connector connector, HashSet<string> scopes)
    {
        foreach (var (happening, i) in connector.Events.Select((e, i) => (e, i)))
        {
            if (!happening.Id.StartsWith(connector.Id + ".", StringComparison.Ordinal))
                yield return ($"/events/{i}/id", $"The id must begin with '{connector.Id}.'.");
            if (connector.Events.Take(i).Any(e => e.Id == happening.Id))
                yield return ($"/events/{i}/id", $"The event '{happening.Id}' stands here twice. Rename one.");
            foreach (var scope in happening.Scopes.Where(s => !scopes.Contains(s) || connector.Scopes.First(k => k.Id == s).Withdrawn is not null))
                yield return ($"/events/{i}/scopes", $"'{happening.Id}' needs the scope '{scope}', which cannot be had here. Add it to scopes or correct its spelling.");
            if (happening.Arrives == Arrival.Webhook && connector.Webhook is null)
                yield return ($"/events/{i}/arrives", "It arrives by a call of the vendor, and nothing says how such a call is proven. Add webhook.");
        }
    }

    private static IEnumerable<(string, string)> Texts(Connector connector)
    {
        foreach (var word in connector.Words.Where(w => w.Any(char.IsUpper)))
            yield return ("/words", $"'{word}' must be lower case.");
        if (connector.Examples.Count < FewestExamples)
            yield return ("/examples", $"There are fewer than {FewestExamples} examples. Write requests in your own words.");
        foreach (var (example, i) in connector.Examples.Select((e, i) => (e, i)))
            if (connector.Examples.Take(i).Contains(example))
                yield return ($"/examples/{i}", "This example stands here twice. Write another.");
    }

    private static bool IsHttps(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0;

    private static bool HasGoodTemplate(string path) =>
        path.Split('/').All(s => !s.AsSpan().ContainsAny('{', '}') || (s.StartsWith('{') && s.IndexOf('}') > 1 && s.Count(c => c is '{' or '}') == 2));
}
