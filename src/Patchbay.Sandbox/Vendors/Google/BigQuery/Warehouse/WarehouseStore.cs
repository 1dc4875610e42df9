using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

/// <summary>
/// The rows of all tables and the results of jobs, in <c>{data}/sandbox/bigquery.db</c>. It opens when first needed, and
/// our own tables get their rows then: a sandbox that nobody asks for BigQuery starts as fast as one without.
/// </summary>
internal sealed class WarehouseStore(string dataDirectory, Shelf shelf, TimeProvider time) : IDisposable
{
    private const int KeptResults = 200;
    private readonly HashSet<string> ready = [];
    private Engine? engine;

    /// <summary>Held around every use: the engine serves one at a time.</summary>
    public Lock Gate { get; } = new();

    public Engine Engine => engine ??= Open();

    public StoredTable Stored(TableRecord table)
    {
        Prepare(table);
        return new StoredTable(table.Key, table.Physical, [.. table.Fields.Select(field => new StoredColumn(field.Name, Schemas.Type(field), field.Physical!, field.Mode == "REQUIRED", field.Default))]);
    }

    /// <summary>A new table for the given columns, empty in the engine; the record is not yet on the shelf.</summary>
    public TableRecord Create(string project, string dataset, string id, IReadOnlyList<FieldRecord> fields)
    {
        var physical = "t_" + Guid.NewGuid().ToString("N");
        var named = fields.Select((field, index) => field with { Physical = $"c{index}" }).ToList();
        var record = new TableRecord { Project = project, Dataset = dataset, Id = id, Kind = "TABLE", Fields = named, Physical = physical, Created = shelf.Now, Modified = shelf.Now };
        // Without declared types: what is stored is exactly what was computed.
        Engine.Execute($"create table {physical} ({(named.Count == 0 ? "none" : string.Join(", ", named.Select(field => field.Physical)))})");
        ready.Add(physical);
        return record;
    }

    public void AddColumn(TableRecord table, string physical)
    {
        Prepare(table);
        Engine.Execute($"alter table {table.Physical} add column {physical}");
    }

    public void Insert(TableRecord table, IEnumerable<object?[]> rows)
    {
        Prepare(table);
        if (table.Fields.Count == 0)
            return;
        Engine.Each($"insert into {table.Physical} ({string.Join(", ", table.Fields.Select(field => field.Physical))}) values ({string.Join(", ", table.Fields.Select((_, index) => $"${index}"))})", rows);
    }

    public void Drop(TableRecord table)
    {
        if (table.Physical.Length > 0)
            Engine.Execute($"drop table if exists {table.Physical}");
        shelf.Delete(table);
    }

    public long CountRows(TableRecord table)
    {
        Prepare(table);
        return (long)Engine.Query($"select count(*) from {table.Physical}")[0][0]!;
    }

    public List<object?[]> Rows(TableRecord table, long start, int many)
    {
        Prepare(table);
        return table.Fields.Count == 0 ? [] : Engine.Query(FormattableString.Invariant($"select {string.Join(", ", table.Fields.Select(field => field.Physical))} from {table.Physical} order by rowid limit {many} offset {start}"));
    }

    /// <summary>As BigQuery counts: 8 for numbers and moments, 16 for NUMERIC, 1 for BOOL, the UTF-8 and 2 for text, the sum for what is nested.</summary>
    public long Bytes(StoredTable table, IEnumerable<int> columns)
    {
        var parts = columns.Select(index => table.Columns[index]).Select(column => column.Type.Kind switch
        {
            TypeKind.String => $"coalesce(sum(length(cast({column.Physical} as blob)) + 2), 0)",
            TypeKind.Bytes => $"coalesce(sum(length({column.Physical}) / 2 + 2), 0)",
            TypeKind.Array or TypeKind.Struct => $"coalesce(sum(length(cast({column.Physical} as blob))), 0)",
            TypeKind.Bool => $"count({column.Physical})",
            TypeKind.Numeric => $"16 * count({column.Physical})",
            _ => $"8 * count({column.Physical})",
        }).ToList();
        return parts.Count == 0 ? 0 : (long)Engine.Query($"select {string.Join(" + ", parts)} from {table.Physical}")[0][0]!;
    }

    public void SaveResult(string job, IEnumerable<object?[]> rows)
    {
        Engine.Each("insert or replace into result (job, rows) values ($0, $1)", [[job, "[" + string.Join(',', rows.Select(Lists.Write)) + "]"]]);
        Engine.Execute($"delete from result where rowid <= (select max(rowid) - {KeptResults} from result)");
    }

    /// <summary>Null when they are gone: results are kept for a while, not for ever.</summary>
    public List<object?[]>? Result(string job)
    {
        var found = Engine.Query("select rows from result where job = $p0", new Dictionary<object, string> { [job] = "$p0" });
        return found.Count == 0 ? null : [.. Lists.Read((string)found[0][0]!).Select(row => Lists.Read(((RawJson)row!).Text).Select(Lists.Outside).ToArray())];
    }

    public void DeleteResult(string job) => Engine.Each("delete from result where job = $0", [[job]]);

    /// <summary>Forgets every row. Called when the world is put back.</summary>
    public void Clear()
    {
        // Not opened yet: what lies there is cleaned when it is.
        if (engine is null)
            return;
        foreach (var row in engine.Query("select name from sqlite_master where type = 'table' and name like 't\\_%' escape '\\'"))
            engine.Execute($"drop table {row[0]}");
        engine.Execute("delete from result");
        ready.Clear();
    }

    public void Dispose() => engine?.Dispose();

    private Engine Open()
    {
        var folder = Path.Combine(dataDirectory, "sandbox");
        Directory.CreateDirectory(folder);
        var opened = new Engine(Path.Combine(folder, "bigquery.db"));
        opened.Execute("create table if not exists result (job text primary key, rows text not null)");
        var wanted = shelf.AllProjects().SelectMany(project => shelf.Datasets(project.Id)).SelectMany(dataset => shelf.Tables(dataset.Project, dataset.Id)).Select(table => table.Physical).ToHashSet();
        foreach (var row in opened.Query("select name from sqlite_master where type = 'table' and name like 't\\_%' escape '\\'"))
        {
            if (wanted.Contains((string)row[0]!))
                ready.Add((string)row[0]!);
            else
                opened.Execute($"drop table {row[0]}");
        }

        return opened;
    }

    /// <summary>Makes the rows of a table of ours that has none yet.</summary>
    private void Prepare(TableRecord table)
    {
        var opened = Engine;
        if (table.Physical.Length == 0 || !ready.Add(table.Physical))
            return;
        opened.Atomic(() =>
        {
            opened.Execute($"create table {table.Physical} ({string.Join(", ", table.Fields.Select(field => field.Physical))})");
            if (table.Seed is { } seed)
                Insert(table, SeedRows.Of(seed, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)));
            return true;
        });
    }
}
