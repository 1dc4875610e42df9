namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>Finds what a name means: in its own FROM first, then in the queries around.</summary>
internal sealed class NameResolver(SqlText source, Scope scope)
{
    /// <summary>The column, whose scope it is of, and how many of the path's names led to it; the rest are fields.</summary>
    public (Scope Owner, ScopeColumn Column, int Used) Resolve(PathExpr path)
    {
        for (var at = scope; at is not null; at = at.Outer)
        {
            if (Find(at, path) is { } found)
                return (at, found.Column, found.Used);
        }

        throw Unknown(path);
    }

    private (ScopeColumn Column, int Used)? Find(Scope at, PathExpr path)
    {
        var name = path.Names[0];
        if (at.Variables.FirstOrDefault(variable => variable.Alias is not null && Scope.Same(variable.Alias, name)) is { } variable)
        {
            if (path.Names.Count == 1)
                return (variable.Value ?? Row(variable), 1);
            var within = variable.Columns.Where(column => Scope.Same(column.Name, path.Names[1])).ToList();
            if (within.Count == 1)
                return (within[0], 2);
            if (variable.Value is { Type.Kind: TypeKind.Struct } value && within.Count == 0)
                return (value, 1);
            throw within.Count > 1 ? source.Error($"Column name {path.Names[1]} is ambiguous", path.At) : source.Error($"Name {path.Names[1]} not found inside {name}", path.At + name.Length + 1);
        }

        var columns = at.Visible.Where(column => Scope.Same(column.Name, name)).ToList();
        return columns.Count switch
        {
            0 => null,
            1 => (columns[0], 1),
            _ => throw source.Error($"Column name {name} is ambiguous", path.At),
        };
    }

    /// <summary>A whole row as a struct.</summary>
    private static ScopeColumn Row(RangeVariable variable) => new(
        variable.Alias,
        SqlType.StructOf([.. variable.Columns.Select(column => new StructField(column.Name ?? "", column.Type))]),
        $"json_array({string.Join(", ", variable.Columns.Select(column => Coercion.Item(new Bound(column.Sql, column.Type))))})");

    private SqlError Unknown(PathExpr path)
    {
        var name = path.Names[0];
        var near = scope.Visible.Select(column => column.Name).Concat(scope.Variables.Select(variable => variable.Alias)).OfType<string>()
            .Where(other => Distance(other.ToUpperInvariant(), name.ToUpperInvariant()) <= Math.Max(1, name.Length / 4)).FirstOrDefault();
        return source.Error($"Unrecognized name: {name}{(near is null ? "" : $"; Did you mean {near}?")}", path.At);
    }

    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var (corner, left) = (row[0], row[0] = i);
            for (var j = 1; j <= other.Length; j++)
            {
                left = Math.Min(Math.Min(row[j] + 1, left + 1), corner + (one[i - 1] == other[j - 1] ? 0 : 1));
                (corner, row[j]) = (row[j], left);
            }
        }

        return row[^1];
    }
}
