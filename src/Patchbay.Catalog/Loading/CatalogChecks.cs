namespace Patchbay.Catalog.Loading;

/// <summary>What a JSON schema cannot say: that names refer to something, and that a credential has nowhere else to go.</summary>
internal static class CatalogChecks
{
    public static IEnumerable<(string Pointer, string Message)> Of(Connector connector)
    {
        var scopes = connector.Scopes.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        return [.. Urls(connector), .. Scopes(connector, scopes), .. Operations(connector, scopes), .. Texts(connector)];
    }

    public static IEnumerable<CatalogError> AcrossConnectors(IReadOnlyList<Connector> connectors) =>
        connectors.SelectMany(c => c.Operations, (c, o) => (Connector: c, Operation: o))
            .GroupBy(x => x.Operation.Id, StringComparer.Ordinal)
            .Where(g => g.Select(x => x.Connector.Id).Distinct(StringComparer.Ordinal).Count() > 1)
            .Select(g => new CatalogError($"{g.Last().Connector.Id}/connector.yaml", 0, $"Another connector has the operation '{g.Key}' too. Rename one."));

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
        var oauth = connector.OAuth;
        foreach (var (pointer, url) in new[]
        {
            ("/oAuth/authorizeUrl", oauth.AuthorizeUrl), ("/oAuth/tokenUrl", oauth.TokenUrl),
            ("/oAuth/revoke/url", oauth.Revoke?.Url), ("/identity/url", connector.Identity?.Url), ("/oAuth/issuer", oauth.Issuer),
        })
            if (url is not null && !IsHttps(url))
                yield return (pointer, $"'{url}' must be an absolute https address.");
        if (connector.Identity is { } identity && IsHttps(identity.Url) && !HostRules.Allows(connector.Hosts, new Uri(identity.Url).Host))
            yield return ("/identity/url", $"The host of '{identity.Url}' is not in hosts. Add it there if the vendor owns it.");
        if (connector.Identity is null && oauth.Reply.IdPaths.Count == 0)
            yield return ("", "Nothing tells whose account a token opens. Add identity, or oAuth.reply.labelPaths and idPaths.");
    }

    private static IEnumerable<(string, string)> Scopes(Connector connector, HashSet<string> known)
    {
        foreach (var (scope, i) in connector.Scopes.Select((s, i) => (s, i)))
        {
            if (connector.Scopes.Take(i).Any(s => s.Id == scope.Id))
                yield return ($"/scopes/{i}/id", $"The scope '{scope.Id}' stands here twice. Remove one.");
            foreach (var implied in scope.Implies.Where(s => !known.Contains(s)))
                yield return ($"/scopes/{i}/implies", $"'{scope.Id}' implies '{implied}', which is not in scopes. Add it or correct its spelling.");
            if (!char.IsUpper(scope.Plain[0]) || scope.Plain.EndsWith('.'))
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

    private static IEnumerable<(string, string)> Texts(Connector connector)
    {
        foreach (var word in connector.Words.Where(w => w.Any(char.IsUpper)))
            yield return ("/words", $"'{word}' must be lower case.");
        if (connector.Examples.Count == 0)
            yield return ("/examples", "There is no example. Write at least one request in your own words.");
    }

    private static bool IsHttps(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeHttps && uri.UserInfo.Length == 0;

    private static bool HasGoodTemplate(string path) =>
        path.Split('/').All(s => !s.AsSpan().ContainsAny('{', '}') || (s.StartsWith('{') && s.IndexOf('}') > 1 && s.Count(c => c is '{' or '}') == 2));
}
