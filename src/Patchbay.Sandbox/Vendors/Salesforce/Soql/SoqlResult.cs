using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Salesforce.Records;

namespace Patchbay.Sandbox.Vendors.Salesforce.Soql;

/// <summary>What a query found.</summary>
internal sealed record SoqlResult
{
    /// <summary>How many rows there are in all.</summary>
    public required int Total { get; init; }

    /// <summary>SELECT COUNT(): the total is the answer.</summary>
    public bool CountOnly { get; init; }

    /// <summary>Rows of GROUP BY and of functions over a group; null for plain records.</summary>
    public IReadOnlyList<JsonObject>? Groups { get; init; }

    public IReadOnlyList<SObjectRecord> Records { get; init; } = [];

    /// <summary>How a record is shown.</summary>
    public required SoqlShape Shape { get; init; }
}
