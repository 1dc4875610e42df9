using System.Data.Common;

namespace Patchbay.Storage.Engines;

/// <summary>Where the two engines differ. All other SQL is shared.</summary>
internal abstract class Dialect
{
    /// <summary>Appended to a SELECT inside a transaction: nobody else changes these rows until it ends.</summary>
    public abstract string ForUpdate { get; }

    /// <summary>As <see cref="ForUpdate"/>, leaving out rows that another transaction holds.</summary>
    public abstract string SkipLocked { get; }

    /// <summary>A number above 0 if the text contains the part.</summary>
    public abstract string Position(string text, string part);

    /// <summary>A time column as microseconds since 1970.</summary>
    public abstract string Micros(string column);

    /// <summary>A time column as the text that <c>RecordFields</c> gives it.</summary>
    public abstract string IsoText(string column);

    /// <summary>The time by which leases of connections are judged: the database's clock where several nodes have clocks of
    /// their own, else the caller's parameters <c>@now</c> and <c>@until</c>.</summary>
    public abstract string LeaseNow { get; }

    public abstract string LeaseUntil { get; }

    public abstract DbParameter Parameter(string name, object? value);

    public abstract Records.RecordSyntax Records { get; }

    /// <summary>Reduces our types to those that both providers know. Text that no UTF-8 database can hold (U+0000, half a
    /// surrogate pair) has that character replaced, alike on both engines.</summary>
    protected static object? Plain(object? value) => value switch
    {
        string text => Storable(text),
        null or bool or int or long or double or byte[] or DateTimeOffset or QueriedJson => value,
        Enum e => e.ToString(),
        IReadOnlyList<string> list => JsonText.Of(list),
        System.Text.Json.Nodes.JsonNode json => JsonText.Of(json),
        ValueType id => id.ToString(),
        _ => throw new ArgumentException($"{value.GetType().Name} cannot be stored.", nameof(value)),
    };

    private static string Storable(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i)))
                return Repaired(text);
            if (char.IsHighSurrogate(text[i]))
                i++;
        }
        return text;
    }

    private static string Repaired(string text) =>
        // Enumerating runes yields U+FFFD for half a pair.
        string.Concat(text.EnumerateRunes().Select(r => r.Value == 0 ? "\uFFFD" : r.ToString()));
}
