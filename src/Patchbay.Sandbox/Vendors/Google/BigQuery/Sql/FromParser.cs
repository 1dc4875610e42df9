namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>Tables, subqueries, UNNEST and joins.</summary>
internal sealed class FromParser(Cursor cursor, QueryParser queries)
{
    private static readonly string[] NotAliases = ["PIVOT", "UNPIVOT", "MATCH_RECOGNIZE"];
    private static readonly string[] JoinSigns = ["JOIN", "AS", ",", "LEFT", "RIGHT", "FULL", "INNER", "CROSS"];

    /// <summary>Joins and commas group from left to right.</summary>
    public FromItem Parse()
    {
        var left = Primary();
        var comma = false;
        while (true)
        {
            var at = cursor.At;
            var kind = cursor.TryTake(",") ? "," : Kind();
            if (kind is null)
                return left;
            var right = Primary();
            if (kind == ",")
            {
                (left, comma) = (new Join(at, "CROSS", left, right, null, null), true);
                continue;
            }

            if (comma && (kind is "RIGHT" or "FULL"))
                throw cursor.Source.Error($"Syntax error: {kind} JOIN must be parenthesized when following a comma cross join", at);
            Expr? on = null;
            List<string>? columns = null;
            if (cursor.TryTake("ON"))
            {
                on = queries.Expressions.Parse();
            }
            else if (cursor.TryTake("USING"))
            {
                cursor.Expect("(");
                columns = cursor.List(() => cursor.Name());
                cursor.Expect(")");
            }

            var unnest = right is UnnestRef || (right is TableRef && kind is "LEFT");
            if (kind != "CROSS" && on is null && columns is null && !unnest)
                throw cursor.Unexpected($"Expected keyword ON or keyword USING but got {cursor.Current.Described}");
            if (kind == "CROSS" && (on is not null || columns is not null))
                throw cursor.Source.Error($"{(on is null ? "USING" : "ON")} clause cannot be used with CROSS JOIN", at);
            left = new Join(at, kind, left, right, on, columns);
        }
    }

    private string? Kind()
    {
        if (cursor.TryTake("JOIN") || cursor.TryTake("INNER", "JOIN"))
            return "INNER";
        if (cursor.TryTake("CROSS", "JOIN"))
            return "CROSS";
        foreach (var side in (string[])["LEFT", "RIGHT", "FULL"])
        {
            if (!cursor.TryTake(side))
                continue;
            cursor.TryTake("OUTER");
            cursor.Expect("JOIN");
            return side;
        }

        return cursor.Is("NATURAL") ? throw cursor.Source.Unsupported("NATURAL JOIN", cursor.At) : null;
    }

    private FromItem Primary() => cursor.Deeper(() =>
    {
        var item = Source();
        if (cursor.Is("PIVOT") || cursor.Is("UNPIVOT") || cursor.Is("TABLESAMPLE") || cursor.Are("FOR", "SYSTEM_TIME"))
            throw cursor.Source.Unsupported(cursor.Is("FOR") ? "FOR SYSTEM_TIME AS OF" : cursor.Current.Text.ToUpperInvariant(), cursor.At);
        return item;
    });

    private FromItem Source()
    {
        var at = cursor.At;
        if (cursor.TryTake("UNNEST"))
        {
            cursor.Expect("(");
            var array = queries.Expressions.Parse();
            cursor.Expect(")");
            return WithOffset(at, array);
        }

        if (cursor.Is("("))
        {
            // Brackets hold a query, or a join; "((select 1) union all ...)" begins like both.
            if (QueryParser.StartsQuery(cursor))
            {
                var mark = cursor.Mark;
                cursor.Take();
                try
                {
                    var query = queries.Parse();
                    cursor.Expect(")");
                    return new SubqueryRef(at, query, cursor.Alias(NotAliases));
                }
                catch (SqlError) when (IsJoinSoFar() && cursor.TryAgain())
                {
                    cursor.Mark = mark;
                }
            }

            cursor.Take();
            var inner = Parse();
            cursor.Expect(")");
            return inner;
        }

        var path = TablePath();
        if (cursor.Is("("))
            throw cursor.Source.Error($"Table-valued function not found: {string.Join('.', path)}", at);
        var alias = cursor.Alias(NotAliases);
        return cursor.Are("WITH", "OFFSET") ? WithOffset(at, new PathExpr(at, path), alias) : new TableRef(at, path, alias);
    }

    /// <summary>Where the reading as a query stopped, a join goes on.</summary>
    private bool IsJoinSoFar() =>
        cursor.IsName || Array.Exists(JoinSigns, cursor.Is);

    private UnnestRef WithOffset(int at, Expr array, string? alias = null)
    {
        alias ??= cursor.Alias(NotAliases);
        var offset = cursor.TryTake("WITH", "OFFSET");
        return new UnnestRef(at, array, alias, offset, offset ? cursor.Alias(NotAliases) : null);
    }

    /// <summary>Parts may be apart or in one pair of backticks; project names may hold dashes without them.</summary>
    public List<string> TablePath()
    {
        var parts = new List<string>();
        do
        {
            if (cursor.Current.Type == TokenType.Quoted)
            {
                parts.AddRange(cursor.Take().Text.Split('.'));
            }
            else if (parts.Count == 0)
            {
                parts.Add(Dashed());
            }
            else
            {
                var word = cursor.Current.Type == TokenType.Word ? cursor.Take().Text : throw cursor.Unexpected();
                parts.Add(word);
                if (cursor.Is("*") && cursor.Peek(-1).End == cursor.At)
                    throw cursor.Source.Error("Syntax error: Expected end of input but got \"*\"", cursor.At);
            }
        }
        while (cursor.TryTake("."));
        return parts;
    }

    private string Dashed()
    {
        var start = cursor.At;
        var name = cursor.Name();
        var end = cursor.Peek(-1).End;
        while (cursor.Is("-") && cursor.At == end && cursor.Peek().Type is TokenType.Word or TokenType.Integer && cursor.Peek().Start == cursor.Current.End)
        {
            cursor.Take();
            end = cursor.Take().End;
            name = cursor.Source.Text[start..end];
        }

        return name;
    }
}
