using Patchbay.Catalog;

namespace Patchbay.Platform.Chat.Proposals;

/// <summary>What the asked permissions do not allow, in one sentence made of the catalog's own words for the other ones.</summary>
internal static class Restraint
{
    private const int MostNamed = 3;

    private static readonly string[] Cuts = [", ", " in ", " it ", " that ", " for you", " you ", " your ", ", and "];

    private static readonly string[] Quantifiers = ["all", "any", "every"];

    public static string Sentence(Connector connector, IReadOnlyList<string> scopes)
    {
        var closure = ScopeRules.Closure(connector, scopes);
        var held = connector.Scopes.Where(s => !closure.Contains(s.Id) && !s.UserOnly && s is { Class: not ScopeClass.Identity, Withdrawn: null }).ToList();
        var named = held.Where(s => s.Class != ScopeClass.Admin)
            .OrderByDescending(s => Weight(connector, s))
            .Select(s => Brief(s.Plain)).Where(b => b.Contains(' ', StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal).Take(MostNamed + 1).ToList();
        // One too many is looked at, so that the wordiest can stay out.
        if (named.Count > MostNamed)
            named.Remove(named.MaxBy(n => n.Length)!);
        return named.Count > 0 ? $"It cannot {Either(named)}."
            : held.Count > 0 ? $"It cannot do more than that in {connector.Name}."
            : $"Nothing is held back: these permissions cover {connector.Name} broadly.";
    }

    // What reads people's own things matters most to them, then what many operations of the catalog would use.
    private static int Weight(Connector connector, Scope scope) =>
        (scope.Class == ScopeClass.Read ? 100 : 0) + (scope.Sensitive ? 50 : 0) + connector.Operations.Count(o => o.Scopes.Contains(scope.Id));

    /// <summary>"Read messages in public channels it belongs to" to "read messages".</summary>
    private static string Brief(string plain)
    {
        var end = Cuts.Select(c => plain.IndexOf(c, StringComparison.Ordinal)).Where(i => i > 0).DefaultIfEmpty(plain.Length).Min();
        var words = plain[..end].Split(' ').Where((w, i) => i == 0 || !Quantifiers.Contains(w)).ToList();
        return char.ToLowerInvariant(words[0][0]) + string.Join(' ', words)[1..];
    }

    private static string Either(List<string> things) =>
        things.Count == 1 ? things[0] : $"{string.Join(", ", things.SkipLast(1))} or {things[^1]}";
}
