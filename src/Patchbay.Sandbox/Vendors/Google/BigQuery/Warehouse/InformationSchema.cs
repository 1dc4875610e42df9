using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Binding;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

/// <summary>INFORMATION_SCHEMA.SCHEMATA, TABLES, COLUMNS, COLUMN_FIELD_PATHS and VIEWS, and dataset.__TABLES__.</summary>
internal sealed class InformationSchema(Shelf shelf, WarehouseStore warehouse)
{
    private const string Text = "STRING";

    /// <param name="project">No dataset was named: only SCHEMATA exists there.</param>
    public RowsSource View(string name, IReadOnlyList<DatasetRecord> datasets, bool project)
    {
        var view = name.ToUpperInvariant();
        if (project && view != "SCHEMATA")
            throw new SqlError($"INFORMATION_SCHEMA.{view} must be qualified with a dataset or a region, such as dataset.INFORMATION_SCHEMA.{view}");
        var tables = datasets.SelectMany(dataset => shelf.Tables(dataset.Project, dataset.Id));
        return view switch
        {
            "SCHEMATA" => Of(
                [("catalog_name", Text), ("schema_name", Text), ("schema_owner", Text), ("creation_time", "TIMESTAMP"), ("last_modified_time", "TIMESTAMP"), ("location", Text)],
                datasets.Select(dataset => new object?[] { dataset.Project, dataset.Id, null, dataset.Created * 1000, dataset.Modified * 1000, dataset.Location })),
            "TABLES" => Of(
                [("table_catalog", Text), ("table_schema", Text), ("table_name", Text), ("table_type", Text), ("is_insertable_into", Text), ("is_typed", Text), ("creation_time", "TIMESTAMP"), ("ddl", Text)],
                tables.Select(table => new object?[] { table.Project, table.Dataset, table.Id, table.Kind == "VIEW" ? "VIEW" : "BASE TABLE", table.Kind == "VIEW" ? "NO" : "YES", "NO", table.Created * 1000, Ddl(table) })),
            "VIEWS" => Of(
                [("table_catalog", Text), ("table_schema", Text), ("table_name", Text), ("view_definition", Text), ("check_option", Text), ("use_standard_sql", Text)],
                tables.Where(table => table.Kind == "VIEW").Select(table => new object?[] { table.Project, table.Dataset, table.Id, table.ViewQuery, null, "YES" })),
            "COLUMNS" => Of(
                [("table_catalog", Text), ("table_schema", Text), ("table_name", Text), ("column_name", Text), ("ordinal_position", "INT64"), ("is_nullable", Text), ("data_type", Text), ("is_hidden", Text), ("is_partitioning_column", Text), ("column_default", Text)],
                tables.SelectMany(table => table.Fields.Select((field, index) => new object?[]
                {
                    table.Project, table.Dataset, table.Id, field.Name, index + 1L, field.Mode == "REQUIRED" ? "NO" : "YES", Schemas.Type(field).ToString(), "NO",
                    Wire.Text(table.TimePartitioning, "field") == field.Name ? "YES" : "NO", field.Default ?? "NULL",
                }))),
            "COLUMN_FIELD_PATHS" => Of(
                [("table_catalog", Text), ("table_schema", Text), ("table_name", Text), ("column_name", Text), ("field_path", Text), ("data_type", Text), ("description", Text)],
                tables.SelectMany(table => table.Fields.SelectMany(field => Paths(field, field.Name).Select(path => new object?[] { table.Project, table.Dataset, table.Id, field.Name, path.Path, Schemas.Type(path.Field).ToString(), path.Field.Description })))),
            _ => throw BigQueryErrors.NotFound($"The Patchbay sandbox has no INFORMATION_SCHEMA.{view}"),
        };
    }

    public RowsSource Meta(DatasetRecord dataset) => Of(
        [("project_id", Text), ("dataset_id", Text), ("table_id", Text), ("creation_time", "INT64"), ("last_modified_time", "INT64"), ("row_count", "INT64"), ("size_bytes", "INT64"), ("type", "INT64")],
        shelf.Tables(dataset.Project, dataset.Id).Select(table =>
        {
            var view = table.Kind == "VIEW";
            return new object?[]
            {
                table.Project, table.Dataset, table.Id, table.Created, table.Modified, view ? 0L : warehouse.CountRows(table),
                view ? 0L : warehouse.Bytes(warehouse.Stored(table), Enumerable.Range(0, table.Fields.Count)), view ? 2L : 1L,
            };
        }));

    private static IEnumerable<(string Path, FieldRecord Field)> Paths(FieldRecord field, string path) =>
        [(path, field), .. (field.Fields ?? []).SelectMany(inner => Paths(inner, $"{path}.{inner.Name}"))];

    private static string Ddl(TableRecord table) => table.Kind == "VIEW"
        ? $"CREATE VIEW `{table.Project}.{table.Dataset}.{table.Id}`\nAS {table.ViewQuery};"
        : $"CREATE TABLE `{table.Project}.{table.Dataset}.{table.Id}`\n(\n  {string.Join(",\n  ", table.Fields.Select(field => $"{field.Name} {Schemas.Type(field)}{(field.Mode == "REQUIRED" ? " NOT NULL" : "")}"))}\n);";

    private static RowsSource Of((string Name, string Type)[] columns, IEnumerable<object?[]> rows) =>
        new([.. columns.Select(column => new OutColumn(column.Name, SqlType.Named(column.Type)!))], $"[{string.Join(',', rows.Select(Lists.Write))}]");
}
