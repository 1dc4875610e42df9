using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Notion;

internal sealed record NotionWorkspace(string Id, string Name, string Icon);

internal sealed record NotionUser(string Id, string WorkspaceId, string Name, string Email);

/// <summary>What an app is in a workspace once a person let it in: who let it in, and what was picked for it.</summary>
internal sealed record NotionBot
{
    public required string Id { get; init; }
    public required string ClientId { get; init; }
    public required string WorkspaceId { get; init; }
    public required string OwnerId { get; init; }
    public required string Name { get; init; }

    /// <summary>Ids of pages and databases; what lies below them is included.</summary>
    public required IReadOnlyList<string> Picked { get; init; }
}

internal enum NotionParentKind
{
    Workspace,
    Page,
    Block,
    Database,
    Source,
}

internal sealed record NotionParent(NotionParentKind Kind, string Id);

/// <summary>What pages, databases, data sources and blocks have in common.</summary>
internal abstract record NotionThing
{
    public required string Id { get; init; }
    public required string WorkspaceId { get; init; }
    public required NotionParent Parent { get; init; }
    public required DateTimeOffset CreatedTime { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset LastEditedTime { get; init; }
    public required string LastEditedBy { get; init; }
    public bool InTrash { get; init; }

    /// <summary>Orders it among its siblings.</summary>
    public required string Sort { get; init; }
}

internal sealed record NotionPageRecord : NotionThing
{
    /// <summary>By property id, in the form <c>PropertyValues</c> documents. A page outside a data source has only "title".</summary>
    public required JsonObject Values { get; init; }

    public JsonObject? Icon { get; init; }
    public JsonObject? Cover { get; init; }

    /// <summary>Whose private page it is; null when it is the team's.</summary>
    public string? PrivateTo { get; init; }
}

/// <summary>A container of data sources. Databases of the older API version are the container with its first source.</summary>
internal sealed record NotionDatabase : NotionThing
{
    public required JsonArray Title { get; init; }
    public JsonArray Description { get; init; } = [];
    public JsonObject? Icon { get; init; }
    public JsonObject? Cover { get; init; }
    public bool IsInline { get; init; }
    public string? PrivateTo { get; init; }
}

internal sealed record NotionSource : NotionThing
{
    public required JsonArray Title { get; init; }
    public JsonArray Description { get; init; } = [];
    public JsonObject? Icon { get; init; }

    /// <summary>Property id to <c>{id, name, type, {type}: {...}}</c>, in the order of columns.</summary>
    public required JsonObject Schema { get; init; }

    /// <summary>The last number a unique_id property gave.</summary>
    public int LastNumber { get; init; }
}

internal sealed record NotionBlock : NotionThing
{
    public required string Type { get; init; }

    /// <summary>What stands under the type's name; empty for child_page and child_database, whose title is the child's own.</summary>
    public required JsonObject Content { get; init; }
}

internal sealed record NotionComment
{
    public required string Id { get; init; }
    public required string WorkspaceId { get; init; }
    public required NotionParent Parent { get; init; }
    public required string DiscussionId { get; init; }
    public required JsonArray RichText { get; init; }
    public required DateTimeOffset CreatedTime { get; init; }
    public required DateTimeOffset LastEditedTime { get; init; }
    public required string CreatedBy { get; init; }
    public required string Sort { get; init; }
}

internal sealed record NotionFile
{
    public required string Id { get; init; }
    public required string WorkspaceId { get; init; }

    /// <summary>pending, uploaded, expired or failed.</summary>
    public required string Status { get; init; }

    public required string Mode { get; init; }
    public required string CreatedBy { get; init; }
    public required DateTimeOffset CreatedTime { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public string? Filename { get; init; }
    public string? ContentType { get; init; }
    public int Parts { get; init; } = 1;

    /// <summary>Base64 of each part that arrived.</summary>
    public IReadOnlyDictionary<string, string> Content { get; init; } = new Dictionary<string, string>();

    public bool Attached { get; init; }
    public required string Sort { get; init; }
}
