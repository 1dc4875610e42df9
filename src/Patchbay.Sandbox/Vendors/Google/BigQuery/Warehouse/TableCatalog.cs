using System.Text.RegularExpressions;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

/// <summary>What names in FROM mean to an account that works in a project.</summary>
/// <param name="project">Where a name without a project is looked for.</param>
/// <param name="dataset">The default dataset, if one was given.</param>
internal sealed partial class TableCatalog(Shelf shelf, WarehouseStore warehouse, GoogleAccount account, string project, (string Project, string Dataset)? dataset) : ITableCatalog
{
    /// <summary>Tables and views that were read, for the job's statistics.</summary>
    public HashSet<(string Project, string Dataset, string Table)> Referenced { get; } = [];

    public Source Find(IReadOnlyList<string> path)
    {
        if (path.Count > 1 && path[^2].Equals("INFORMATION_SCHEMA", StringComparison.OrdinalIgnoreCase))
            return Information(path);
        var (projectId, datasetId, table) = Locate(path);
        shelf.Project(projectId, account);
        if (table == "__TABLES__")
            return new InformationSchema(shelf, warehouse).Meta(shelf.Dataset(projectId, datasetId));
        if (table.EndsWith('*'))
            return Wildcard(projectId, datasetId, table[..^1]);
        if (shelf.FindTable(projectId, datasetId, table) is not { } found)
            throw Missing(projectId, datasetId, table);
        Referenced.Add((projectId, datasetId, table));
        return found.Kind == "VIEW" ? new ViewSource(found.ViewQuery!) : new StoredSource(warehouse.Stored(found));
    }

    /// <summary>project, dataset and table of a name that may leave out the first or the first two.</summary>
    public (string Project, string Dataset, string Table) Locate(IReadOnlyList<string> path) => path.Count switch
    {
        1 when dataset is { } known => (known.Project, known.Dataset, path[0]),
        1 => throw new SqlError($"Table \"{path[0]}\" must be qualified with a dataset (e.g. dataset.table)."),
        2 => (project, path[0], path[1]),
        3 => (path[0], path[1], path[2]),
        _ => throw new SqlError($"Invalid table-valued name {string.Join('.', path)}"),
    };

    public SqlError Missing(string projectId, string datasetId, string table) => shelf.FindDataset(projectId, datasetId) is { } found
        ? BigQueryErrors.NotFound($"Table {projectId}:{datasetId}.{table} was not found in location {found.Location}")
        : BigQueryErrors.NotFound($"Dataset {projectId}:{datasetId} was not found in location US");

    private WildcardSource Wildcard(string projectId, string datasetId, string prefix)
    {
        shelf.Dataset(projectId, datasetId);
        var found = shelf.Tables(projectId, datasetId).Where(table => table.Kind == "TABLE" && table.Id.StartsWith(prefix, StringComparison.Ordinal) && table.Id.Length > prefix.Length).ToList();
        if (found.Count == 0)
            throw BigQueryErrors.NotFound($"{projectId}:{datasetId}.{prefix}* does not match any table.");
        foreach (var table in found)
            Referenced.Add((projectId, datasetId, table.Id));
        return new WildcardSource([.. found.OrderBy(table => table.Created).ThenBy(table => table.Id, StringComparer.Ordinal).Select(table => (warehouse.Stored(table), table.Id[prefix.Length..]))]);
    }

    private RowsSource Information(IReadOnlyList<string> path)
    {
        var before = path.Take(path.Count - 2).ToList();
        var region = before.Count > 0 && Region().IsMatch(before[^1]);
        if (region)
            before.RemoveAt(before.Count - 1);
        var projectId = before.Count > (region ? 0 : 1) ? before[0] : project;
        var datasetId = region ? null : before.Count switch { 0 => dataset?.Dataset, 1 => before[0], _ => before[1] };
        shelf.Project(projectId, account);
        if (before.Count == 0 && dataset is { } known && !region)
            projectId = known.Project;
        var datasets = datasetId is null ? shelf.Datasets(projectId) : [shelf.Dataset(projectId, datasetId)];
        return new InformationSchema(shelf, warehouse).View(path[^1], datasets, datasetId is null && !region);
    }

    [GeneratedRegex("^region-[a-z0-9-]+$", RegexOptions.IgnoreCase)]
    private static partial Regex Region();
}
