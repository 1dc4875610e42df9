namespace Patchbay.Sandbox.Vendors.HubSpot.Crm;

/// <param name="From">Object type id.</param>
/// <param name="To">Object type id.</param>
/// <param name="Id">HubSpot's number for this direction.</param>
/// <param name="Inverse">Its number for the other.</param>
/// <param name="Label">Primary has one; the plain association has none.</param>
internal sealed record AssociationType(string From, string To, int Id, int Inverse, string? Label);

/// <summary>The associations HubSpot defines, with its numbers.</summary>
internal static class AssociationTypes
{
    // from, to, its number, the number of the way back.
    private static readonly (string From, string To, int Id, int Back)[] Plain =
    [
        ("contacts", "companies", 279, 280), ("contacts", "deals", 4, 3), ("contacts", "tickets", 15, 16), ("deals", "companies", 341, 342),
        ("tickets", "companies", 339, 340), ("deals", "tickets", 27, 28), ("deals", "line_items", 19, 20), ("quotes", "deals", 64, 63),
        ("quotes", "line_items", 67, 68), ("quotes", "contacts", 69, 70), ("quotes", "companies", 71, 72),
        ("notes", "contacts", 202, 201), ("notes", "companies", 190, 189), ("notes", "deals", 214, 213), ("notes", "tickets", 228, 227),
        ("tasks", "contacts", 204, 203), ("tasks", "companies", 192, 191), ("tasks", "deals", 216, 215), ("tasks", "tickets", 230, 229),
        ("calls", "contacts", 194, 193), ("calls", "companies", 182, 181), ("calls", "deals", 206, 205), ("calls", "tickets", 220, 219),
        ("emails", "contacts", 198, 197), ("emails", "companies", 186, 185), ("emails", "deals", 210, 209), ("emails", "tickets", 224, 223),
        ("meetings", "contacts", 200, 199), ("meetings", "companies", 188, 187), ("meetings", "deals", 212, 211), ("meetings", "tickets", 226, 225),
        ("contacts", "contacts", 449, 449), ("companies", "companies", 450, 450), ("deals", "deals", 451, 451), ("tickets", "tickets", 452, 452),
    ];

    private static readonly (string From, string To, int Id, int Back)[] Primary =
        [("contacts", "companies", 1, 2), ("deals", "companies", 5, 6), ("tickets", "companies", 26, 25)];

    private static readonly AssociationType[] All = [.. Plain.SelectMany(row => Both(row, null)), .. Primary.SelectMany(row => Both(row, "Primary"))];

    public static IReadOnlyList<AssociationType> Between(ObjectType from, ObjectType to) => [.. All.Where(type => type.From == from.Id && type.To == to.Id).DistinctBy(type => type.Id)];

    /// <summary>The one without a label.</summary>
    public static AssociationType? Default(ObjectType from, ObjectType to) => Between(from, to).FirstOrDefault(type => type.Label is null);

    /// <summary>As the older API calls it: deal_to_contact. Where there is a primary one too, that has the plain name.</summary>
    public static string Name(ObjectType from, ObjectType to, int id)
    {
        var all = Between(from, to);
        var unlabeled = all.Count > 1 && all.FirstOrDefault(type => type.Id == id) is { Label: null };
        return $"{from.Singular}_to_{to.Singular}{(unlabeled ? "_unlabeled" : "")}";
    }

    private static IEnumerable<AssociationType> Both((string From, string To, int Id, int Back) row, string? label)
    {
        var (from, to) = (ObjectTypes.Get(row.From).Id, ObjectTypes.Get(row.To).Id);
        yield return new(from, to, row.Id, row.Back, label);
        yield return new(to, from, row.Back, row.Id, label);
    }
}
