using System.Globalization;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>Literals, names, calls, CASE, CAST, arrays, structs, subqueries.</summary>
internal sealed class PrimaryParser(Cursor cursor, ExpressionParser expressions, QueryParser queries)
{
    public Expr Parse()
    {
        var token = cursor.Current;
        switch (token.Type)
        {
            case TokenType.Integer:
                cursor.Take();
                return new Literal(token.Start, ExpressionParser.IntegerValue(cursor, token), SqlType.Int64);
            case TokenType.Float:
                cursor.Take();
                var number = double.Parse(token.Text, CultureInfo.InvariantCulture);
                return double.IsFinite(number) ? new Literal(token.Start, number, SqlType.Float64) : throw cursor.Source.Error($"Invalid floating point literal: {token.Text}", token.Start);
            case TokenType.String:
                cursor.Take();
                var text = token.Text;
                while (cursor.Current.Type == TokenType.String)
                    text += cursor.Take().Text;
                return new Literal(token.Start, text, SqlType.String);
            case TokenType.Bytes:
                cursor.Take();
                return new Literal(token.Start, Convert.ToHexStringLower(System.Text.Encoding.Latin1.GetBytes(token.Text)), SqlType.Bytes);
            case TokenType.Parameter:
                cursor.Take();
                return new Parameter(token.Start, token.Text, -1);
            case TokenType.SystemVariable:
                throw cursor.Source.Unsupported("system variables", token.Start);
            case TokenType.Symbol:
                return Symbol(token);
            case TokenType.Quoted:
                cursor.Take();
                return cursor.Is("(") ? Function(token.Start, token.Text) : new PathExpr(token.Start, [token.Text]);
            case TokenType.Word:
                return Word(token);
            default:
                throw cursor.Unexpected();
        }
    }

    private Expr Symbol(Token token)
    {
        switch (token.Text)
        {
            case "?":
                cursor.Take();
                return new Parameter(token.Start, null, cursor.Parameters++);
            case "[":
                return Array(token.Start, null);
            case "(":
                cursor.Take();
                if (QueryParser.StartsQuery(cursor))
                {
                    var query = queries.Parse();
                    cursor.Expect(")");
                    return new Subquery(token.Start, SubqueryKind.Scalar, query);
                }

                var inner = expressions.Parse();
                if (cursor.Is(","))
                {
                    var items = new List<(Expr, string?)> { (inner, null) };
                    while (cursor.TryTake(","))
                        items.Add((expressions.Parse(), null));
                    inner = new StructLiteral(token.Start, null, items);
                }

                cursor.Expect(")");
                return inner;
            default:
                throw cursor.Unexpected();
        }
    }

    private Expr Word(Token token)
    {
        var word = token.Text.ToUpperInvariant();
        switch (word)
        {
            case "NULL":
                cursor.Take();
                return new Literal(token.Start, null, null);
            case "TRUE" or "FALSE":
                cursor.Take();
                return new Literal(token.Start, word == "TRUE", SqlType.Bool);
            case "CASE":
                return Case();
            case "CAST" or "SAFE_CAST" when Cursor.Matches(cursor.Peek(), "("):
                return CastTo(word == "SAFE_CAST");
            case "INTERVAL":
                cursor.Take();
                var amount = expressions.Parse();
                var unit = cursor.Take().Text.ToUpperInvariant();
                return cursor.TryTake("TO") ? throw cursor.Source.Unsupported("INTERVAL with a range of parts", token.Start) : new IntervalExpr(token.Start, amount, unit);
            case "EXTRACT":
                return ExtractFrom();
            case "EXISTS":
                cursor.Take();
                return new Subquery(token.Start, SubqueryKind.Exists, Bracketed());
            case "ARRAY":
                return ArrayWord();
            case "STRUCT":
                return Struct();
            case "DATE" or "TIMESTAMP" or "DATETIME" or "TIME" or "NUMERIC" or "DECIMAL" when cursor.Peek().Type == TokenType.String:
                cursor.Take();
                var text = cursor.Take();
                return new Cast(token.Start, new Literal(text.Start, text.Text, SqlType.String), SqlType.Named(word)!, false, null);
            case "BIGNUMERIC" or "BIGDECIMAL" or "JSON" or "RANGE" when cursor.Peek().Type == TokenType.String:
                throw cursor.Source.Unsupported($"the type {word}", token.Start);
            case "CURRENT_DATE" or "CURRENT_TIMESTAMP" or "CURRENT_DATETIME" or "CURRENT_TIME" when !Cursor.Matches(cursor.Peek(), "("):
                cursor.Take();
                return new Call(token.Start, word, []);
            case "IF" or "LEFT" or "RIGHT" or "GROUPING" or "COLLATE" or "ANY" when Cursor.Matches(cursor.Peek(), "("):
                cursor.Take();
                return Function(token.Start, word);
            case "SAFE" when Cursor.Matches(cursor.Peek(), ".") && Cursor.Matches(cursor.Peek(3), "("):
                cursor.Take();
                cursor.Take();
                var name = cursor.Take();
                return Function(token.Start, name.Text) with { Safe = true };
        }

        if (Keywords.Reserved.Contains(token.Text))
            throw cursor.Unexpected();
        cursor.Take();
        if (Cursor.Matches(cursor.Peek(0), ".") && Cursor.Matches(cursor.Peek(2), "(") && word is "NET" or "HLL_COUNT" or "KEYS" or "ML")
        {
            cursor.Take();
            return Function(token.Start, word + "." + cursor.Take().Text);
        }

        return cursor.Is("(") ? Function(token.Start, token.Text) : new PathExpr(token.Start, [token.Text]);
    }

    private CaseExpr Case()
    {
        var at = cursor.Take().Start;
        var of = cursor.Is("WHEN") ? null : expressions.Parse();
        var arms = new List<(Expr, Expr)>();
        while (cursor.TryTake("WHEN"))
        {
            var when = expressions.Parse();
            cursor.Expect("THEN");
            arms.Add((when, expressions.Parse()));
        }

        if (arms.Count == 0)
            cursor.Expect("WHEN");
        var otherwise = cursor.TryTake("ELSE") ? expressions.Parse() : null;
        cursor.Expect("END");
        return new CaseExpr(at, of, arms, otherwise);
    }

    private Cast CastTo(bool safe)
    {
        var at = cursor.Take().Start;
        cursor.Expect("(");
        var of = expressions.Parse();
        cursor.Expect("AS");
        var type = new TypeParser(cursor).Parse();
        var format = cursor.TryTake("FORMAT") ? expressions.Parse() : null;
        cursor.Expect(")");
        return new Cast(at, of, type, safe, format);
    }

    private Extract ExtractFrom()
    {
        var at = cursor.Take().Start;
        cursor.Expect("(");
        var part = cursor.Take().Text.ToUpperInvariant();
        if (cursor.TryTake("("))
        {
            part += $"({cursor.Take().Text.ToUpperInvariant()})";
            cursor.Expect(")");
        }

        cursor.Expect("FROM");
        var of = expressions.Parse();
        Expr? zone = null;
        if (cursor.TryTake("AT"))
        {
            cursor.Expect("TIME");
            cursor.Expect("ZONE");
            zone = expressions.Parse();
        }

        cursor.Expect(")");
        return new Extract(at, part, of, zone);
    }

    private Expr ArrayWord()
    {
        var at = cursor.Take().Start;
        if (cursor.Is("("))
            return new Subquery(at, SubqueryKind.Array, Bracketed());
        SqlType? element = null;
        if (cursor.TryTake("<"))
        {
            element = new TypeParser(cursor).Parse();
            cursor.ExpectClosingAngle();
        }

        return Array(at, element);
    }

    private ArrayLiteral Array(int at, SqlType? element)
    {
        cursor.Expect("[");
        var items = cursor.Is("]") ? [] : cursor.List(expressions.Parse);
        cursor.Expect("]");
        return new ArrayLiteral(at, element, items);
    }

    private StructLiteral Struct()
    {
        var at = cursor.At;
        SqlType? type = null;
        if (Cursor.Matches(cursor.Peek(), "<"))
            type = new TypeParser(cursor).Parse();
        else
            cursor.Take();
        cursor.Expect("(");
        var items = cursor.Is(")") ? [] : cursor.List(() =>
        {
            var value = expressions.Parse();
            return (value, cursor.TryTake("AS") ? cursor.Name("alias") : null);
        });
        cursor.Expect(")");
        return new StructLiteral(at, type, items);
    }

    private Query Bracketed()
    {
        cursor.Expect("(");
        var query = queries.Parse();
        cursor.Expect(")");
        return query;
    }

    private Call Function(int at, string name)
    {
        cursor.Expect("(");
        var call = new Call(at, name.ToUpperInvariant(), []);
        if (cursor.Is("*") && Cursor.Matches(cursor.Peek(), ")"))
        {
            cursor.Take();
            call = call with { Star = true };
        }
        else
        {
            if (cursor.TryTake("DISTINCT"))
                call = call with { Distinct = true };
            if (!cursor.Is(")"))
                call = call with { Arguments = cursor.List(Argument) };
            if (cursor.TryTake("IGNORE", "NULLS"))
                call = call with { IgnoreNulls = true };
            else if (cursor.TryTake("RESPECT", "NULLS"))
                call = call with { IgnoreNulls = false };
            if (cursor.TryTake("HAVING"))
                call = call with { Having = (cursor.Is("MAX") || cursor.Is("MIN") ? cursor.Take().Text.ToUpperInvariant() : throw cursor.Unexpected(), expressions.Parse()) };
            if (cursor.TryTake("ORDER", "BY"))
                call = call with { OrderBy = queries.OrderItems() };
            if (cursor.TryTake("LIMIT"))
                call = call with { Limit = expressions.Parse() };
        }

        cursor.Expect(")");
        if (cursor.TryTake("IGNORE", "NULLS"))
            call = call with { IgnoreNulls = true };
        else if (cursor.TryTake("RESPECT", "NULLS"))
            call = call with { IgnoreNulls = false };
        return cursor.TryTake("OVER") ? call with { Over = queries.Window() } : call;
    }

    private Expr Argument() => cursor.Peek() is { Type: TokenType.Symbol, Text: "=>" }
        ? throw cursor.Source.Unsupported("named arguments", cursor.At)
        : cursor.Peek() is { Type: TokenType.Symbol, Text: "-" } && cursor.Peek(2) is { Type: TokenType.Symbol, Text: ">" }
            ? throw cursor.Source.Unsupported("lambdas", cursor.At)
            : expressions.Parse();
}
