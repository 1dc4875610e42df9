using System.Globalization;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>The FROM clause: what it reads, and the names it brings.</summary>
internal sealed class FromBinder(QueryBinder queries, Scope scope)
{
    private const int MaxViewDepth = 16;

    private SqlText Source => queries.Source;

    private BindingContext Context => queries.Context;

    public string Bind(FromItem item)
    {
        Depth.Check();
        return item switch
        {
            TableRef table => Table(table),
            SubqueryRef subquery => Derived(queries.Bind(subquery.Query, Outside()), subquery.Alias, subquery.At),
            UnnestRef unnest => Unnest(unnest.Array, unnest.Alias, unnest.WithOffset ? unnest.OffsetAlias ?? "offset" : null, unnest.At),
            Join join => Joined(join),
            _ => throw Source.Unsupported("this kind of FROM item", item.At),
        };
    }

    /// <summary>A subquery in FROM does not see its neighbours.</summary>
    private Scope Outside() => new(scope.Outer) { CommonOuter = scope.CommonOuter };

    private void Add(RangeVariable variable, int at)
    {
        if (variable.Alias is { } alias && scope.Variables.Exists(other => Scope.Same(other.Alias, alias)))
            throw Source.Error($"Duplicate table alias {alias} in the same FROM clause", at);
        scope.Variables.Add(variable);
    }

    private string Table(TableRef table)
    {
        var name = table.Path[^1];
        if (table.Path.Count == 1 && scope.CommonTable(name) is { } common)
        {
            var alias = Context.Alias();
            Add(new RangeVariable(table.Alias ?? name, Columns(common.Columns, alias)), table.At);
            return $"{common.Name} AS {alias}";
        }

        if (table.Path.Count > 1 && (scope.Variables.Exists(variable => Scope.Same(variable.Alias, table.Path[0])) || OuterHas(table.Path[0])))
            return Unnest(new PathExpr(table.At, table.Path), table.Alias ?? name, null, table.At);
        Source found;
        try
        {
            found = Context.Catalog.Find(table.Path);
        }
        catch (SqlError error) when (error.Reason == "invalidQuery")
        {
            throw Source.Error(error.Message, table.At);
        }

        return found switch
        {
            StoredSource stored => Stored(stored.Table, table.Alias ?? name, table.At),
            WildcardSource wildcard => Wildcard(wildcard, table),
            ViewSource view => View(view, table, name),
            RowsSource rows => Rows(rows, table.Alias ?? name, table.At),
            _ => throw Source.Unsupported("this table", table.At),
        };
    }

    private bool OuterHas(string alias)
    {
        for (var at = scope.Outer; at is not null; at = at.Outer)
        {
            if (at.Variables.Exists(variable => Scope.Same(variable.Alias, alias)))
                return true;
        }

        return false;
    }

    private static List<ScopeColumn> Columns(IReadOnlyList<OutColumn> columns, string alias) =>
        [.. columns.Select((column, index) => new ScopeColumn(column.Name, column.Type, $"{alias}.c{index}"))];

    private string Derived(Relation relation, string? name, int at)
    {
        var alias = Context.Alias();
        Add(new RangeVariable(name, Columns(relation.Columns, alias)), at);
        return $"({relation.Sql}) AS {alias}";
    }

    private string Stored(StoredTable table, string name, int at)
    {
        var alias = Context.Alias();
        Context.Tables.Add(table);
        Add(new RangeVariable(name, [.. table.Columns.Select((column, index) => new ScopeColumn(column.Name, column.Type, $"{alias}.{column.Physical}") { Stored = (table, index) })]), at);
        return $"{table.Physical} AS {alias}";
    }

    private string Wildcard(WildcardSource wildcard, TableRef table)
    {
        // As at BigQuery, the newest table says which columns there are.
        var last = wildcard.Tables[^1].Table;
        // A table that comes later would belong to it too.
        Context.Volatile = true;
        var alias = Context.Alias();
        var parts = wildcard.Tables.Select(one =>
        {
            Context.Tables.Add(one.Table);
            var columns = last.Columns.Select((column, index) =>
            {
                var own = one.Table.Columns.FirstOrDefault(other => Scope.Same(other.Name, column.Name));
                if (own is not null && !own.Type.Same(column.Type))
                    throw Source.Error($"Cannot read field '{column.Name}' of type {own.Type} as {column.Type}", table.At);
                return $"{own?.Physical ?? "NULL"} AS c{index}";
            });
            return $"SELECT {string.Join(", ", columns)}, {Context.Bind(one.Suffix)} AS c{last.Columns.Count} FROM {one.Table.Physical}";
        });
        var names = last.Columns.Select((column, index) => new ScopeColumn(column.Name, column.Type, $"{alias}.c{index}") { Stored = (last, index) });
        var suffix = new ScopeColumn("_TABLE_SUFFIX", SqlType.String, $"{alias}.c{last.Columns.Count}") { Merged = false };
        // The pseudo-column is found by name and left out of SELECT *.
        Add(new RangeVariable(table.Alias ?? table.Path[^1], [.. names]), table.At);
        scope.Variables.Add(new RangeVariable("_TABLE_SUFFIX", [], suffix));
        return $"({string.Join(" UNION ALL ", parts)}) AS {alias}";
    }

    private string View(ViewSource view, TableRef table, string name)
    {
        if (++Context.ViewDepth > MaxViewDepth)
            throw Source.Error("Views are nested too deeply", table.At);
        var text = new SqlText(view.Query);
        var cursor = new Cursor(text);
        var query = new QueryParser(cursor).Parse();
        var relation = new QueryBinder(text, Context).Bind(query, null);
        Context.ViewDepth--;
        return Derived(relation, table.Alias ?? name, table.At);
    }

    private string Rows(RowsSource rows, string name, int at)
    {
        var alias = Context.Alias();
        Context.Volatile = true;
        var columns = rows.Columns.Select((_, index) => string.Create(CultureInfo.InvariantCulture, $"json_extract(value, '$[{index}]') AS c{index}"));
        Add(new RangeVariable(name, Columns(rows.Columns, alias)), at);
        return $"(SELECT {string.Join(", ", columns)} FROM json_each({Context.Bind(rows.Rows)})) AS {alias}";
    }

    private string Unnest(Expr array, string? name, string? offset, int at)
    {
        var bound = new ExpressionBinder(queries, scope) { NoAggregates = "UNNEST", NoWindows = "UNNEST" }.Bind(array);
        if (bound.Type.Kind != TypeKind.Array)
            throw Source.Error($"Values referenced in UNNEST must be arrays. UNNEST contains expression of type {bound.Type}", at);
        var alias = Context.Alias();
        var element = bound.Type.Element!;
        name ??= array is PathExpr path ? path.Names[^1] : null;
        var value = new ScopeColumn(name, element, $"{alias}.value");
        List<ScopeColumn> columns = element.Kind == TypeKind.Struct
            ? [.. element.Fields!.Select((field, index) => new ScopeColumn(field.Name.Length == 0 ? null : field.Name, field.Type, $"json_extract({alias}.value, '$[{index}]')"))]
            : [value];
        Add(new RangeVariable(name, columns, value), at);
        if (offset is not null)
        {
            var position = new ScopeColumn(offset, SqlType.Int64, $"{alias}.key");
            Add(new RangeVariable(offset, [position], position), at);
        }

        return $"json_each({bound.Sql}) AS {alias}";
    }

    private string Joined(Join join)
    {
        var before = scope.Variables.Count;
        var left = Bind(join.Left);
        var middle = scope.Variables.Count;
        var right = Bind(join.Right);
        if (join.Right is Join)
            right = $"({right})";
        if (join.Kind is "RIGHT" or "FULL" && join.Right is UnnestRef)
            throw Source.Error($"{join.Kind} JOIN with UNNEST of a correlated array is not allowed", join.At);
        var kind = join.Kind is "CROSS" or "INNER" ? "JOIN" : join.Kind + " JOIN";
        if (join.Using is { } names)
            return $"{left} {kind} {right} ON {Merge(join, names, before, middle)}";
        if (join.On is null)
            return $"{left} {kind} {right}{(join.Kind is "CROSS" or "INNER" ? "" : " ON 1")}";
        var on = new ExpressionBinder(queries, scope) { NoAggregates = "JOIN ON clause", NoWindows = "JOIN ON clause" }.Boolean(join.On, "JOIN ON clause");
        return $"{left} {kind} {right} ON {on.Sql}";
    }

    /// <summary>USING: both columns leave the open names, and one that stands for them comes in front.</summary>
    private string Merge(Join join, IReadOnlyList<string> names, int before, int middle)
    {
        var binder = new ExpressionBinder(queries, scope);
        var (conditions, merged) = (new List<string>(), new List<ScopeColumn>());
        foreach (var name in names)
        {
            var left = One(scope.Variables.Take(middle).Skip(before), name, "left", join.At);
            var right = One(scope.Variables.Skip(middle), name, "right", join.At);
            foreach (var side in (ScopeColumn[])[left, right])
            {
                if (side.Stored is { } stored)
                    Context.Read.Add(stored);
            }

            conditions.Add(Operators.Compare(binder, "=", new Bound(left.Sql, left.Type), new Bound(right.Sql, right.Type), join.At).Sql);
            (left.Merged, right.Merged) = (true, true);
            var sql = join.Kind switch { "FULL" => $"coalesce({left.Sql}, {right.Sql})", "RIGHT" => right.Sql, _ => left.Sql };
            merged.Add(new ScopeColumn(name, join.Kind == "RIGHT" ? right.Type : left.Type, sql) { Stored = join.Kind == "RIGHT" ? right.Stored : left.Stored });
        }

        scope.Variables.Insert(before, new RangeVariable(null, merged));
        return string.Join(" AND ", conditions);
    }

    private ScopeColumn One(IEnumerable<RangeVariable> side, string name, string which, int at)
    {
        var found = side.SelectMany(variable => variable.Columns).Where(column => !column.Merged && Scope.Same(column.Name, name)).ToList();
        return found.Count switch
        {
            1 => found[0],
            0 => throw Source.Error($"Column {name} in USING clause not found on {which} side of join", at),
            _ => throw Source.Error($"Column {name} in USING clause is ambiguous on {which} side of join", at),
        };
    }
}
