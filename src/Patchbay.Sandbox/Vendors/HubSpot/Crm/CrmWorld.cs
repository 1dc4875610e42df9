using System.Globalization;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <summary>Portals, the people in them, and what their CRM consists of apart from records.</summary>
internal sealed class CrmWorld(Store store, LiveFeed live, TimeProvider time)
{
    private readonly Collection<HubPortal> portals = new(store, "hubspot.portal");
    private readonly Collection<HubUser> users = new(store, "hubspot.user");
    private readonly Collection<HubPipeline> pipelines = new(store, "hubspot.pipeline");
    private readonly Collection<PropertyDefinition> properties = new(store, "hubspot.property");
    private readonly Collection<Counter> counters = new(store, "hubspot.counter");

    public TimeProvider Time => time;

    public DateTimeOffset Now
    {
        get
        {
            // HubSpot keeps milliseconds, no finer.
            var now = time.GetUtcNow();
            return new DateTimeOffset(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero);
        }
    }

    public void Clear()
    {
        portals.Clear();
        users.Clear();
        pipelines.Clear();
        properties.Clear();
        counters.Clear();
    }

    public void Changed() => live.Changed(HubSpotOAuth.Vendor);

    public IReadOnlyList<HubPortal> Portals() => portals.List();

    public HubPortal? Portal(string? id) => id is null ? null : portals.Get(id);

    public void Put(HubPortal portal) => portals.Put(portal.Id, portal, sort: portal.Id);

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<HubUser> Users(string portal) => users.List(portal);

    public HubUser? User(string? subject) => subject is null ? null : users.Get(subject);

    public void Put(HubUser user) => users.Put(user.Subject, user, user.Portal, user.OwnerId);

    /// <summary>A number nothing else in the portal has.</summary>
    public string NextId(string portal) => store.Atomic(() =>
    {
        var next = (counters.Get(portal)?.Last ?? 20_140_000_000) + 1;
        counters.Put(portal, new Counter(next));
        return next.ToString(CultureInfo.InvariantCulture);
    });

    public IReadOnlyList<HubPipeline> Pipelines(string portal, ObjectType type) => pipelines.List($"{portal}/{type.Id}");

    public HubPipeline? Pipeline(string portal, ObjectType type, string id) => pipelines.Get($"{portal}/{type.Id}/{id}");

    public void Put(HubPipeline pipeline)
    {
        pipelines.Put($"{pipeline.Portal}/{pipeline.Type}/{pipeline.Id}", pipeline, $"{pipeline.Portal}/{pipeline.Type}", pipeline.Order.ToString("D6", CultureInfo.InvariantCulture));
        Changed();
    }

    public void Delete(HubPipeline pipeline)
    {
        pipelines.Delete($"{pipeline.Portal}/{pipeline.Type}/{pipeline.Id}");
        Changed();
    }

    /// <summary>Standard ones first, then the portal's own.</summary>
    public IEnumerable<PropertyDefinition> Properties(string portal, ObjectType type) =>
        StandardProperties.Of(type).Select(property => WithOptions(portal, type, property)).Concat(properties.List($"{portal}/{type.Id}"));

    /// <summary>A living property.</summary>
    public PropertyDefinition? Property(string portal, ObjectType type, string name) =>
        StandardProperties.Find(type, name) is { } standard ? WithOptions(portal, type, standard)
        : properties.Get($"{portal}/{type.Id}/{name}") is { Archived: false } own ? own : null;

    public void Put(string portal, ObjectType type, PropertyDefinition property) =>
        properties.Put($"{portal}/{type.Id}/{property.Name}", property, $"{portal}/{type.Id}", property.Name);

    /// <summary>Pipelines, stages and owners are options that the portal decides.</summary>
    private PropertyDefinition WithOptions(string portal, ObjectType type, PropertyDefinition property)
    {
        if (property.Name == "hubspot_owner_id")
            return property with { Options = [.. Users(portal).Select(user => new PropertyOption(user.Name, user.OwnerId))] };
        if (type.Stages is not { } stages || (property.Name != stages.Pipeline && property.Name != stages.Stage))
            return property;
        var all = Pipelines(portal, type);
        return property with
        {
            Options = property.Name == stages.Pipeline
                ? [.. all.Select(pipeline => new PropertyOption(pipeline.Label, pipeline.Id))]
                : [.. all.SelectMany(pipeline => pipeline.Stages).Select(stage => new PropertyOption(stage.Label, stage.Id))],
        };
    }

    private sealed record Counter(long Last);
}
