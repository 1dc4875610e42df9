using System.Globalization;
using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Salesforce.Bulk;

/// <summary>A job of Bulk API 2.0, for reading or for writing.</summary>
internal sealed record BulkJob
{
    public required string Id { get; init; }
    public required string Org { get; init; }
    public required string CreatedBy { get; init; }
    public required string CreatedDate { get; init; }

    /// <summary>query, queryAll, insert, update, upsert, delete, hardDelete.</summary>
    public required string Operation { get; init; }

    public required string Object { get; init; }
    public required string Version { get; init; }
    public required string Delimiter { get; init; }
    public required string LineEnding { get; init; }
    public required string State { get; init; }
    public string? ExternalId { get; init; }

    /// <summary>Of a job that reads.</summary>
    public string? Query { get; init; }

    public string? Error { get; init; }

    /// <summary>What was uploaded.</summary>
    public string Upload { get; init; } = "";

    /// <summary>One row for each record: its id, whether it was created, what was wrong, and its cells.</summary>
    public IReadOnlyList<BulkRow> Rows { get; init; } = [];

    public IReadOnlyList<string> Header { get; init; } = [];

    public bool Reads => Operation is "query" or "queryAll";

    public string LineEnd => LineEnding == "CRLF" ? "\r\n" : "\n";

    public JsonObject ToJson(int? processed = null)
    {
        var body = new JsonObject
        {
            ["id"] = Id,
            ["operation"] = Operation,
            ["object"] = Object,
            ["createdById"] = CreatedBy,
            ["createdDate"] = CreatedDate,
            ["systemModstamp"] = CreatedDate,
            ["state"] = State,
            ["concurrencyMode"] = "Parallel",
            ["contentType"] = "CSV",
            ["apiVersion"] = decimal.Parse(Version, CultureInfo.InvariantCulture),
            ["lineEnding"] = LineEnding,
            ["columnDelimiter"] = Delimiter,
        };
        if (!Reads)
        {
            body["jobType"] = "V2Ingest";
            if (ExternalId is not null)
                body["externalIdFieldName"] = ExternalId;
            if (State == "Open")
                body["contentUrl"] = $"services/data/v{Version}/jobs/ingest/{Id}/batches";
        }

        if (State is "JobComplete" or "Failed" or "Aborted")
        {
            body["numberRecordsProcessed"] = processed ?? Rows.Count;
            if (!Reads)
                body["numberRecordsFailed"] = Rows.Count(row => row.Error is not null);
            body["retries"] = 0;
            body["totalProcessingTime"] = 1;
            if (!Reads)
                (body["apiActiveProcessingTime"], body["apexProcessingTime"]) = (1, 0);
        }

        if (Error is not null)
            body["errorMessage"] = Error;
        return body;
    }
}

/// <param name="Id">Of the record; null when there is none.</param>
/// <param name="Created">It was made, rather than changed.</param>
/// <param name="Error">Null when it went well.</param>
/// <param name="Cells">As uploaded.</param>
internal sealed record BulkRow(string? Id, bool Created, string? Error, IReadOnlyList<string> Cells);
