using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.HubSpot.Crm;

namespace Patchbay.Sandbox.Vendors.HubSpot.Content;

/// <summary>A file, form, blog post or workflow: kept nearly as the API shows it.</summary>
/// <param name="Portal">Whose.</param>
/// <param name="Id">HubSpot's id.</param>
/// <param name="Body">Its members, without id and dates.</param>
internal sealed record HubDocument(string Portal, string Id, JsonObject Body, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A day's traffic from one source.</summary>
internal sealed record HubTraffic(string Portal, string Day, string Source, int Visits, int Visitors, int PageViews);

/// <summary>What somebody sent through a form.</summary>
internal sealed record HubSubmission(string Portal, string Form, DateTimeOffset At, string PageUrl, IReadOnlyDictionary<string, string> Values);

/// <summary>What a portal has besides its CRM.</summary>
internal sealed class HubContent(Store store, CrmWorld world)
{
    public const string Files = "file", Forms = "form", Posts = "post", Blogs = "blog", Workflows = "workflow";
    private readonly Dictionary<string, Collection<HubDocument>> kinds = ((string[])[Files, Forms, Posts, Blogs, Workflows]).ToDictionary(kind => kind, kind => new Collection<HubDocument>(store, "hubspot." + kind));
    private readonly Collection<HubTraffic> traffic = new(store, "hubspot.traffic");
    private readonly Collection<HubSubmission> submissions = new(store, "hubspot.submission");

    public void Clear()
    {
        foreach (var kind in kinds.Values)
            kind.Clear();
        traffic.Clear();
        submissions.Clear();
    }

    /// <summary>In the order in which they were made.</summary>
    public IReadOnlyList<HubDocument> All(string kind, string portal) => kinds[kind].List(portal);

    public HubDocument? Get(string kind, string portal, string id) => kinds[kind].Get($"{portal}/{id}");

    public HubDocument Add(string kind, string portal, string id, JsonObject body)
    {
        var document = new HubDocument(portal, id, body, world.Now, world.Now);
        Put(kind, document);
        return document;
    }

    /// <summary>Replaces members; the others stay.</summary>
    public HubDocument Change(string kind, HubDocument document, JsonObject members)
    {
        var body = (JsonObject)document.Body.DeepClone();
        foreach (var (name, value) in members.Where(member => member.Key is not ("id" or "createdAt" or "updatedAt" or "created" or "updated")))
            body[name] = value?.DeepClone();
        var changed = document with { Body = body, UpdatedAt = world.Now };
        Put(kind, changed);
        return changed;
    }

    public void Delete(string kind, HubDocument document)
    {
        kinds[kind].Delete($"{document.Portal}/{document.Id}");
        world.Changed();
    }

    public void Put(HubTraffic day) => traffic.Put($"{day.Portal}/{day.Day}/{day.Source}", day, day.Portal, day.Day);

    /// <summary>From one day (inclusive) to another (inclusive), as yyyy-MM-dd.</summary>
    public IReadOnlyList<HubTraffic> Traffic(string portal, string from, string to) => traffic.List(portal, from, to + "~");

    public void Submit(HubSubmission submission)
    {
        submissions.Put(world.NextId(submission.Portal), submission, $"{submission.Portal}/{submission.Form}", submission.At.ToUnixTimeMilliseconds().ToString("D16", CultureInfo.InvariantCulture));
        world.Changed();
    }

    /// <summary>Newest first.</summary>
    public IReadOnlyList<HubSubmission> Submissions(string portal, string form) => submissions.List($"{portal}/{form}", newestFirst: true);

    private void Put(string kind, HubDocument document)
    {
        kinds[kind].Put($"{document.Portal}/{document.Id}", document, document.Portal, document.CreatedAt.ToUnixTimeMilliseconds().ToString("D16", CultureInfo.InvariantCulture) + CrmRecords.Padded(document.Id));
        world.Changed();
    }
}
