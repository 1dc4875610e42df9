namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>A whole text: one query, or one statement that changes something.</summary>
internal sealed class StatementParser
{
    private static readonly HashSet<string> Unsupported = new(StringComparer.OrdinalIgnoreCase)
    {
        "DECLARE", "SET", "BEGIN", "IF", "LOOP", "WHILE", "REPEAT", "FOR", "CALL", "EXECUTE", "ALTER", "GRANT", "REVOKE", "EXPORT", "LOAD", "ASSERT", "COMMIT", "ROLLBACK", "RAISE", "RETURN", "UNDROP", "EXPLAIN", "DESCRIBE",
    };

    private readonly Cursor cursor;
    private readonly QueryParser queries;
    private readonly FromParser from;

    private StatementParser(SqlText source)
    {
        cursor = new Cursor(source);
        queries = new QueryParser(cursor);
        from = new FromParser(cursor, queries);
    }

    public static Statement Parse(SqlText source)
    {
        var parser = new StatementParser(source);
        var statement = parser.One();
        while (parser.cursor.TryTake(";"))
        {
        }

        if (parser.cursor.Current.Type == TokenType.End)
            return statement;
        throw parser.cursor.Peek(-1) is { Type: TokenType.Symbol, Text: ";" }
            ? source.Unsupported("scripts of several statements", parser.cursor.At)
            : parser.cursor.Unexpected($"Expected end of input but got {parser.cursor.Current.Described}");
    }

    private Statement One()
    {
        var at = cursor.At;
        if (cursor.Current.Type == TokenType.End)
            throw cursor.Source.Error("Syntax error: Unexpected end of statement", at);
        if (QueryParser.StartsQuery(cursor))
            return new QueryStatement(at, queries.Parse());
        if (cursor.TryTake("INSERT"))
            return Insert(at);
        if (cursor.TryTake("UPDATE"))
            return Update(at);
        if (cursor.TryTake("DELETE"))
        {
            cursor.TryTake("FROM");
            var table = from.TablePath();
            var alias = cursor.Alias();
            return new DeleteStatement(at, table, alias, cursor.TryTake("WHERE") ? queries.Expressions.Parse() : null);
        }

        if (cursor.TryTake("TRUNCATE", "TABLE"))
            return new TruncateStatement(at, from.TablePath());
        if (cursor.TryTake("MERGE"))
            return Merge(at);
        if (cursor.TryTake("CREATE"))
            return Create(at);
        if (cursor.TryTake("DROP"))
            return Drop(at);
        throw cursor.Current.Type == TokenType.Word && Unsupported.Contains(cursor.Current.Text)
            ? cursor.Source.Unsupported($"the statement {cursor.Current.Text.ToUpperInvariant()}", at)
            : cursor.Unexpected();
    }

    private Expr? ValueOrDefault() => cursor.TryTake("DEFAULT") ? null : queries.Expressions.Parse();

    private List<string> Names()
    {
        cursor.Expect("(");
        var names = cursor.List(() => cursor.Name());
        cursor.Expect(")");
        return names;
    }

    private List<Expr?> Values()
    {
        cursor.Expect("(");
        var values = cursor.List(ValueOrDefault);
        cursor.Expect(")");
        return values;
    }

    private InsertStatement Insert(int at)
    {
        cursor.TryTake("INTO");
        var table = from.TablePath();
        var columns = cursor.Is("(") && !QueryParser.StartsQuery(cursor) ? Names() : null;
        return cursor.TryTake("VALUES")
            ? new InsertStatement(at, table, columns, cursor.List(Values), null)
            : new InsertStatement(at, table, columns, null, queries.Parse());
    }

    private UpdateStatement Update(int at)
    {
        var table = from.TablePath();
        var alias = cursor.Alias();
        cursor.Expect("SET");
        var sets = Sets();
        var source = cursor.TryTake("FROM") ? from.Parse() : null;
        return new UpdateStatement(at, table, alias, sets, source, cursor.TryTake("WHERE") ? queries.Expressions.Parse() : null);
    }

    private List<(int, string, Expr?)> Sets() => cursor.List(() =>
    {
        var at = cursor.At;
        var name = cursor.Name();
        // "SET t.column = ..." names the column through its table.
        if (cursor.TryTake("."))
            name = cursor.Name();
        if (cursor.Is("."))
            throw cursor.Source.Unsupported("setting single fields of a struct", at);
        cursor.Expect("=");
        return (at, name, ValueOrDefault());
    });

    private MergeStatement Merge(int at)
    {
        cursor.TryTake("INTO");
        var table = from.TablePath();
        var alias = cursor.Alias("USING");
        cursor.Expect("USING");
        var source = from.Parse();
        cursor.Expect("ON");
        var on = queries.Expressions.Parse();
        var clauses = new List<MergeClause>();
        while (cursor.Is("WHEN"))
            clauses.Add(Clause());
        return clauses.Count == 0 ? throw cursor.Unexpected() : new MergeStatement(at, table, alias, source, on, clauses);
    }

    private MergeClause Clause()
    {
        var at = cursor.Expect("WHEN").Start;
        var when = cursor.TryTake("NOT") ? "NOT MATCHED" : "MATCHED";
        cursor.Expect("MATCHED");
        if (when == "NOT MATCHED" && cursor.TryTake("BY"))
            when = cursor.TryTake("SOURCE") ? "NOT MATCHED BY SOURCE" : cursor.Expect("TARGET") is var _ ? when : when;
        var and = cursor.TryTake("AND") ? queries.Expressions.Parse() : null;
        cursor.Expect("THEN");
        if (when == "NOT MATCHED")
        {
            cursor.Expect("INSERT");
            var columns = cursor.Is("(") ? Names() : null;
            if (cursor.TryTake("ROW"))
                return new MergeClause(at, when, and, null, (columns, null));
            cursor.Expect("VALUES");
            return new MergeClause(at, when, and, null, (columns, Values()));
        }

        if (cursor.TryTake("DELETE"))
            return new MergeClause(at, when, and, null, null);
        cursor.Expect("UPDATE");
        cursor.Expect("SET");
        return new MergeClause(at, when, and, Sets(), null);
    }

    private bool IfNotExists()
    {
        if (!cursor.TryTake("IF"))
            return false;
        cursor.Expect("NOT");
        cursor.Expect("EXISTS");
        return true;
    }

    private Statement Create(int at)
    {
        var replace = cursor.TryTake("OR", "REPLACE");
        if (cursor.TryTake("SCHEMA") || cursor.TryTake("DATASET"))
        {
            var unless = IfNotExists();
            var name = from.TablePath();
            Options();
            return new CreateSchemaStatement(at, name, unless);
        }

        if (cursor.TryTake("VIEW"))
        {
            var unless = IfNotExists();
            var name = from.TablePath();
            Options();
            cursor.Expect("AS");
            var start = cursor.At;
            var query = queries.Parse();
            return new CreateViewStatement(at, name, replace, unless, cursor.Source.Text[start..cursor.Peek(-1).End], query);
        }

        if (!cursor.TryTake("TABLE"))
            throw cursor.Source.Unsupported($"CREATE {cursor.Current.Text.ToUpperInvariant()}", cursor.At);
        var ifNotExists = IfNotExists();
        var table = from.TablePath();
        if (cursor.Is("LIKE") || cursor.Is("CLONE") || cursor.Is("COPY"))
            throw cursor.Source.Unsupported($"CREATE TABLE ... {cursor.Current.Text.ToUpperInvariant()}", cursor.At);
        var columns = cursor.Is("(") ? Columns() : null;
        // Partitioning and clustering change cost, not answers.
        if (cursor.TryTake("PARTITION", "BY"))
            queries.Expressions.Parse();
        if (cursor.TryTake("CLUSTER", "BY"))
            cursor.List(queries.Expressions.Parse);
        var description = Options();
        var query2 = cursor.TryTake("AS") ? queries.Parse() : null;
        return columns is null && query2 is null
            ? throw cursor.Source.Error("Syntax error: Expected column list or AS query", cursor.At)
            : new CreateTableStatement(at, table, replace, ifNotExists, columns, query2, description);
    }

    private List<ColumnDefinition> Columns()
    {
        cursor.Expect("(");
        var columns = cursor.List(() =>
        {
            var at = cursor.At;
            if (cursor.Is("PRIMARY") || cursor.Is("FOREIGN") || cursor.Is("CONSTRAINT"))
                throw cursor.Source.Unsupported("table constraints", at);
            var name = cursor.Name();
            var type = new TypeParser(cursor).Parse();
            string? value = null;
            if (cursor.TryTake("DEFAULT"))
            {
                var start = cursor.At;
                queries.Expressions.Parse();
                value = cursor.Source.Text[start..cursor.Peek(-1).End];
            }

            var required = cursor.TryTake("NOT", "NULL");
            return new ColumnDefinition(at, name, type, required, value, Options());
        });
        cursor.Expect(")");
        return columns;
    }

    /// <summary>OPTIONS(name = value, ...): the description is kept.</summary>
    private string? Options()
    {
        string? description = null;
        while (cursor.TryTake("OPTIONS"))
        {
            cursor.Expect("(");
            if (!cursor.Is(")"))
            {
                cursor.List(() =>
                {
                    var name = cursor.Name();
                    cursor.Expect("=");
                    if (queries.Expressions.Parse() is Literal { Value: string text } && name.Equals("description", StringComparison.OrdinalIgnoreCase))
                        description = text;
                    return true;
                });
            }

            cursor.Expect(")");
        }

        return description;
    }

    private DropStatement Drop(int at)
    {
        var kind = cursor.Current.Text.ToUpperInvariant();
        if (kind is not ("TABLE" or "VIEW" or "SCHEMA" or "DATASET"))
            throw cursor.Source.Unsupported($"DROP {kind}", cursor.At);
        cursor.Take();
        var exists = cursor.TryTake("IF");
        if (exists)
            cursor.Expect("EXISTS");
        var name = from.TablePath();
        var cascade = cursor.TryTake("CASCADE");
        if (!cascade)
            cursor.TryTake("RESTRICT");
        return new DropStatement(at, kind == "DATASET" ? "SCHEMA" : kind, name, exists, cascade);
    }
}
