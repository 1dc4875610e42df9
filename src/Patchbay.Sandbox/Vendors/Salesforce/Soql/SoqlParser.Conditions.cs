using System.Globalization;

namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>Conditions, expressions and literals.</summary>
internal sealed partial class SoqlParser
{
    private SoqlCondition Condition()
    {
        // Bounded: a query of ten thousand brackets must not end the process.
        if (++depth > Deepest)
            throw SoqlRefusal.Malformed(source, Now.At, "The condition is nested too deeply");
        var first = Term();
        // Salesforce takes AND and OR side by side only with brackets between them.
        var joiner = Now.Is("AND") ? "AND" : Now.Is("OR") ? "OR" : null;
        var parts = new List<SoqlCondition> { first };
        while (joiner is not null && Accept(joiner))
            parts.Add(Term());
        if (joiner is not null && (Now.Is("AND") || Now.Is("OR")))
            throw Unexpected();
        depth--;
        return parts.Count == 1 ? first : joiner == "AND" ? new SoqlCondition.All(parts) : new SoqlCondition.Any(parts);
    }

    private SoqlCondition Term()
    {
        if (Now.Is("NOT"))
        {
            if (++depth > Deepest)
                throw SoqlRefusal.Malformed(source, Now.At, "The condition is nested too deeply");
            position++;
            var part = Term();
            depth--;
            return new SoqlCondition.Not(part);
        }

        if (Accept("("))
        {
            var inner = Condition();
            Expect(")");
            return inner;
        }

        var left = Expression();
        if (Accept("NOT"))
        {
            Expect("IN");
            return Among(left, negated: true);
        }

        if (Accept("IN"))
            return Among(left, negated: false);
        if (Now.Is("INCLUDES") || Now.Is("EXCLUDES"))
            return new SoqlCondition.OneOf(left, Word().Text.ToUpperInvariant(), Values());
        if (Accept("LIKE"))
            return new SoqlCondition.Compare(left, "LIKE", Literal());
        foreach (var sign in (string[])["=", "!=", "<>", "<=", ">=", "<", ">"])
        {
            if (Accept(sign))
                return new SoqlCondition.Compare(left, sign == "<>" ? "!=" : sign, Literal());
        }

        throw Unexpected();
    }

    private SoqlCondition Among(SoqlExpression left, bool negated)
    {
        if (Now.Is("(") && Ahead(1).Is("SELECT"))
        {
            if (left is not SoqlExpression.Path path)
                throw Unexpected();
            position++;
            var query = Query(nested: true);
            Expect(")");
            return new SoqlCondition.SemiJoin(path, negated, query);
        }

        return new SoqlCondition.OneOf(left, negated ? "NOT IN" : "IN", Values());
    }

    private List<SoqlLiteral> Values()
    {
        Expect("(");
        var values = List(Literal);
        Expect(")");
        return values;
    }

    private SoqlLiteral Literal()
    {
        var token = Now;
        if (token.Is(":"))
            throw SoqlRefusal.Malformed(source, token.At, "Bind variables only allowed in Apex code");
        position++;
        switch (token.Kind)
        {
            case SoqlTokenKind.Text:
                return new SoqlLiteral(SoqlLiteralKind.Text, token.Text, 0, token.At);
            case SoqlTokenKind.Number:
                return new SoqlLiteral(SoqlLiteralKind.Number, token.Text, 0, token.At);
            case SoqlTokenKind.Date:
                return new SoqlLiteral(SoqlLiteralKind.Date, token.Text, 0, token.At);
            case SoqlTokenKind.DateTime:
                return new SoqlLiteral(SoqlLiteralKind.DateTime, token.Text, 0, token.At);
            case SoqlTokenKind.Word when token.Is("null"):
                return new SoqlLiteral(SoqlLiteralKind.Null, "null", 0, token.At);
            case SoqlTokenKind.Word when token.Is("true") || token.Is("false"):
                return new SoqlLiteral(SoqlLiteralKind.Boolean, token.Text, 0, token.At);
            case SoqlTokenKind.Word when Periods.Known(token.Text) is { } counted:
                if (!counted)
                    return new SoqlLiteral(SoqlLiteralKind.Period, token.Text.ToUpperInvariant(), 0, token.At);
                Expect(":");
                return new SoqlLiteral(SoqlLiteralKind.Period, token.Text.ToUpperInvariant(), Whole(), token.At);
            default:
                position--;
                throw Unexpected();
        }
    }

    private SoqlExpression Expression()
    {
        if (Now.Kind == SoqlTokenKind.Word && Ahead(1).Is("("))
        {
            if (++depth > Deepest)
                throw SoqlRefusal.Malformed(source, Now.At, "The expression is nested too deeply");
            var name = Word();
            Expect("(");
            var argument = Now.Is(")") ? null : Expression();
            Expect(")");
            depth--;
            return new SoqlExpression.Call(name.Text.ToUpperInvariant(), argument, name.At);
        }

        return Path();
    }

    private SoqlExpression.Path Path()
    {
        var first = Word();
        var names = new List<string> { first.Text };
        while (Accept("."))
            names.Add(Word().Text);
        return names.Count <= 6
            ? new SoqlExpression.Path(names, first.At)
            : throw SoqlRefusal.Malformed(source, first.At, "Maximum number of levels for a relationship is 5");
    }
}
