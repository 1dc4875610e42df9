using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Jobs;

/// <summary>Writes rows where a job says they shall go.</summary>
internal sealed class DestinationTable(Shelf shelf, WarehouseStore warehouse)
{
    public void Write(QueryRequest request, (string Project, string Dataset, string Table) to, QueryOutcome outcome) =>
        Write(request.Account, to, outcome.Schema, outcome.Rows, request.WriteDisposition, request.CreateDisposition);

    public void Write(GoogleAccount account, (string Project, string Dataset, string Table) to, IReadOnlyList<FieldRecord> schema, IReadOnlyList<object?[]> rows, string write, string create)
    {
        shelf.Dataset(to.Project, to.Dataset);
        shelf.DemandWrite(to.Project, account, "bigquery.tables.create", $"Dataset {to.Project}:{to.Dataset}");
        if (!Schemas.IsTableId(to.Table))
            throw BigQueryErrors.Invalid($"Invalid table ID \"{to.Table}\".");
        var existing = shelf.FindTable(to.Project, to.Dataset, to.Table);
        if (existing is null && create == "CREATE_NEVER")
            throw BigQueryErrors.NotFound($"Table {to.Project}:{to.Dataset}.{to.Table}");
        if (existing is { Kind: "VIEW" })
            throw BigQueryErrors.Invalid($"Cannot write to view {to.Project}:{to.Dataset}.{to.Table}");
        if (existing is not null && write == "WRITE_EMPTY" && warehouse.CountRows(existing) > 0)
            throw BigQueryErrors.Exists($"Table {to.Project}:{to.Dataset}.{to.Table}");
        if (existing is not null && write == "WRITE_APPEND")
        {
            if (!existing.Fields.Select(field => (field.Name.ToUpperInvariant(), Schemas.Type(field).ToString())).SequenceEqual(schema.Select(field => (field.Name.ToUpperInvariant(), Schemas.Type(field).ToString()))))
                throw BigQueryErrors.Invalid($"Provided Schema does not match Table {to.Project}:{to.Dataset}.{to.Table}.");
            warehouse.Insert(existing, rows);
            shelf.Put(existing with { Modified = shelf.Now, Revision = existing.Revision + 1 });
            return;
        }

        var made = warehouse.Create(to.Project, to.Dataset, to.Table, schema);
        warehouse.Engine.Atomic(() =>
        {
            warehouse.Insert(made, rows);
            return true;
        });
        if (existing is not null)
            warehouse.Drop(existing);
        shelf.Put(made);
    }
}
