using System.Globalization;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>What a condition reads from a row, and of which type it is.</summary>
/// <typeparam name="T">A record, or a group of them.</typeparam>
internal sealed record Operand<T>(string Name, FieldType Type, int Length, Func<T, object?> Get);

/// <summary>Turns conditions into functions, checking literals against types on the way.</summary>
/// <param name="source">The query, to show what is wrong.</param>
/// <param name="today">For the date literals.</param>
/// <param name="bind">Finds what an expression reads.</param>
/// <param name="semiJoin">The values that a query inside IN gives.</param>
internal sealed class SoqlConditions<T>(string source, DateOnly today, Func<SoqlExpression, Operand<T>> bind, Func<SoqlQuery, HashSet<string>> semiJoin)
{
    public Func<T, bool> Compile(SoqlCondition condition)
    {
        switch (condition)
        {
            case SoqlCondition.All all:
                var each = all.Parts.Select(Compile).ToList();
                return row => each.TrueForAll(part => part(row));
            case SoqlCondition.Any any:
                var either = any.Parts.Select(Compile).ToList();
                return row => either.Exists(part => part(row));
            case SoqlCondition.Not not:
                var inner = Compile(not.Part);
                return row => !inner(row);
            case SoqlCondition.Compare compare:
                return Compare(compare);
            case SoqlCondition.OneOf oneOf:
                return OneOf(oneOf);
            case SoqlCondition.SemiJoin join:
                var operand = bind(join.Left);
                if (operand.Type is not (FieldType.Id or FieldType.Reference))
                    throw SoqlRefusal.Malformed(source, join.Left.At, "The left operand of a semi-join must be an ID or a reference");
                var found = semiJoin(join.Query);
                return row => operand.Get(row) is string id ? found.Contains(id) != join.Negated : join.Negated;
            default:
                throw new ArgumentException("No such condition.");
        }    }

    private Func<T, bool> Compare(SoqlCondition.Compare compare)
    {
        var left = bind(compare.Left);
        RefuseLongText(left, compare.Left.At);
        var (sign, right) = (compare.Operator, compare.Right);
        if (sign == "LIKE")
        {
            if (!left.Type.IsText() || left.Type is FieldType.Id or FieldType.Reference or FieldType.MultiPicklist)
                throw new SalesforceRefusal("INVALID_QUERY_FILTER_OPERATOR", $"invalid operator on {(left.Type is FieldType.Id or FieldType.Reference ? "id" : left.Type.ToString().ToLowerInvariant())} field");
            if (right.Kind != SoqlLiteralKind.Text)
                throw WrongType(left, right);
            return row => left.Get(row) is string text && SoqlValues.Like(text, right.Text);
        }

        if (right.Kind == SoqlLiteralKind.Null)
            return sign switch
            {
                "=" => row => left.Get(row) is null,
                "!=" => row => left.Get(row) is not null,
                _ => throw SoqlRefusal.Malformed(source, right.At, $"operator '{sign}' is not valid with null"),
            };
        if (right.Kind == SoqlLiteralKind.Period)
            return Period(left, sign, right);
        if (left.Type == FieldType.Boolean && sign is not ("=" or "!="))
            throw new SalesforceRefusal("INVALID_QUERY_FILTER_OPERATOR", "invalid operator on boolean field");
        var wanted = Value(left, right);
        return sign switch
        {
            "=" => row => left.Get(row) is { } value && SoqlValues.Compare(value, wanted) == 0,
            "!=" => row => left.Get(row) is not { } value || SoqlValues.Compare(value, wanted) != 0,
            "<" => row => left.Get(row) is { } value && SoqlValues.Compare(value, wanted) < 0,
            "<=" => row => left.Get(row) is { } value && SoqlValues.Compare(value, wanted) <= 0,
            ">" => row => left.Get(row) is { } value && SoqlValues.Compare(value, wanted) > 0,
            _ => row => left.Get(row) is { } value && SoqlValues.Compare(value, wanted) >= 0,
        };
    }

    private Func<T, bool> Period(Operand<T> left, string sign, SoqlLiteral right)
    {
        if (left.Type is not (FieldType.Date or FieldType.DateTime))
            throw WrongType(left, right);
        var (from, to) = Periods.Of(right.Text, right.Count, today);
        return row => Day(left.Get(row)) switch
        {
            null => sign == "!=",
            { } day => sign switch
            {
                "=" => day >= from && day < to,
                "!=" => day < from || day >= to,
                "<" => day < from,
                "<=" => day < to,
                ">" => day >= to,
                _ => day >= from,
            },
        };
    }

    private Func<T, bool> OneOf(SoqlCondition.OneOf oneOf)
    {
        var left = bind(oneOf.Left);
        RefuseLongText(left, oneOf.Left.At);
        if (oneOf.Operator is "INCLUDES" or "EXCLUDES")
        {
            if (left.Type != FieldType.MultiPicklist)
                throw new SalesforceRefusal("INVALID_QUERY_FILTER_OPERATOR", $"{oneOf.Operator.ToLowerInvariant()} operator not valid on field {left.Name}");
            var choices = oneOf.Values.Select(value => SoqlValues.Plain(value.Text).Split(';', StringSplitOptions.TrimEntries)).ToList();
            var includes = oneOf.Operator == "INCLUDES";
            return row =>
            {
                var chosen = (left.Get(row) as string)?.Split(';', StringSplitOptions.TrimEntries) ?? [];
                return choices.Exists(all => all.All(one => chosen.Contains(one, StringComparer.OrdinalIgnoreCase))) == includes;
            };
        }

        var withNull = oneOf.Values.Any(value => value.Kind == SoqlLiteralKind.Null);
        var periods = oneOf.Values.Where(value => value.Kind == SoqlLiteralKind.Period).Select(value => Period(left, "=", value)).ToList();
        var wanted = oneOf.Values.Where(value => value.Kind is not (SoqlLiteralKind.Null or SoqlLiteralKind.Period)).Select(value => Value(left, value)).ToList();
        var texts = wanted.OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var negated = oneOf.Operator == "NOT IN";
        return row => left.Get(row) switch
        {
            null => withNull != negated,
            string text => texts.Contains(text) != negated,
            var value => (wanted.Exists(one => SoqlValues.Compare(value, one) == 0) || periods.Exists(period => period(row))) != negated,
        };
    }

    private object Value(Operand<T> left, SoqlLiteral literal) => (left.Type, literal.Kind) switch
    {
        (FieldType.Id or FieldType.Reference, SoqlLiteralKind.Text) => literal.Text.Length == 0 ? "" : SalesforceIds.TryRead(literal.Text, out var id)
            ? id
            : throw new SalesforceRefusal("INVALID_QUERY_FILTER_OPERATOR", $"invalid ID field: {literal.Text}"),
        (FieldType.Date, SoqlLiteralKind.Date) => FieldValues.TryDate(literal.Text, out var date) ? date : throw WrongType(left, literal),
        (FieldType.DateTime, SoqlLiteralKind.DateTime) => FieldValues.TryMoment(literal.Text, out var at) ? at : throw WrongType(left, literal),
        (FieldType.Boolean, SoqlLiteralKind.Boolean) => literal.Text.Equals("true", StringComparison.OrdinalIgnoreCase),
        (var type, SoqlLiteralKind.Number) when type.IsNumber() => decimal.Parse(literal.Text, NumberStyles.Float, CultureInfo.InvariantCulture),
        (var type, SoqlLiteralKind.Text) when type.IsText() => SoqlValues.Plain(literal.Text),
        _ => throw WrongType(left, literal),
    };

    private void RefuseLongText(Operand<T> operand, int at)
    {
        if (operand is { Type: FieldType.TextArea, Length: > 255 } or { Type: FieldType.Address })
            throw SoqlRefusal.Field(source, at, $"field '{operand.Name}' can not be filtered in a query call");
    }

    private SalesforceRefusal WrongType(Operand<T> left, SoqlLiteral literal)
    {
        var type = left.Type switch
        {
            FieldType.Boolean => "boolean",
            FieldType.Date => "date",
            FieldType.DateTime => "dateTime",
            FieldType.Int => "int",
            _ when left.Type.IsNumber() => "double",
            _ => "string",
        };
        return SoqlRefusal.Field(source, literal.At, $"value of filter criterion for field '{left.Name}' must be of type {type} and should {(type == "string" ? "" : "not ")}be enclosed in quotes");
    }

    private static DateOnly? Day(object? value) => value switch
    {
        DateOnly day => day,
        DateTimeOffset at => DateOnly.FromDateTime(at.UtcDateTime),
        _ => null,
    };
}
