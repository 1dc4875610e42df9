namespace Patchbay.Sandbox.Vendors.HubSpot;

/// <summary>An account ("portal", "hub").</summary>
/// <param name="Id">The hub id.</param>
/// <param name="Name">Of the company.</param>
/// <param name="Domain">The hub domain.</param>
/// <param name="Plan">Free, Professional: what the consent page shows.</param>
/// <param name="Lacks">Scopes whose product the plan does not have.</param>
internal sealed record HubPortal(string Id, string Name, string Domain, string Plan, IReadOnlyList<string> Lacks)
{
    public string Currency { get; init; } = "EUR";
    public string TimeZone { get; init; } = "Europe/Berlin";
}

/// <summary>Somebody with a seat in a portal. HubSpot knows a person by two numbers: the user's, and the owner's of records.</summary>
internal sealed record HubUser(string Id, string OwnerId, string Portal, string Email, string FirstName, string LastName, DateTimeOffset CreatedAt)
{
    public string Name => $"{FirstName} {LastName}";

    /// <summary>Subject of the grant that this person gives.</summary>
    public string Subject => $"{Portal}/{Id}";
}

/// <summary>A record of any CRM object type. Values are always text.</summary>
internal sealed record HubRecord
{
    public required string Id { get; init; }
    public required string Portal { get; init; }

    /// <summary>Object type id, such as 0-1 for contacts.</summary>
    public required string Type { get; init; }

    public required IReadOnlyDictionary<string, string> Properties { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>Earlier and present values per property, newest first, at most twenty.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<HubVersion>> History { get; init; } = new Dictionary<string, IReadOnlyList<HubVersion>>();

    public bool Archived => ArchivedAt is not null;

    public string? Value(string property) => Properties.GetValueOrDefault(property);
}

/// <param name="Value">What it was.</param>
/// <param name="At">Since when.</param>
/// <param name="Source">INTEGRATION or CRM_UI.</param>
internal sealed record HubVersion(string Value, DateTimeOffset At, string Source);

/// <summary>One direction of an association; the other is kept beside it.</summary>
internal sealed record HubAssociation(string Portal, string FromType, string FromId, string ToType, string ToId, string Category, int TypeId);

/// <summary>A label somebody made for associations of two types, one direction.</summary>
internal sealed record HubLabel(string Portal, string FromType, string ToType, int TypeId, int InverseTypeId, string Name, string Label);

internal sealed record HubPipeline(string Portal, string Type, string Id, string Label, int Order, IReadOnlyList<HubStage> Stages, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <param name="Probability">Deals: 0.0 to 1.0.</param>
/// <param name="Closed">Tickets in this stage are closed; deals with probability 0 or 1 are.</param>
internal sealed record HubStage(string Id, string Label, int Order, string? Probability, bool Closed, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A static list has members; an active one has filters and finds them.</summary>
internal sealed record HubList
{
    public required string Id { get; init; }
    public required string Portal { get; init; }
    public required string Name { get; init; }

    /// <summary>Object type id.</summary>
    public required string Type { get; init; }

    /// <summary>MANUAL, SNAPSHOT or DYNAMIC.</summary>
    public required string Processing { get; init; }

    /// <summary>The filter branch as it was sent; null for a list without.</summary>
    public System.Text.Json.Nodes.JsonObject? Filter { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public int Version { get; init; } = 1;
}

internal sealed record HubMember(string Portal, string List, string Record, DateTimeOffset At);
