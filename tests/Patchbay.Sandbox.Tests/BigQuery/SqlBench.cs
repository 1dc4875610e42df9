using System.Globalization;
using System.Text.RegularExpressions;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Tests.BigQuery;

/// <summary>The SQL engine alone, with tables of its own in memory.</summary>
internal sealed partial class SqlBench : ITableCatalog, IDisposable
{
    private readonly Engine engine = new(":memory:");
    private readonly Dictionary<string, Source> tables = new(StringComparer.OrdinalIgnoreCase);

    public Dictionary<string, (SqlType Type, object? Value)> Named { get; } = [];

    public List<(SqlType Type, object? Value)> Positional { get; } = [];

    public DateTimeOffset Now { get; init; } = new(2026, 6, 19, 9, 41, 0, TimeSpan.Zero);

    public Source Find(IReadOnlyList<string> path) =>
        tables.GetValueOrDefault(path[^1]) ?? throw new SqlError($"Not found: Table p:d.{path[^1]} was not found in location US", "notFound");

    public void Dispose() => engine.Dispose();

    /// <summary>name TYPE, ...; rows of values as GoogleSQL literals would be cast from text.</summary>
    public SqlBench Table(string name, string columns, params string?[][] rows)
    {
        var defined = columns.Split(',', StringSplitOptions.TrimEntries).Select(column => column.Split(' ', 2)).ToList();
        var table = new StoredTable($"p.d.{name}", $"t_{name}", [.. defined.Select((column, index) => new StoredColumn(column[0], SqlType.Named(column[1])!, $"c{index}", false))]);
        tables[name] = new StoredSource(table);
        engine.Execute($"create table {table.Physical} ({string.Join(", ", table.Columns.Select(column => column.Physical))})");
        engine.Each(
            $"insert into {table.Physical} values ({string.Join(", ", table.Columns.Select((_, index) => $"${index}"))})",
            rows.Select(row => row.Select((value, index) => Conversion.Cast(value, TypeKind.String, table.Columns[index].Type.Kind)).ToArray()));
        return this;
    }

    public void View(string name, string query) => tables[name] = new ViewSource(query);

    /// <summary>CREATE TABLE and INSERT INTO ... VALUES lines, as the generator of the warehouse writes them.</summary>
    public SqlBench Load(string file)
    {
        var columns = new Dictionary<string, string>();
        var rows = new Dictionary<string, List<string?[]>>();
        foreach (var line in File.ReadLines(file))
        {
            if (CreateLine().Match(line) is { Success: true } create)
            {
                columns[create.Groups[1].Value] = string.Join(", ", create.Groups[2].Value.Split(", ").Select(column => column.Split(' ')[..2]).Select(parts =>
                    $"{parts[0]} {(parts[1] == "TEXT" ? "STRING" : parts[1])}"));
                rows[create.Groups[1].Value] = [];
            }
            else if (InsertLine().Match(line) is { Success: true } insert)
            {
                rows[insert.Groups[1].Value].Add([.. ValuePart().Matches(insert.Groups[2].Value).Select(value =>
                    value.Value == "NULL" ? null : value.Value[0] != '\'' ? value.Value : value.Value[1..^1].Replace("''", "'", StringComparison.Ordinal))]);
            }
        }

        foreach (var (name, defined) in columns)
            Table(name, defined, [.. rows[name]]);
        return this;
    }

    public (IReadOnlyList<OutColumn> Columns, List<object?[]> Rows, BindingContext Context) Run(string sql)
    {
        var source = new SqlText(sql);
        var context = new BindingContext(this, Named, Positional, Now);
        var statement = (QueryStatement)StatementParser.Parse(source);
        var relation = new QueryBinder(source, context).Bind(statement.Query, null);
        return (relation.Columns, engine.Query(relation.Sql, context.Values), context);
    }

    /// <summary>What the engine below is asked.</summary>
    public string Translated(string sql)
    {
        var source = new SqlText(sql);
        return new QueryBinder(source, new BindingContext(this, Named, Positional, Now)).Bind(((QueryStatement)StatementParser.Parse(source)).Query, null).Sql;
    }

    /// <summary>Rows as "a|b", joined by newlines; NULL is written so.</summary>
    public string Text(string sql)
    {
        var (columns, rows, _) = Run(sql);
        return string.Join('\n', rows.Select(row => string.Join('|', row.Zip(columns, (value, column) =>
            value is null ? "NULL" : column.Type.IsNested ? (string)value : Sandbox.Vendors.Google.BigQuery.Sql.Values.Text.Of(value, column.Type.Kind)))));
    }

    public string Types(string sql) => string.Join(", ", Run(sql).Columns.Select((column, index) => $"{column.Name ?? "f" + index.ToString(CultureInfo.InvariantCulture) + "_"} {column.Type}"));

    public string Refusal(string sql)
    {
        try
        {
            return "no refusal but: " + Text(sql);
        }
        catch (SqlError error)
        {
            return error.Message;
        }
    }

    [GeneratedRegex(@"^CREATE TABLE (\w+) \((.*)\);$")]
    private static partial Regex CreateLine();

    [GeneratedRegex(@"^INSERT INTO (\w+) VALUES \((.*)\);$")]
    private static partial Regex InsertLine();

    [GeneratedRegex(@"'(?:[^']|'')*'|[^,]+")]
    private static partial Regex ValuePart();
}
