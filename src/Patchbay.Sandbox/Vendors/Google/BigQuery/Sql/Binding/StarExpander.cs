namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>The select list with its stars replaced by columns, and the name of each item.</summary>
internal sealed class StarExpander(QueryBinder queries, Scope scope, Select select)
{
    private SqlText Source => queries.Source;

    public void Expand(List<(Expr Of, string? Name)> items)
    {
        foreach (var item in select.Items)
        {
            if (item is SelectExpr expression)
                items.Add((expression.Of, expression.Alias ?? Implied(expression.Of)));
            else
                items.AddRange(Star((SelectStar)item));
        }
    }

    private static string? Implied(Expr of) => of switch
    {
        PathExpr path => path.Names[^1],
        FieldExpr field => field.Name,
        ColumnExpr column => column.Column.Name,
        _ => null,
    };

    private IEnumerable<(Expr Of, string? Name)> Star(SelectStar star)
    {
        var columns = star.Of is null ? All(star) : Of(star);
        foreach (var name in star.Except.Concat(star.Replace.Select(item => item.Name)))
        {
            if (!columns.Exists(column => Scope.Same(column.Name, name)))
                throw Source.Error($"Column {name} in SELECT * {(star.Except.Contains(name) ? "EXCEPT" : "REPLACE")} list does not exist", star.At);
        }

        var kept = columns.Where(column => !star.Except.Any(name => Scope.Same(name, column.Name))).ToList();
        if (kept.Count == 0)
            throw Source.Error("SELECT * expands to zero columns after applying EXCEPT", star.At);
        return kept.Select(column => star.Replace.FirstOrDefault(item => Scope.Same(item.Name, column.Name)) is { Of: { } replacement } ? (replacement, column.Name) : column);
    }

    private List<(Expr Of, string? Name)> All(SelectStar star)
    {
        if (select.From is null)
            throw Source.Error("SELECT * must have a FROM clause", star.At);
        return [.. scope.Visible.Select(column => ((Expr)new ColumnExpr(star.At, column, scope), column.Name))];
    }

    private List<(Expr Of, string? Name)> Of(SelectStar star)
    {
        var path = (PathExpr)star.Of!;
        for (var at = scope; at is not null && path.Names.Count == 1; at = at.Outer)
        {
            if (at.Variables.FirstOrDefault(variable => variable.Alias is not null && Scope.Same(variable.Alias, path.Names[0])) is { } found)
                return [.. found.Columns.Select(column => ((Expr)new ColumnExpr(star.At, column, at), column.Name))];
        }

        // The fields of a struct.
        var type = new ExpressionBinder(queries, scope) { NoAggregates = "SELECT *" }.Bind(path).Type;
        return type.Kind == TypeKind.Struct
            ? [.. type.Fields!.Select(field => ((Expr)new FieldExpr(star.At, path, field.Name), (string?)field.Name))]
            : throw Source.Error($"Dot-star is not supported for type {type}", star.At);
    }
}
