namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

internal enum TokenType
{
    /// <summary>A word, keyword or not.</summary>
    Word,

    /// <summary>A name in backticks.</summary>
    Quoted,
    String,
    Bytes,
    Integer,
    Float,

    /// <summary>@name, with the name as text.</summary>
    Parameter,

    /// <summary>@@name.</summary>
    SystemVariable,
    Symbol,
    End,
}

/// <param name="Type">What it is.</param>
/// <param name="Text">Decoded: a literal's value, a name without its backticks.</param>
/// <param name="Start">Offset of its first character.</param>
/// <param name="End">Offset after its last.</param>
internal readonly record struct Token(TokenType Type, string Text, int Start, int End)
{
    /// <summary>How an error calls it.</summary>
    public string Described => Type switch
    {
        TokenType.End => "end of statement",
        TokenType.Word => Keywords.Reserved.Contains(Text) ? $"keyword {Text.ToUpperInvariant()}" : $"identifier \"{Text}\"",
        TokenType.Quoted => $"identifier `{Text}`",
        TokenType.String => $"string literal \"{Text}\"",
        TokenType.Bytes => "bytes literal",
        TokenType.Integer => $"integer literal \"{Text}\"",
        TokenType.Float => $"floating point literal \"{Text}\"",
        TokenType.Parameter => $"\"@\"",
        TokenType.SystemVariable => "\"@@\"",
        _ => $"\"{Text}\"",
    };
}

internal static class Keywords
{
    /// <summary>GoogleSQL's reserved words: none is a name without backticks.</summary>
    public static readonly HashSet<string> Reserved = new(
        ("ALL AND ANY ARRAY AS ASC ASSERT_ROWS_MODIFIED AT BETWEEN BY CASE CAST COLLATE CONTAINS CREATE CROSS CUBE CURRENT DEFAULT DEFINE DESC DISTINCT ELSE END ENUM "
        + "ESCAPE EXCEPT EXCLUDE EXISTS EXTRACT FALSE FETCH FOLLOWING FOR FROM FULL GROUP GROUPING GROUPS HASH HAVING IF IGNORE IN INNER INTERSECT INTERVAL INTO IS JOIN "
        + "LATERAL LEFT LIKE LIMIT LOOKUP MERGE NATURAL NEW NO NOT NULL NULLS OF ON OR ORDER OUTER OVER PARTITION PRECEDING PROTO QUALIFY RANGE RECURSIVE RESPECT RIGHT "
        + "ROLLUP ROWS SELECT SET SOME STRUCT TABLESAMPLE THEN TO TREAT TRUE UNBOUNDED UNION UNNEST USING WHEN WHERE WINDOW WITH WITHIN").Split(' '),
        StringComparer.OrdinalIgnoreCase);
}
