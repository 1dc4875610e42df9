using System.Text.RegularExpressions;

namespace Patchbay.Catalog.Loading;

/// <summary>What must hold for a connector that is connected by a key.</summary>
internal static partial class KeyChecks
{
    /// <summary>The egress's own permissions: a key has none at its vendor.</summary>
    private static readonly string[] Permissions = ["read", "write", "admin"];

    public static IEnumerable<(string Pointer, string Message)> Of(Connector connector)
    {
        if (connector.UsesOAuth == connector.ApiKey is not null)
            yield return ("", "A connector has either oAuth or apiKey. Keep one.");
        if (connector.ApiKey is not { } key)
            yield break;
        var names = key.Fields.Select(f => f.Name).ToList();
        if (names.Distinct(StringComparer.Ordinal).Count() < names.Count)
            yield return ("/apiKey/fields", "Two fields have one name. Rename one.");
        if (!key.Fields.Any(f => f.Secret))
            yield return ("/apiKey/fields", "No field is secret, so there is no key. Mark the one that is.");
        var used = Placeholder().Matches(key.Compose).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        foreach (var unknown in used.Where(u => !names.Contains(u)))
            yield return ("/apiKey/compose", $"'{unknown}' is no field. Ask for it in fields or correct its spelling.");
        foreach (var (field, i) in key.Fields.Select((f, i) => (f, i)))
            if (!used.Contains(field.Name) && !key.Config.Contains(field.Name))
                yield return ($"/apiKey/fields/{i}", $"'{field.Name}' is asked for and used nowhere. Use it in compose or config, or do not ask.");
        foreach (var told in key.Config)
            if (key.Fields.FirstOrDefault(f => f.Name == told) is not { Secret: false })
                yield return ("/apiKey/config", $"'{told}' is no field, or a secret one: functions are never told a secret. Remove it.");
        if (connector.Identity is null)
            yield return ("", "Nothing proves that a key works. Add identity.");
        if (connector.Proof == Proof.Sandbox)
            yield return ("/proof", "The sandbox knows no keys. Write proof: shapes.");
        foreach (var (scope, i) in connector.Scopes.Select((s, i) => (s, i)))
            if (!Permissions.Contains(scope.Id))
                yield return ($"/scopes/{i}/id", $"A key has no permissions at its vendor. Instead of '{scope.Id}' use {string.Join(", ", Permissions)}.");
        foreach (var (operation, i) in connector.Operations.Select((o, i) => (o, i)))
            if (operation.Scopes.Count == 0)
                yield return ($"/operations/{i}/scopes", $"'{operation.Id}' would be allowed without any approval. Give it read, write or admin.");
    }

    [GeneratedRegex(@"\{([^{}]*)\}", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();
}
