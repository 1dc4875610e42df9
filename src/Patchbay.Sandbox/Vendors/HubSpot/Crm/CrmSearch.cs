namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <summary>Runs searches over the records of one type.</summary>
internal sealed class CrmSearch(CrmWorld world, CrmRecords records, CrmAssociations associations)
{
    private const string Associated = "associations.";

    /// <summary>All that match, in order: as asked, else the oldest first.</summary>
    public IReadOnlyList<HubRecord> Run(string portal, ObjectType type, SearchRequest request)
    {
        var groups = request.Groups.Select(group => group.Select(filter => Test(portal, type, filter)).ToList()).ToList();
        var found = Candidates(portal, type, request)
            .Where(record => groups.Count == 0 || groups.Any(group => group.All(holds => holds(record))))
            .Where(record => request.Query.Length == 0 || SearchMatcher.Finds(request.Query, type.Searched.Select(record.Value)));
        if (request.Sort is not var (name, descending))
            return [.. found];

        var property = world.Property(portal, type, name) ?? throw Unknown(name);
        var order = Comparer<string?>.Create((left, right) => (left, right) switch
        {
            (null, null) => 0,
            (null, _) => descending ? -1 : 1, // without a value: last, whichever way round
            (_, null) => descending ? 1 : -1,
            _ => SearchMatcher.Compare(property, left, right) ?? 0,
        });
        return [.. descending ? found.OrderByDescending(record => record.Value(name), order) : found.OrderBy(record => record.Value(name), order)];
    }

    /// <summary>Where every group asks for one value of a unique property (an address, mostly) its holders are all there is to look at.</summary>
    private IReadOnlyList<HubRecord> Candidates(string portal, ObjectType type, SearchRequest request)
    {
        var named = request.Groups.Select(group => group.FirstOrDefault(filter => filter.Operator == "EQ" && world.Property(portal, type, filter.Property) is { Unique: true, Type: "string" })).ToList();
        return named.Count > 0 && named.All(filter => filter is not null)
            ? [.. named.Select(filter => records.Find(portal, type, filter!.Value, filter.Property)).OfType<HubRecord>().DistinctBy(record => record.Id).OrderBy(record => CrmRecords.Padded(record.Id), StringComparer.Ordinal)]
            : records.List(portal, type);
    }

    private Func<HubRecord, bool> Test(string portal, ObjectType type, SearchFilter filter)
    {
        if (filter.Property.StartsWith(Associated, StringComparison.Ordinal))
        {
            var other = ObjectTypes.Get(filter.Property[Associated.Length..]);
            return record => Related(filter, [.. associations.Of(record, other).Select(entry => entry.Id)]);
        }

        var property = world.Property(portal, type, filter.Property) ?? throw Unknown(filter.Property);
        return record => SearchMatcher.Meets(filter, property, record.Value(filter.Property));
    }

    private static bool Related(SearchFilter filter, IReadOnlyList<string> ids) => filter.Operator switch
    {
        "EQ" => ids.Contains(filter.Value),
        "NEQ" => !ids.Contains(filter.Value),
        "IN" => filter.Values.Any(ids.Contains),
        "NOT_IN" => !filter.Values.Any(ids.Contains),
        "HAS_PROPERTY" => ids.Count > 0,
        "NOT_HAS_PROPERTY" => ids.Count == 0,
        _ => throw new HubSpotRefusalException(HubSpotAnswer.Invalid($"operator {filter.Operator} is not supported for associations")),
    };

    private static HubSpotRefusalException Unknown(string property) => new(HubSpotAnswer.Invalid($"There was a problem with the request. Property \"{property}\" does not exist"));
}
