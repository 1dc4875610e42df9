using System.Globalization;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>Expressions, by precedence from OR down to a primary with its postfixes.</summary>
internal sealed class ExpressionParser(Cursor cursor, QueryParser queries)
{
    public Expr Parse() => cursor.Deeper(Or);

    private Expr Or() => Logic("OR", And);

    private Expr And() => Logic("AND", Not);

    /// <summary>AND and OR of many make a flat tree: a thousand conditions are no thousand levels deep.</summary>
    private Expr Logic(string op, Func<Expr> part)
    {
        var parts = new List<(int At, Expr Of)> { (cursor.At, part()) };
        while (cursor.Is(op))
            parts.Add((cursor.Take().Start, part()));
        return Tree(0, parts.Count);

        Expr Tree(int from, int to) =>
            to - from == 1 ? parts[from].Of : new Binary(parts[(from + to) / 2].At, op, Tree(from, (from + to) / 2), Tree((from + to) / 2, to));
    }

    private Expr Not() => cursor.Is("NOT") ? cursor.Deeper(() => new Unary(cursor.Take().Start, "NOT", Not())) : Comparison();

    private Expr Comparison()
    {
        var left = BitOr();
        while (true)
        {
            var at = cursor.At;
            if (cursor.Current.Type == TokenType.Symbol && cursor.Current.Text is "=" or "<" or ">" or "<=" or ">=" or "<>" or "!=")
            {
                var op = cursor.Take().Text;
                left = new Binary(at, op == "<>" ? "!=" : op, left, BitOr());
                continue;
            }

            if (cursor.TryTake("IS"))
            {
                left = Is(left, at);
                continue;
            }

            var not = cursor.Is("NOT") && (Cursor.Matches(cursor.Peek(), "IN") || Cursor.Matches(cursor.Peek(), "LIKE") || Cursor.Matches(cursor.Peek(), "BETWEEN"));
            if (not)
                cursor.Take();
            if (cursor.TryTake("BETWEEN"))
            {
                var low = BitOr();
                cursor.Expect("AND");
                left = new Between(at, left, low, BitOr(), not);
            }
            else if (cursor.TryTake("LIKE"))
            {
                if (cursor.Is("ANY") || cursor.Is("ALL") || cursor.Is("SOME"))
                    left = Quantified(left, at, not);
                else
                    left = new Like(at, left, BitOr(), not);
            }
            else if (cursor.TryTake("IN"))
            {
                left = In(left, at, not);
            }
            else
            {
                return left;
            }
        }
    }

    private Expr Quantified(Expr left, int at, bool not)
    {
        var all = cursor.Take().Text.Equals("ALL", StringComparison.OrdinalIgnoreCase);
        cursor.Expect("(");
        var parts = cursor.List(() => (Expr)new Like(at, left, Parse(), false));
        cursor.Expect(")");
        var whole = parts.Aggregate((one, other) => new Binary(at, all ? "AND" : "OR", one, other));
        return not ? new Unary(at, "NOT", whole) : whole;
    }

    private IsExpr Is(Expr left, int at)
    {
        var not = cursor.TryTake("NOT");
        if (cursor.TryTake("DISTINCT", "FROM"))
            return new IsExpr(at, left, "DISTINCT", not, BitOr());
        foreach (var what in (string[])["NULL", "TRUE", "FALSE"])
        {
            if (cursor.TryTake(what))
                return new IsExpr(at, left, what, not);
        }

        throw cursor.Unexpected();
    }

    private Expr In(Expr left, int at, bool not)
    {
        if (cursor.TryTake("UNNEST"))
        {
            cursor.Expect("(");
            var array = Parse();
            cursor.Expect(")");
            return new InUnnest(at, left, array, not);
        }

        cursor.Expect("(");
        if (QueryParser.StartsQuery(cursor))
        {
            var query = queries.Parse();
            cursor.Expect(")");
            return new InQuery(at, left, query, not);
        }

        var items = cursor.List(Parse);
        cursor.Expect(")");
        return new InList(at, left, items, not);
    }

    private Expr BitOr() => Chain(BitXor, "|");

    private Expr BitXor() => Chain(BitAnd, "^");

    private Expr BitAnd() => Chain(Shift, "&");

    private Expr Shift() => Chain(Additive, "<<", ">>");

    private Expr Additive() => Chain(Multiplicative, "+", "-");

    private Expr Multiplicative() => Chain(Prefix, "*", "/", "||");

    private Expr Chain(Func<Expr> part, params ReadOnlySpan<string> operators)
    {
        var left = part();
        while (cursor.Current.Type == TokenType.Symbol && operators.Contains(cursor.Current.Text))
        {
            var token = cursor.Take();
            left = new Binary(token.Start, token.Text, left, part());
        }

        return left;
    }

    private Expr Prefix()
    {
        if (cursor.Current.Type != TokenType.Symbol || cursor.Current.Text is not ("-" or "+" or "~"))
            return Postfix();
        var token = cursor.Take();
        // The smallest INT64 can be written only with its sign.
        if (token.Text == "-" && cursor.Current is { Type: TokenType.Integer, Text: "9223372036854775808" })
        {
            cursor.Take();
            return new Literal(token.Start, long.MinValue, SqlType.Int64);
        }

        return cursor.Deeper(() =>
        {
            var of = Prefix();
            return token.Text switch
            {
                "+" => of,
                "-" when of is Literal { Value: long number } => new Literal(token.Start, -number, SqlType.Int64),
                "-" when of is Literal { Value: double number } => new Literal(token.Start, -number, SqlType.Float64),
                _ => (Expr)new Unary(token.Start, token.Text, of),
            };
        });
    }

    private Expr Postfix()
    {
        var of = new PrimaryParser(cursor, this, queries).Parse();
        while (true)
        {
            var at = cursor.At;
            if (cursor.TryTake("."))
            {
                var name = cursor.Current.Type is TokenType.Word or TokenType.Quoted ? cursor.Take().Text : throw cursor.Unexpected();
                of = of is PathExpr path ? path with { Names = [.. path.Names, name] } : new FieldExpr(at, of, name);
            }
            else if (cursor.TryTake("["))
            {
                var mode = "";
                if (cursor.Current.Type == TokenType.Word && Cursor.Matches(cursor.Peek(), "(") && cursor.Current.Text.ToUpperInvariant() is "OFFSET" or "ORDINAL" or "SAFE_OFFSET" or "SAFE_ORDINAL")
                {
                    mode = cursor.Take().Text.ToUpperInvariant();
                    cursor.Take();
                }

                var index = Parse();
                if (mode.Length > 0)
                    cursor.Expect(")");
                cursor.Expect("]");
                of = new IndexExpr(at, of, index, mode);
            }
            else
            {
                return of;
            }
        }
    }

    public static object IntegerValue(Cursor cursor, Token token) =>
        long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw cursor.Source.Error($"Invalid integer literal: {token.Text}", token.Start);
}
