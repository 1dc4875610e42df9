using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery;

/// <param name="Id">The project's id.</param>
/// <param name="Number">Its number.</param>
/// <param name="FriendlyName">For people.</param>
/// <param name="Roles">Address → OWNER, EDITOR (reads and writes) or VIEWER (reads and queries).</param>
internal sealed record ProjectRecord(string Id, string Number, string FriendlyName, Dictionary<string, string> Roles);

internal sealed record DatasetRecord
{
    public required string Project { get; init; }
    public required string Id { get; init; }
    public string Location { get; init; } = "US";
    public string? FriendlyName { get; init; }
    public string? Description { get; init; }
    public JsonObject? Labels { get; init; }
    public string? Owner { get; init; }
    public long Created { get; init; }
    public long Modified { get; init; }

    public string Key => $"{Project}:{Id}";
}

/// <param name="Name">Column or field.</param>
/// <param name="Type">In the API's words: STRING, INTEGER, FLOAT, NUMERIC, BOOLEAN, BYTES, DATE, DATETIME, TIME, TIMESTAMP, RECORD.</param>
/// <param name="Mode">NULLABLE, REQUIRED or REPEATED.</param>
/// <param name="Description">For people.</param>
/// <param name="Fields">Of a RECORD.</param>
/// <param name="Default">GoogleSQL of its default value.</param>
/// <param name="Physical">Of a column: its name in the engine.</param>
internal sealed record FieldRecord(string Name, string Type, string Mode, string? Description = null, List<FieldRecord>? Fields = null, string? Default = null, string? Physical = null);

internal sealed record TableRecord
{
    public required string Project { get; init; }
    public required string Dataset { get; init; }
    public required string Id { get; init; }
    public required string Kind { get; init; }
    public required List<FieldRecord> Fields { get; init; }

    /// <summary>Its name in the engine; empty for a view.</summary>
    public string Physical { get; init; } = "";

    /// <summary>Which of our own tables it is: its rows are made when first asked for.</summary>
    public string? Seed { get; init; }
    public string? ViewQuery { get; init; }
    public string? FriendlyName { get; init; }
    public string? Description { get; init; }
    public JsonObject? Labels { get; init; }
    public JsonObject? TimePartitioning { get; init; }
    public JsonObject? Clustering { get; init; }
    public string? Expires { get; init; }
    public long Created { get; init; }
    public long Modified { get; init; }

    /// <summary>Grows with every change of rows or columns; a cached result holds only for the number it was made at.</summary>
    public long Revision { get; init; }

    public string Key => $"{Project}:{Dataset}.{Id}";
}

/// <summary>A job and, for a query, what its result looks like; the rows are in the warehouse.</summary>
internal sealed record JobRecord
{
    public required string Project { get; init; }
    public required string Id { get; init; }
    public required string User { get; init; }
    public string Location { get; init; } = "US";
    public required JsonObject Configuration { get; init; }
    public string? ErrorReason { get; init; }
    public string? ErrorMessage { get; init; }
    public long Created { get; init; }
    public long Ended { get; init; }
    public string? StatementType { get; init; }
    public long BytesProcessed { get; init; }
    public long BytesBilled { get; init; }
    public bool CacheHit { get; init; }
    public List<FieldRecord> Schema { get; init; } = [];
    public long TotalRows { get; init; }
    public JsonObject? More { get; init; }

    /// <summary>Whose rows a cached result shows.</summary>
    public string? ResultOf { get; init; }

    public string Key => $"{Project}:{Id}";
}
