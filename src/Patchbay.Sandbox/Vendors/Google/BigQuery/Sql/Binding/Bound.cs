using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

/// <summary>An expression in the dialect of the engine below, with its GoogleSQL type.</summary>
/// <param name="Sql">For the engine.</param>
/// <param name="Type">Known before anything runs.</param>
internal sealed record Bound(string Sql, SqlType Type)
{
    /// <summary>Literals and parameters are coerced more freely than other expressions.</summary>
    public bool IsLiteral { get; init; }

    /// <summary>The value of a literal, as it is kept.</summary>
    public object? Value { get; init; }

    /// <summary>NULL without a type of its own.</summary>
    public bool IsNull { get; init; }

    /// <summary>[], of no type yet.</summary>
    public bool IsEmptyArray { get; init; }
}

/// <param name="Name">Null when it has none.</param>
/// <param name="Type">Its type.</param>
/// <param name="Untyped">A NULL that nothing gave a type.</param>
internal sealed record OutColumn(string? Name, SqlType Type, bool Untyped = false);

/// <summary>A query for the engine below; its columns are named c0, c1, ... there.</summary>
/// <param name="AtMostOneRow">As a scalar it needs no check.</param>
internal sealed record Relation(string Sql, IReadOnlyList<OutColumn> Columns, bool AtMostOneRow = false)
{
    public string ColumnList => string.Join(", ", Enumerable.Range(0, Columns.Count).Select(index => $"c{index}"));
}

/// <param name="Name">Null for a column that cannot be named.</param>
/// <param name="Sql">How the engine below calls it.</param>
internal sealed record ScopeColumn(string? Name, SqlType Type, string Sql)
{
    /// <summary>The stored column behind it, for counting bytes.</summary>
    public (StoredTable Table, int Column)? Stored { get; init; }

    /// <summary>Merged by USING: only its table's name leads to it.</summary>
    public bool Merged { get; set; }
}

/// <summary>A column that SELECT * found: as good as a path to it.</summary>
internal sealed record ColumnExpr(int At, ScopeColumn Column, Scope Owner) : Expr(At);

/// <param name="Alias">Null for the merged columns of a USING.</param>
/// <param name="Columns">In order.</param>
/// <param name="Value">What the alias alone means, for UNNEST.</param>
internal sealed record RangeVariable(string? Alias, IReadOnlyList<ScopeColumn> Columns, ScopeColumn? Value = null);

/// <summary>What the grouping made: expressions over the rows before it, by their SQL, and how they are called after it.</summary>
/// <param name="Alias">Of the grouped subquery.</param>
internal sealed class Grouping(string alias)
{
    public List<Bound> Keys { get; } = [];

    public List<string> Aggregates { get; } = [];

    public Dictionary<string, Bound> Known { get; } = [];

    /// <summary>Keys by the very expression that was written: an item of the select list may be one, even with a subquery in it.</summary>
    public Dictionary<Expr, Bound> Written { get; } = new(ReferenceEqualityComparer.Instance);

    public string Alias => alias;

    public Bound Aggregate(Bound aggregate)
    {
        var index = Aggregates.IndexOf(aggregate.Sql);
        if (index < 0)
        {
            index = Aggregates.Count;
            Aggregates.Add(aggregate.Sql);
        }

        return aggregate with { Sql = $"{alias}.a{index}" };
    }
}

/// <summary>The names that can be seen at a place: those of its FROM, then those of the queries around it.</summary>
internal sealed class Scope(Scope? outer)
{
    public Scope? Outer { get; } = outer;

    public List<RangeVariable> Variables { get; } = [];

    public Dictionary<string, (string Name, IReadOnlyList<OutColumn> Columns)> CommonTables { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where to look for common tables besides here, when names of columns cannot be seen there.</summary>
    public Scope? CommonOuter { get; init; }

    /// <summary>Set once its rows are grouped.</summary>
    public Grouping? Grouping { get; set; }

    public (string Name, IReadOnlyList<OutColumn> Columns)? CommonTable(string name) =>
        CommonTables.TryGetValue(name, out var found) ? found : (CommonOuter ?? Outer)?.CommonTable(name);

    public IEnumerable<ScopeColumn> Visible => Variables.SelectMany(variable => variable.Columns).Where(column => !column.Merged);

    public static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}

/// <summary>A table that is stored.</summary>
/// <param name="Id">project.dataset.table.</param>
/// <param name="Physical">Its name in the engine below.</param>
internal sealed record StoredTable(string Id, string Physical, IReadOnlyList<StoredColumn> Columns);

/// <param name="Physical">Its name in the engine below.</param>
internal sealed record StoredColumn(string Name, SqlType Type, string Physical, bool Required, string? DefaultValue = null);

/// <summary>What a name in FROM stands for.</summary>
internal abstract record Source;

internal sealed record StoredSource(StoredTable Table) : Source;

internal sealed record ViewSource(string Query) : Source;

/// <summary>Several tables as one, with the rest of each name: prefix_*.</summary>
internal sealed record WildcardSource(IReadOnlyList<(StoredTable Table, string Suffix)> Tables) : Source;

/// <param name="Columns">Of an INFORMATION_SCHEMA view.</param>
/// <param name="Rows">As JSON: a list of lists.</param>
internal sealed record RowsSource(IReadOnlyList<OutColumn> Columns, string Rows) : Source;

internal interface ITableCatalog
{
    /// <exception cref="SqlError">There is none, or it may not be read.</exception>
    Source Find(IReadOnlyList<string> path);
}

/// <summary>What one statement needs from the world and leaves behind while it is bound.</summary>
internal sealed class BindingContext(ITableCatalog catalog, IReadOnlyDictionary<string, (SqlType Type, object? Value)> named, IReadOnlyList<(SqlType Type, object? Value)> positional, DateTimeOffset now)
{
    private readonly Dictionary<object, string> bound = [];
    private int aliases;

    public ITableCatalog Catalog => catalog;

    public IReadOnlyDictionary<string, (SqlType Type, object? Value)> Named => named;

    public IReadOnlyList<(SqlType Type, object? Value)> Positional => positional;

    public DateTimeOffset Now => now;

    public bool Dry { get; init; }

    public int ViewDepth { get; set; }

    /// <summary>It asks for the time or for chance: its result is not kept.</summary>
    public bool Volatile { get; set; }

    public IReadOnlyDictionary<object, string> Values => bound;

    public HashSet<(StoredTable Table, int Column)> Read { get; } = [];

    public HashSet<StoredTable> Tables { get; } = [];

    public string Alias(string prefix = "t") => $"{prefix}{aliases++}";

    /// <summary>Foreign text reaches the engine only as a bound value.</summary>
    public string Bind(object value)
    {
        if (bound.TryGetValue(Text.WithoutNul(value), out var name))
            return name;
        return bound[value] = $"$p{bound.Count}";
    }
}
