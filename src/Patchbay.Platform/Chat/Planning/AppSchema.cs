namespace Patchbay.Platform.Chat.Planning;

public enum FieldKind
{
    Text,
    Number,
    Boolean,
    Enum,
    Email,
    Date,
    DateTime,
    Url,

    /// <summary>Objects, lists and anything else that a sentence cannot compare.</summary>
    Other,
}

/// <param name="Name">As in the record: <c>due_date</c>.</param>
/// <param name="Values">The allowed values of an enum, in the app's order; empty for other kinds.</param>
/// <param name="Synonyms">Other words that this app's people use for it.</param>
public sealed record FieldSchema(string Name, FieldKind Kind, IReadOnlyList<string> Values, IReadOnlyList<string> Synonyms)
{
    public FieldSchema(string name, FieldKind kind) : this(name, kind, [], [])
    {
    }
}

/// <param name="Plural">As people write it: "Tickets"; made from the name where null.</param>
/// <param name="Synonyms">Other nouns that this app's people use for it.</param>
public sealed record EntitySchema(string Name, string? Plural, IReadOnlyList<FieldSchema> Fields, IReadOnlyList<string> Synonyms)
{
    public FieldSchema? FindField(string name) => Fields.FirstOrDefault(f => f.Name == name);
}

/// <summary>What the planner may know of an app: its entities, never its records.</summary>
public sealed record AppSchema(string App, IReadOnlyList<EntitySchema> Entities)
{
    /// <summary>Fields that every record has (DESIGN.md, records).</summary>
    public static IReadOnlyList<FieldSchema> BuiltInFields { get; } =
    [
        new("id", FieldKind.Text), new("created_date", FieldKind.DateTime),
        new("updated_date", FieldKind.DateTime), new("created_by", FieldKind.Email),
    ];

    public EntitySchema? FindEntity(string name) => Entities.FirstOrDefault(e => e.Name == name);
}
