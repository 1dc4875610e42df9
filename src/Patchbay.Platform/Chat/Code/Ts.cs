using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Patchbay.Platform.Chat.Code;

/// <summary>Pieces of TypeScript in which nothing from outside can become code.</summary>
internal static partial class Ts
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly HashSet<string> Reserved = new(
        ("break case catch class const continue debugger default delete do else enum export extends false finally for function if import in instanceof new null return super switch this throw true try " +
         "typeof var void while with yield let static await async of type interface package private protected public implements " +
         "event data args key req token base44 name text value lines page found record response result field today channel error body").Split(' '),
        StringComparer.Ordinal);

    public static string Text(string value) => JsonSerializer.Serialize(value, Json)
        .Replace("\u2028", "\\u2028", StringComparison.Ordinal).Replace("\u2029", "\\u2029", StringComparison.Ordinal);

    public static string List(IEnumerable<string> values) => $"[{string.Join(", ", values.Select(Text))}]";

    public static string Member(string target, string name) => Identifier().IsMatch(name) ? $"{target}.{name}" : $"{target}[{Text(name)}]";

    public static string Key(string name) => Identifier().IsMatch(name) ? name : Text(name);

    /// <summary>For a comment to the end of the line.</summary>
    public static string Comment(string text) => Breaks().Replace(text, " ");

    /// <summary>An entity's name as a variable: <c>SupportTicket</c> → <c>supportTicket</c>.</summary>
    public static string Variable(string name)
    {
        var letters = new string([.. name.Where(char.IsAsciiLetterOrDigit)]);
        if (letters.Length == 0 || !char.IsAsciiLetter(letters[0]))
            return "row";
        var variable = char.ToLowerInvariant(letters[0]) + letters[1..];
        return Reserved.Contains(variable) ? variable + "Record" : variable;
    }

    [GeneratedRegex(@"^[A-Za-z_$][A-Za-z0-9_$]*\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Identifier();

    [GeneratedRegex(@"[\r\n\u2028\u2029]+", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Breaks();
}
