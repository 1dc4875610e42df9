using System.Globalization;

namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>SOQL by recursive descent: the clauses. Conditions and expressions are in the other half.</summary>
internal sealed partial class SoqlParser
{
    private const int Deepest = 40;
    private readonly string source;
    private readonly List<SoqlToken> tokens;
    private int position;
    private int depth;

    private SoqlParser(string source)
    {
        this.source = source;
        tokens = SoqlLexer.Read(source);
    }

    public static SoqlQuery Parse(string source)
    {
        var parser = new SoqlParser(source);
        if (string.IsNullOrWhiteSpace(source))
            throw new SalesforceRefusal("MALFORMED_QUERY", "SOQL statements cannot be empty or null");
        var query = parser.Query(nested: false);
        return parser.Now.Kind == SoqlTokenKind.End ? query : throw parser.Unexpected();
    }

    private SoqlToken Now => tokens[position];

    private SoqlToken Ahead(int by) => tokens[Math.Min(position + by, tokens.Count - 1)];

    private SoqlQuery Query(bool nested)
    {
        Expect("SELECT");
        var items = List(() => Item(nested));
        Expect("FROM");
        var from = Word();
        var path = from.Text;
        // FROM Account.Contacts is the old spelling of a subquery; FROM Contact c, c.Account a is not offered.
        while (nested && Accept("."))
            path = Word().Text;
        var alias = Accept("AS") ? Word().Text : Now.Kind == SoqlTokenKind.Word && !IsClause(Now) ? Word().Text : null;
        var mine = false;
        if (Accept("USING"))
        {
            Expect("SCOPE");
            mine = Word().Text.Equals("mine", StringComparison.OrdinalIgnoreCase);
        }

        var where = Accept("WHERE") ? Condition() : null;
        if (Accept("WITH"))
            Word(); // SECURITY_ENFORCED, USER_MODE, SYSTEM_MODE: everybody here may see everything.
        IReadOnlyList<SoqlExpression> groups = [];
        SoqlCondition? having = null;
        if (Accept("GROUP"))
        {
            Expect("BY");
            if (Now.Is("ROLLUP") || Now.Is("CUBE"))
                throw SoqlRefusal.Malformed(source, Now.At, $"GROUP BY {Now.Text.ToUpperInvariant()} is not offered by this sandbox");
            groups = List(Expression);
            having = Accept("HAVING") ? Condition() : null;
        }

        IReadOnlyList<SoqlOrder> order = [];
        if (Accept("ORDER"))
        {
            Expect("BY");
            order = List(Order);
        }

        int? limit = null, offset = null;
        while (Now.Is("LIMIT") || Now.Is("OFFSET"))
        {
            if (Accept("LIMIT"))
                limit = Whole();
            else if (Accept("OFFSET"))
                offset = Whole();
        }

        var all = Accept("ALL");
        if (all)
            Expect("ROWS");
        while (Accept("FOR"))
            List(Word); // VIEW, REFERENCE, UPDATE
        return new SoqlQuery
        {
            Source = source,
            Items = items,
            From = path,
            FromAt = from.At,
            Alias = alias,
            OnlyMine = mine,
            Where = where,
            GroupBy = groups,
            Having = having,
            OrderBy = order,
            Limit = limit,
            Offset = offset,
            AllRows = all,
        };
    }

    private SoqlItem Item(bool nested)
    {
        var start = Now;
        if (Accept("("))
        {
            if (nested)
                throw SoqlRefusal.Malformed(source, start.At, "Nesting of subqueries deeper than one level is not offered by this sandbox");
            var query = Query(nested: true);
            Expect(")");
            return new SoqlItem.Children(query, start.At);
        }

        if (start.Is("TYPEOF") && Ahead(1).Kind == SoqlTokenKind.Word && !Ahead(1).Is("FROM"))
            return ByType();
        if (start.Is("FIELDS") && Ahead(1).Is("("))
        {
            position += 2;
            var which = Word();
            Expect(")");
            return which.Text.ToUpperInvariant() is "ALL" or "STANDARD" or "CUSTOM"
                ? new SoqlItem.FieldSet(which.Text.ToUpperInvariant(), start.At)
                : throw SoqlRefusal.Malformed(source, which.At, $"unexpected token: '{which.Text}'");
        }

        if (start.Is("COUNT") && Ahead(1).Is("(") && Ahead(2).Is(")"))
        {
            position += 3;
            return new SoqlItem.CountOnly(start.At);
        }

        var expression = Expression();
        var alias = Now.Kind == SoqlTokenKind.Word && !Now.Is("FROM") ? Word().Text : null;
        return new SoqlItem.Value(expression, alias);
    }

    private SoqlItem.ByType ByType()
    {
        var start = Word();
        var relationship = Word().Text;
        var cases = new List<(string, IReadOnlyList<SoqlExpression.Path>)>();
        IReadOnlyList<SoqlExpression.Path> otherwise = [];
        while (Accept("WHEN"))
        {
            var type = Word().Text;
            Expect("THEN");
            cases.Add((type, List(Path)));
        }

        if (Accept("ELSE"))
            otherwise = List(Path);
        Expect("END");
        return cases.Count > 0 ? new SoqlItem.ByType(relationship, cases, otherwise, start.At) : throw Unexpected();
    }

    private SoqlOrder Order()
    {
        var expression = Expression();
        var descending = Accept("DESC");
        if (!descending)
            Accept("ASC");
        var last = false;
        if (Accept("NULLS"))
        {
            last = Accept("LAST");
            if (!last)
                Expect("FIRST");
        }

        return new SoqlOrder(expression, descending, last);
    }

    private List<T> List<T>(Func<T> one)
    {
        var items = new List<T> { one() };
        while (Accept(","))
            items.Add(one());
        return items;
    }

    private int Whole()
    {
        var token = Now;
        if (token.Kind != SoqlTokenKind.Number || !int.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw Unexpected();
        position++;
        return number;
    }

    private SoqlToken Word() => Now.Kind == SoqlTokenKind.Word ? tokens[position++] : throw Unexpected();

    private bool Accept(string text)
    {
        if (!Now.Is(text))
            return false;
        position++;
        return true;
    }

    private void Expect(string text)
    {
        if (!Accept(text))
            throw Unexpected(text);
    }

    private SalesforceRefusal Unexpected(string? expected = null) => SoqlRefusal.Malformed(source, Now.At, Now.Kind == SoqlTokenKind.End
        ? $"unexpected token: '<EOF>'{(expected is null ? "" : $" (expecting {expected})")}"
        : $"unexpected token: '{Now.Text}'{(expected is null ? "" : $" (expecting {expected})")}");

    private static bool IsClause(SoqlToken token) =>
        token.Is("WHERE") || token.Is("WITH") || token.Is("GROUP") || token.Is("ORDER") || token.Is("LIMIT") || token.Is("OFFSET") || token.Is("FOR") || token.Is("ALL") || token.Is("USING");
}
