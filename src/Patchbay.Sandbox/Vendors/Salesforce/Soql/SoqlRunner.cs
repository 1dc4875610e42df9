using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Records;
using Patchbay.Sandbox.Vendors.Salesforce.Schema;

namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>Runs queries over the records of one organisation.</summary>
internal sealed class SoqlRunner(RecordStore records, TimeProvider time)
{
    private const int MostOffset = 2000;
    private const int MostWithFieldSets = 200;

    /// <param name="actor">Who asks.</param>
    /// <param name="query">What.</param>
    /// <param name="root">Such as /services/data/v62.0, for the addresses in the result.</param>
    /// <param name="withDeleted">queryAll.</param>
    public SoqlResult Run(SalesforceActor actor, SoqlQuery query, string root, bool withDeleted = false)
    {
        var type = SalesforceSchema.Find(query.From) ?? throw SoqlRefusal.NoType(query.Source, query.FromAt, query.From);
        if (query.Offset > MostOffset)
            throw new SalesforceRefusal("NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000");
        var rows = records.All(actor.Org, type, withDeleted || query.AllRows);
        return Run(actor, query, type, rows, root);
    }

    private SoqlResult Run(SalesforceActor actor, SoqlQuery query, SObjectType type, IEnumerable<SObjectRecord> rows, string root)
    {
        var related = new Related(records, actor.Org);
        Operand<SObjectRecord> Bind(SoqlExpression expression) => OperandOf(type, query, expression, related);

        if (query.OnlyMine)
            rows = rows.Where(record => record.Text("OwnerId") == actor.UserId);
        if (query.Where is not null)
            rows = rows.Where(new SoqlConditions<SObjectRecord>(query.Source, Today, Bind, inner => SemiJoin(actor, inner)).Compile(query.Where));
        var shape = new SoqlShape(type, root, related);
        if (query.Items is [SoqlItem.CountOnly])
        {
            var count = Slice(rows, query).Count();
            return new SoqlResult { Total = count, CountOnly = true, Shape = shape };
        }

        if (query.GroupBy.Count > 0 || query.Items.OfType<SoqlItem.Value>().Any(item => SoqlFunctions.IsAggregate(item.Expression)) || query.Items.Any(item => item is SoqlItem.CountOnly))
        {
            var groups = Slice(new SoqlGrouping(query, Today, Bind).Rows([.. rows]), query).ToList();
            return new SoqlResult { Total = groups.Count, Groups = groups, Shape = shape };
        }

        foreach (var item in query.Items)
            Add(actor, shape, query, type, item, related);
        foreach (var order in query.OrderBy.Reverse())
            rows = Sort(rows, type, query, order, related);
        var found = Slice(rows, query).ToList();
        return new SoqlResult { Total = found.Count, Records = found, Shape = shape };
    }

    private DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    private void Add(SalesforceActor actor, SoqlShape shape, SoqlQuery query, SObjectType type, SoqlItem item, Related related)
    {
        switch (item)
        {
            case SoqlItem.Value { Expression: SoqlExpression.Path path }:
                var bound = BoundPath.Bind(type, path, query.Source, query.Alias);
                if (shape.Columns.Any(column => column.Alias is null && column.Path.Name == bound.Name))
                    throw SoqlRefusal.Field(query.Source, path.At, $"duplicate field selected: {bound.Name}");
                shape.Columns.Add(new SoqlColumn(bound, null, null));
                break;
            case SoqlItem.Value { Expression: SoqlExpression.Call { Argument: SoqlExpression.Path inner } call } value when SoqlFunctions.IsKnown(call.Function):
                shape.Columns.Add(new SoqlColumn(BoundPath.Bind(type, inner, query.Source, query.Alias), call.Function, value.Alias));
                break;
            case SoqlItem.FieldSet set:
                if (set.Which != "STANDARD" && query.Limit is null or > MostWithFieldSets)
                    throw SoqlRefusal.Malformed(query.Source, set.At, "The SOQL FIELDS function must have a LIMIT of at most 200");
                shape.Columns.AddRange(type.Fields.Where(field => set.Which == "ALL" || field.Custom == (set.Which == "CUSTOM"))
                    .Where(field => shape.Columns.All(column => column.Path.Name != field.Name)).Select(field => new SoqlColumn(new BoundPath([], field, false), null, null)));
                break;
            case SoqlItem.Children children:
                Children(actor, shape, query, type, children);
                break;
            case SoqlItem.ByType byType:
                ByType(shape, query, type, byType);
                break;
            default:
                throw SoqlRefusal.Malformed(query.Source, item.At, "unexpected expression in the field list");
        }
    }

    private void Children(SalesforceActor actor, SoqlShape shape, SoqlQuery query, SObjectType type, SoqlItem.Children item)
    {
        var name = item.Query.From;
        var (child, field) = SalesforceSchema.Children(type).FirstOrDefault(link => string.Equals(link.Field.ChildRelationship, name, StringComparison.OrdinalIgnoreCase));
        if (child is null)
            throw new SalesforceRefusal("INVALID_TYPE", $"Didn't understand relationship '{name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.");
        var all = records.All(actor.Org, child).ToLookup(record => record.Text(field.Name));
        var root = shape.Root;
        // Checked once even when no parent is found.
        Run(actor, item.Query, child, [], root);
        shape.Lists.Add((field.ChildRelationship!, parent =>
        {
            var result = Run(actor, item.Query, child, all[parent.Id], root);
            return result.Total == 0 ? null : new JsonObject
            {
                ["totalSize"] = result.Total,
                ["done"] = true,
                ["records"] = new JsonArray([.. result.Records.Select(record => (JsonNode)result.Shape.Row(record))]),
            };
        }));
    }

    private static void ByType(SoqlShape shape, SoqlQuery query, SObjectType type, SoqlItem.ByType item)
    {
        if (type.Reference(item.Relationship) is not { Polymorphic: true } reference)
            throw SoqlRefusal.NoRelationship(query.Source, item.At, item.Relationship);
        var cases = item.Cases.ToDictionary(
            one => (SalesforceSchema.Find(one.Type) ?? throw SoqlRefusal.NoType(query.Source, item.At, one.Type)).Name,
            one => (IReadOnlyList<BoundPath>)[.. one.Fields.Select(path => BoundPath.Bind(SalesforceSchema.Find(one.Type)!, path, query.Source, null))]);
        IReadOnlyList<BoundPath> otherwise = [.. item.Otherwise.Select(path => BoundPath.Bind(SalesforceSchema.AnyName, path, query.Source, null) with { AnyKind = true })];
        shape.ByType.Add((reference, record => cases.GetValueOrDefault(record.Type, otherwise)));
    }

    private static Operand<SObjectRecord> OperandOf(SObjectType type, SoqlQuery query, SoqlExpression expression, Related related)
    {
        switch (expression)
        {
            case SoqlExpression.Path path:
                var bound = BoundPath.Bind(type, path, query.Source, query.Alias);
                return new Operand<SObjectRecord>(bound.Name, bound.Field.Type, bound.Field.Length, record => bound.Value(record, related));
            case SoqlExpression.Call { Argument: { } argument } call when SoqlFunctions.IsKnown(call.Function):
                var inner = OperandOf(type, query, argument, related);
                return new Operand<SObjectRecord>(inner.Name, SoqlFunctions.TypeOf(call.Function, inner.Type), 0, record => SoqlFunctions.Apply(call.Function, inner.Get(record)));
            case SoqlExpression.Call call:
                throw SoqlRefusal.Malformed(query.Source, call.At, SoqlFunctions.IsAggregate(call) ? $"Aggregate function '{call.Function}' is not allowed here" : $"Invalid function: '{call.Function}'");
            default:
                throw new ArgumentException("No such expression.");
        }
    }

    private static IOrderedEnumerable<SObjectRecord> Sort(IEnumerable<SObjectRecord> rows, SObjectType type, SoqlQuery query, SoqlOrder order, Related related)
    {
        var operand = OperandOf(type, query, order.Expression, related);
        var field = order.Expression is SoqlExpression.Path path ? BoundPath.Bind(type, path, query.Source, query.Alias).Field : null;
        return SoqlSorting.By(rows, order, record => SoqlValues.SortKey(field, operand.Get(record)));
    }

    private HashSet<string> SemiJoin(SalesforceActor actor, SoqlQuery query)
    {
        var type = SalesforceSchema.Find(query.From) ?? throw SoqlRefusal.NoType(query.Source, query.FromAt, query.From);
        if (query.Items is not [SoqlItem.Value { Expression: SoqlExpression.Path path }])
            throw SoqlRefusal.Malformed(query.Source, query.FromAt, "A semi-join must select exactly one field");
        var related = new Related(records, actor.Org);
        var bound = BoundPath.Bind(type, path, query.Source, query.Alias);
        if (bound.Field.Type is not (FieldType.Id or FieldType.Reference))
            throw SoqlRefusal.Malformed(query.Source, path.At, $"The inner select field '{bound.Name}' must be an ID or a reference");
        return [.. Run(actor, query, "").Records.Select(record => bound.Value(record, related)).OfType<string>()];
    }

    private static IEnumerable<T> Slice<T>(IEnumerable<T> rows, SoqlQuery query)
    {
        rows = query.Offset is { } offset ? rows.Skip(offset) : rows;
        return query.Limit is { } limit ? rows.Take(limit) : rows;
    }
}
