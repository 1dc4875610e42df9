using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Jobs;

/// <summary>A query as jobs.query and jobs.insert describe it.</summary>
internal sealed record QueryRequest
{
    public required string Project { get; init; }
    public required GoogleAccount Account { get; init; }

    /// <summary>The token's scopes allow changes.</summary>
    public required bool MayWrite { get; init; }
    public required string Text { get; init; }
    public (string Project, string Dataset)? DefaultDataset { get; init; }
    public Dictionary<string, (SqlType Type, object? Value)> Named { get; init; } = [];
    public List<(SqlType Type, object? Value)> Positional { get; init; } = [];
    public bool DryRun { get; init; }
    public bool UseCache { get; init; } = true;
    public long? MaximumBytesBilled { get; init; }
    public (string Project, string Dataset, string Table)? Destination { get; init; }

    /// <summary>WRITE_EMPTY, WRITE_APPEND or WRITE_TRUNCATE.</summary>
    public string WriteDisposition { get; init; } = "WRITE_EMPTY";
    public string CreateDisposition { get; init; } = "CREATE_IF_NEEDED";

    /// <summary>Everything that makes the answer: queries with the same key may share a cached one.</summary>
    public string CacheKey { get; init; } = "";

    /// <param name="call">Who asks, and where.</param>
    /// <param name="query">The body of jobs.query, or configuration.query of a job.</param>
    /// <param name="dryRun">Asked for.</param>
    public static QueryRequest Read(BigQueryCall call, JsonObject query, bool dryRun)
    {
        var text = Wire.Text(query, "query");
        if (string.IsNullOrWhiteSpace(text))
            throw BigQueryErrors.Required("query");
        var legacy = Wire.Flag(query, "useLegacySql") ?? true;
        var first = text.TrimStart();
        if (first.StartsWith("#standardSQL", StringComparison.OrdinalIgnoreCase))
            legacy = false;
        else if (first.StartsWith("#legacySQL", StringComparison.OrdinalIgnoreCase))
            legacy = true;
        if (legacy)
            throw new SqlError("The Patchbay sandbox does not run legacy SQL. Set useLegacySql to false: BigQuery takes true when it is left out.");

        var parameters = Wire.List(query, "queryParameters") ?? [];
        var mode = Wire.Text(query, "parameterMode")?.ToUpperInvariant();
        var named = new Dictionary<string, (SqlType, object?)>();
        var positional = new List<(SqlType, object?)>();
        foreach (var parameter in parameters)
        {
            var value = Incoming.Parameter(parameter);
            if (Wire.Text(parameter, "name") is { Length: > 0 } name && mode != "POSITIONAL")
                named[name.ToUpperInvariant()] = value;
            else
                positional.Add(value);
        }

        if (named.Count > 0 && positional.Count > 0)
            throw BigQueryErrors.Invalid("Named and positional parameters cannot be mixed");
        var defaultDataset = Wire.Object(query, "defaultDataset");
        var destination = Wire.Object(query, "destinationTable");
        return new QueryRequest
        {
            Project = call.Project,
            Account = call.Account,
            MayWrite = call.MayWrite,
            Text = text,
            DefaultDataset = Wire.Text(defaultDataset, "datasetId") is { } dataset ? (Wire.Text(defaultDataset, "projectId") ?? call.Project, dataset) : null,
            Named = named,
            Positional = positional,
            DryRun = dryRun,
            UseCache = Wire.Flag(query, "useQueryCache") ?? true,
            MaximumBytesBilled = Wire.Number(query, "maximumBytesBilled"),
            Destination = destination is null ? null : (Wire.Text(destination, "projectId") ?? call.Project, Wire.Text(destination, "datasetId") ?? "", Wire.Text(destination, "tableId") ?? ""),
            WriteDisposition = Wire.Text(query, "writeDisposition") ?? "WRITE_EMPTY",
            CreateDisposition = Wire.Text(query, "createDisposition") ?? "CREATE_IF_NEEDED",
            CacheKey = string.Join('\n', call.Account.Id, call.Project, text, parameters.ToJsonString(), defaultDataset?.ToJsonString()),
        };
    }
}

/// <summary>What a statement gave.</summary>
internal sealed record QueryOutcome
{
    public required string StatementType { get; init; }
    public List<FieldRecord> Schema { get; init; } = [];
    public List<object?[]> Rows { get; init; } = [];
    public long Bytes { get; init; }
    public bool Volatile { get; init; }
    public IReadOnlyCollection<(string Project, string Dataset, string Table)> Referenced { get; init; } = [];
    public (long Inserted, long Updated, long Deleted)? Changed { get; init; }

    /// <summary>CREATE, REPLACE, DROP, SKIP.</summary>
    public string? Ddl { get; init; }
    public (string Project, string Dataset, string Table)? Target { get; init; }
}
