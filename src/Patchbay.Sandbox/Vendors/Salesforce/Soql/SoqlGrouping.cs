using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Records;

namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>GROUP BY, functions over groups, and HAVING.</summary>
internal sealed class SoqlGrouping(SoqlQuery query, DateOnly today, Func<SoqlExpression, Operand<SObjectRecord>> bind)
{
    /// <summary>The records of one group; never empty, except for the one group of a query without GROUP BY.</summary>
    private sealed record Group(IReadOnlyList<SObjectRecord> Records);

    public IEnumerable<JsonObject> Rows(IReadOnlyList<SObjectRecord> records)
    {
        var keys = query.GroupBy.Select(bind).ToList();
        var columns = Columns();
        IEnumerable<Group> groups = keys.Count == 0
            ? [new Group(records)]
            : records.GroupBy(record => string.Join('\u0001', keys.Select(key => FieldValues.Show(SoqlValues.Show(key.Get(record))).ToUpperInvariant())))
                .Select(group => new Group([.. group]));
        if (query.Having is not null)
            groups = groups.Where(new SoqlConditions<Group>(query.Source, today, Read, _ => throw SoqlRefusal.Malformed(query.Source, 0, "No query may stand in HAVING")).Compile(query.Having));
        foreach (var order in query.OrderBy.Reverse())
            groups = SoqlSorting.By(groups, order, Read(order.Expression).Get);
        return groups.Select(group =>
        {
            var row = new JsonObject { ["attributes"] = new JsonObject { ["type"] = "AggregateResult" } };
            foreach (var (name, operand) in columns)
                row[name] = SoqlValues.Show(operand.Get(group));
            return row;
        });
    }

    private List<(string Name, Operand<Group> Operand)> Columns()
    {
        var columns = new List<(string, Operand<Group>)>();
        var unnamed = 0;
        foreach (var item in query.Items)
        {
            // COUNT() beside other columns counts the rows of the group.
            var (expression, alias) = item switch
            {
                SoqlItem.Value value => (value.Expression, value.Alias),
                SoqlItem.CountOnly count => (new SoqlExpression.Call("COUNT", null, count.At), null),
                _ => throw SoqlRefusal.Malformed(query.Source, item.At, "Only fields and functions may stand beside a function over a group"),
            };
            var name = alias ?? (expression is SoqlExpression.Path path ? Names(path) : $"expr{unnamed++}");
            columns.Add((name, Read(expression)));
        }

        return columns;
    }

    private string Names(SoqlExpression.Path path) => bind(path).Name.Split('.')[^1];

    private Operand<Group> Read(SoqlExpression expression)
    {
        if (expression is SoqlExpression.Call { Function: "COUNT", Argument: null })
            return new Operand<Group>("COUNT", Schema.FieldType.Int, 0, group => (decimal)group.Records.Count);
        if (expression is SoqlExpression.Call { Argument: { } argument } call && SoqlFunctions.IsAggregate(call))
        {
            var inner = bind(argument);
            if (call.Function is "SUM" or "AVG" && inner.Type is not (Schema.FieldType.Int or Schema.FieldType.Double or Schema.FieldType.Currency or Schema.FieldType.Percent))
                throw SoqlRefusal.Malformed(query.Source, call.At, $"field {inner.Name} does not support aggregate operator {call.Function}");
            var type = call.Function.StartsWith("COUNT", StringComparison.Ordinal) ? Schema.FieldType.Int : inner.Type;
            return new Operand<Group>(inner.Name, type, 0, group => SoqlFunctions.Fold(call.Function, group.Records.Select(inner.Get)));
        }

        // ORDER BY and HAVING may use the alias of a column.
        if (expression is SoqlExpression.Path { Names: [var single] } && query.Items.OfType<SoqlItem.Value>().FirstOrDefault(item => single.Equals(item.Alias, StringComparison.OrdinalIgnoreCase)) is { } aliased && aliased.Expression is not SoqlExpression.Path)
            return Read(aliased.Expression);
        var operand = bind(expression);
        if (!query.GroupBy.Any(group => Same(group, expression)))
            throw SoqlRefusal.Malformed(query.Source, expression.At, $"Field must be grouped or aggregated: {operand.Name}");
        return new Operand<Group>(operand.Name, operand.Type, operand.Length, group => group.Records.Count == 0 ? null : operand.Get(group.Records[0]));
    }

    private bool Same(SoqlExpression one, SoqlExpression other) => (one, other) switch
    {
        (SoqlExpression.Call a, SoqlExpression.Call b) => a.Function == b.Function && a.Argument is not null && b.Argument is not null && Same(a.Argument, b.Argument),
        (SoqlExpression.Path, SoqlExpression.Path) => bind(one).Name == bind(other).Name,
        _ => false,
    };
}
