namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>WITH, SELECT, set operations, ORDER BY, LIMIT.</summary>
internal sealed class QueryParser
{
    private readonly Cursor cursor;
    private readonly FromParser from;

    public QueryParser(Cursor cursor)
    {
        this.cursor = cursor;
        Expressions = new ExpressionParser(cursor, this);
        from = new FromParser(cursor, this);
    }

    public ExpressionParser Expressions { get; }

    /// <summary>A query begins here, possibly after brackets.</summary>
    public static bool StartsQuery(Cursor cursor)
    {
        var ahead = 0;
        while (Cursor.Matches(cursor.Peek(ahead), "("))
            ahead++;
        return Cursor.Matches(cursor.Peek(ahead), "SELECT") || Cursor.Matches(cursor.Peek(ahead), "WITH");
    }

    public Query Parse() => cursor.Deeper(() =>
    {
        var at = cursor.At;
        var (with, recursive) = (new List<CommonTable>(), false);
        if (cursor.TryTake("WITH"))
        {
            recursive = cursor.TryTake("RECURSIVE");
            with = cursor.List(Common);
        }

        var body = Body();
        if (cursor.Is("|>"))
            throw cursor.Source.Unsupported("pipe syntax", cursor.At);
        var order = cursor.TryTake("ORDER", "BY") ? OrderItems() : [];
        Expr? limit = null, offset = null;
        if (cursor.TryTake("LIMIT"))
        {
            limit = Expressions.Parse();
            if (cursor.TryTake("OFFSET"))
                offset = Expressions.Parse();
        }

        return new Query(at, with, recursive, body, order, limit, offset);
    });

    public List<OrderItem> OrderItems() => cursor.List(() =>
    {
        var of = Expressions.Parse();
        var descending = cursor.TryTake("DESC");
        if (!descending)
            cursor.TryTake("ASC");
        bool? nullsFirst = cursor.TryTake("NULLS", "FIRST") ? true : cursor.TryTake("NULLS", "LAST") ? false : null;
        return new OrderItem(of, descending, nullsFirst);
    });

    /// <summary>What follows OVER: a name or a specification in brackets.</summary>
    public WindowSpec Window()
    {
        var at = cursor.At;
        if (cursor.IsName)
            return new WindowSpec(at, cursor.Take().Text, [], [], null);
        cursor.Expect("(");
        var name = cursor.IsName ? cursor.Take().Text : null;
        var partition = cursor.TryTake("PARTITION", "BY") ? cursor.List(Expressions.Parse) : [];
        var order = cursor.TryTake("ORDER", "BY") ? OrderItems() : [];
        WindowFrame? frame = null;
        if (cursor.Is("ROWS") || cursor.Is("RANGE"))
        {
            var unit = cursor.Take().Text.ToUpperInvariant();
            if (cursor.TryTake("BETWEEN"))
            {
                var start = Bound();
                cursor.Expect("AND");
                frame = new WindowFrame(unit, start, Bound());
            }
            else
            {
                frame = new WindowFrame(unit, Bound(), null);
            }
        }

        cursor.Expect(")");
        return new WindowSpec(at, name, partition, order, frame);
    }

    private FrameBound Bound()
    {
        if (cursor.TryTake("CURRENT", "ROW"))
            return new FrameBound("CURRENT ROW", null);
        var amount = cursor.TryTake("UNBOUNDED") ? null : Expressions.Parse();
        var side = cursor.Is("PRECEDING") || cursor.Is("FOLLOWING") ? cursor.Take().Text.ToUpperInvariant() : throw cursor.Unexpected();
        return new FrameBound(amount is null ? "UNBOUNDED " + side : side, amount);
    }

    private CommonTable Common()
    {
        var at = cursor.At;
        var name = cursor.Name();
        if (cursor.Is("("))
            throw cursor.Unexpected();
        cursor.Expect("AS");
        cursor.Expect("(");
        var query = Parse();
        cursor.Expect(")");
        return new CommonTable(at, name, query);
    }

    private QueryBody Body()
    {
        var left = Part();
        string? first = null;
        while (cursor.Is("UNION") || cursor.Is("INTERSECT") || cursor.Is("EXCEPT"))
        {
            var at = cursor.At;
            var word = cursor.Take().Text.ToUpperInvariant();
            var kind = cursor.Is("ALL") || cursor.Is("DISTINCT") ? cursor.Take().Text.ToUpperInvariant() : throw cursor.Unexpected($"Expected keyword ALL or keyword DISTINCT but got {cursor.Current.Described}");
            if (kind == "ALL" && word != "UNION")
                throw cursor.Source.Error($"{word} ALL is not supported", at);
            var op = $"{word} {kind}";
            if (first is not null && first != op)
                throw cursor.Source.Error("Syntax error: Different set operations cannot be used in the same query without using parentheses for grouping", at);
            if (cursor.Is("CORRESPONDING") || cursor.Is("BY"))
                throw cursor.Source.Unsupported("set operations by name", cursor.At);
            first = op;
            left = new SetOperation(at, op, left, Part());
        }

        return left;
    }

    private QueryBody Part()
    {
        var at = cursor.At;
        if (!cursor.TryTake("("))
            return SelectBlock();
        var query = Parse();
        cursor.Expect(")");
        return new Nested(at, query);
    }

    private Select SelectBlock()
    {
        var at = cursor.Expect("SELECT").Start;
        if (cursor.Are("WITH"))
            throw cursor.Source.Unsupported("SELECT WITH", cursor.At);
        var distinct = cursor.TryTake("DISTINCT");
        if (!distinct)
            cursor.TryTake("ALL");
        string? shape = null;
        if (cursor.Is("AS") && (Cursor.Matches(cursor.Peek(), "STRUCT") || Cursor.Matches(cursor.Peek(), "VALUE")))
        {
            cursor.Take();
            shape = cursor.Take().Text.ToUpperInvariant();
        }

        var items = new List<SelectItem> { Item() };
        while (cursor.TryTake(","))
        {
            // A trailing comma is allowed.
            if (cursor.Is("FROM") || cursor.Current.Type == TokenType.End || cursor.Is(")"))
                break;
            items.Add(Item());
        }

        var source = cursor.TryTake("FROM") ? from.Parse() : null;
        var where = cursor.TryTake("WHERE") ? Expressions.Parse() : null;
        var groupBy = cursor.Are("GROUP", "BY") ? new GroupByParser(cursor, Expressions).Parse() : null;
        var having = cursor.TryTake("HAVING") ? Expressions.Parse() : null;
        var qualify = cursor.TryTake("QUALIFY") ? Expressions.Parse() : null;
        var windows = cursor.TryTake("WINDOW")
            ? cursor.List(() =>
            {
                var name = cursor.Name();
                cursor.Expect("AS");
                return (name, Window());
            })
            : [];
        return new Select(at, distinct, items, source, where, groupBy, having, qualify, windows, shape);
    }

    private SelectItem Item()
    {
        var at = cursor.At;
        if (cursor.TryTake("*"))
            return Star(at, null);
        var of = StarOrExpression(out var star);
        return star ? Star(at, of) : new SelectExpr(at, of, cursor.Alias());
    }

    /// <summary>"t.*" is found by looking ahead, for the expression grammar has no star.</summary>
    private Expr StarOrExpression(out bool star)
    {
        star = false;
        var (mark, at) = (cursor.Mark, cursor.At);
        var names = new List<string>();
        while (cursor.IsName && Cursor.Matches(cursor.Peek(), "."))
        {
            names.Add(cursor.Take().Text);
            cursor.Take();
            if (!cursor.TryTake("*"))
                continue;
            star = true;
            return new PathExpr(at, names);
        }

        cursor.Mark = mark;
        return Expressions.Parse();
    }

    private SelectStar Star(int at, Expr? of)
    {
        List<string> except = [];
        List<(Expr, string)> replace = [];
        if (cursor.Is("EXCEPT") && Cursor.Matches(cursor.Peek(), "("))
        {
            cursor.Take();
            cursor.Take();
            except = cursor.List(() => cursor.Name());
            cursor.Expect(")");
        }

        if (cursor.Is("REPLACE") && Cursor.Matches(cursor.Peek(), "("))
        {
            cursor.Take();
            cursor.Take();
            replace = cursor.List(() =>
            {
                var value = Expressions.Parse();
                cursor.TryTake("AS");
                return (value, cursor.Name());
            });
            cursor.Expect(")");
        }

        return new SelectStar(at, of, except, replace);
    }
}
