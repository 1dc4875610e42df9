using System.Text.Json.Nodes;
using Patchbay.Platform.Apps.Entities.Filters;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Live;
using Patchbay.Platform.Runs;
using Patchbay.Vault;

namespace Patchbay.Platform.Apps.Entities;

/// <summary>Entities and their records. Every write carries its events into the same transaction.</summary>
public sealed class RecordService(IEntityStore entities, IRecordStore records, WorkSignals signals, LiveBus live, TimeProvider time)
{
    public const int LargestPage = 5000;
    private const int LargestBatch = 500;

    public Task<IReadOnlyList<Entity>> ListEntitiesAsync(AppId app, CancellationToken cancellationToken) => entities.ListAsync(app, cancellationToken);

    public async Task<Entity> GetEntityAsync(AppId app, string name, CancellationToken cancellationToken) =>
        await entities.FindAsync(app, name, cancellationToken) ?? throw new UserVisibleException(RefusalKind.NotFound, "PB1601", $"The app has no entity '{name}'.");

    public async Task<Entity> SaveEntityAsync(AppId app, string name, JsonObject schema, CancellationToken cancellationToken)
    {
        RecordFields.Check(schema);
        if (SchemaRules.Fault(name, schema) is { } fault)
            throw new UserVisibleException(RefusalKind.Invalid, "PB1602", fault);
        var entity = new Entity(app, name, schema, time.GetUtcNow());
        await entities.SaveAsync(entity, cancellationToken);
        return entity;
    }

    public Task<bool> DeleteEntityAsync(AppId app, string name, CancellationToken cancellationToken) => entities.DeleteAsync(app, name, cancellationToken);

    public Task<long> CountAsync(AppId app, string entity, RecordFilter? filter, CancellationToken cancellationToken) => records.CountAsync(app, entity, filter, cancellationToken);

    /// <param name="createdBy">E-mail address of the one who makes them, or null for a key or a function.</param>
    /// <param name="depth">See <see cref="FlowDepth"/>.</param>
    public async Task<IReadOnlyList<Record>> CreateAsync(AppId app, string entityName, IReadOnlyList<JsonObject> rows, string? createdBy, int depth, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var entity = await GetEntityAsync(app, entityName, cancellationToken);
        if (rows.Count > LargestBatch)
            throw new UserVisibleException(RefusalKind.Invalid, "PB1603", $"At most {LargestBatch} records at once. Send the rest in another call.");
        var now = time.GetUtcNow();
        var made = rows.Select(row => new Record
        {
            App = app, Entity = entityName, Id = Ids.New(time), Data = Checked(entity, WithDefaults(entity, OwnFields(row))), CreatedAt = now, UpdatedAt = now, CreatedBy = createdBy,
        }).ToList();
        await records.CreateAsync(made, [.. made.Select(r => RecordEvents.Created(r, time, depth))], cancellationToken);
        foreach (var record in made)
            Announce(record, RecordChangeNames.Create);
        return made;
    }

    public async Task<Record> GetAsync(AppId app, string entity, string id, CancellationToken cancellationToken)
    {
        await GetEntityAsync(app, entity, cancellationToken);
        return await records.FindAsync(app, entity, id, cancellationToken) ?? throw NoRecord(entity);
    }

    /// <summary>Sets the given fields; the others stay.</summary>
    public async Task<Record> UpdateAsync(AppId app, string entityName, string id, JsonObject fields, int depth, CancellationToken cancellationToken)
    {
        var entity = await GetEntityAsync(app, entityName, cancellationToken);
        var patch = OwnFields(fields);
        var change = await records.UpdateAsync(app, entityName, id, before =>
        {
            var data = before.Data.DeepClone().AsObject();
            foreach (var (field, value) in patch)
                data[field] = value?.DeepClone();
            // Fields that the entity lost since stay where they are: they are no fault of this change.
            var current = data.DeepClone().AsObject();
            foreach (var (field, _) in before.Data)
            {
                if (!patch.ContainsKey(field) && (entity.Schema["properties"] as JsonObject)?.ContainsKey(field) != true)
                    current.Remove(field);
            }
            Checked(entity, current);
            RecordFields.Check(data);
            var after = before with { Data = data, UpdatedAt = time.GetUtcNow() };
            return new(before, after, RecordEvents.Updated(before, after, time, depth) is { } happened ? [happened] : []);
        }, cancellationToken) ?? throw NoRecord(entityName);
        Announce(change.After, RecordChangeNames.Update);
        return change.After;
    }

    public async Task DeleteAsync(AppId app, string entity, string id, int depth, CancellationToken cancellationToken)
    {
        await GetEntityAsync(app, entity, cancellationToken);
        var gone = await records.DeleteAsync(app, entity, id, r => [RecordEvents.Deleted(r, time, depth)], cancellationToken) ?? throw NoRecord(entity);
        Announce(gone, RecordChangeNames.Delete);
    }

    public async Task<IReadOnlyList<Record>> QueryAsync(RecordQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        await GetEntityAsync(query.App, query.Entity, cancellationToken);
        return await records.QueryAsync(query, cancellationToken);
    }

    /// <summary>What the server owns is ignored where a client sends back what it read.</summary>
    private static JsonObject OwnFields(JsonObject fields)
    {
        var own = new JsonObject();
        foreach (var (field, value) in fields)
        {
            if (!SchemaRules.ServerFields.Contains(field))
                own[field] = value?.DeepClone();
        }
        return own;
    }

    private static JsonObject WithDefaults(Entity entity, JsonObject data)
    {
        foreach (var (field, node) in entity.Schema["properties"] as JsonObject ?? [])
        {
            if (!data.ContainsKey(field) && node is JsonObject property && property["default"] is { } value)
                data[field] = value.DeepClone();
        }
        return data;
    }

    private static JsonObject Checked(Entity entity, JsonObject data)
    {
        // Before the schema looks at it: what cannot be stored cannot be read as text either.
        RecordFields.Check(data);
        var faults = SchemaRules.Check(entity.Schema, data);
        if (faults.Count == 0)
            return data;
        throw new UserVisibleException(RefusalKind.Invalid, "PB1604",
            $"This is no {entity.Name}: " + string.Join("; ", faults.Select(f => $"{f.Key} must be {f.Value}")) + ".",
            new JsonObject { ["fields"] = new JsonObject(faults.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Value))) });
    }

    private void Announce(Record record, string type)
    {
        signals.Events.Set();
        live.Publish(new(record.App, "record", new RecordSignal(record.Entity, record.Id, type)));
    }

    private static UserVisibleException NoRecord(string entity) => new(RefusalKind.NotFound, "PB1605", $"There is no such {entity}.");
}

/// <summary>Tells a dashboard that a record changed.</summary>
public sealed record RecordSignal(string Entity, string Id, string Type);

internal static class RecordChangeNames
{
    public const string Create = "create";
    public const string Update = "update";
    public const string Delete = "delete";
}
