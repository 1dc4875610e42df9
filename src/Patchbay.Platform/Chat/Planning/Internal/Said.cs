using System.Globalization;

namespace Patchbay.Platform.Chat.Planning.Internal;

/// <summary>Names of the schema as people write them.</summary>
internal static class Said
{
    public static string Name(EntitySchema entity) => string.Join(' ', SchemaVocabulary.WordsOf(entity.Name));

    public static string Plural(EntitySchema entity) =>
        string.Join(' ', SchemaVocabulary.WordsOf(entity.Plural ?? VerbForms.Plural(entity.Name)));

    public static string Words(string name) => string.Join(' ', SchemaVocabulary.WordsOf(name));

    public static string A(string noun) =>
        noun.Length > 0 && "aeiou".Contains(noun[0], StringComparison.OrdinalIgnoreCase) ? $"an {noun}" : $"a {noun}";

    public static string Capital(string text) =>
        text.Length == 0 ? text : char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];

    public static string Small(string text) =>
        text.Length == 0 ? text : char.ToLower(text[0], CultureInfo.InvariantCulture) + text[1..];

    public static string List(IReadOnlyList<string> items) => items switch
    {
        [] => "",
        [var one] => one,
        _ => string.Join(", ", items.SkipLast(1)) + " and " + items[^1],
    };
}
