using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google;

/// <param name="Id">Google's number for the account ("sub").</param>
/// <param name="Email">Its address.</param>
/// <param name="GivenName">First name.</param>
/// <param name="FamilyName">Last name.</param>
internal sealed record GoogleAccount(string Id, string Email, string GivenName, string FamilyName)
{
    public string Name => $"{GivenName} {FamilyName}";
}

/// <summary>Who can sign in. Every Google product reads accounts here.</summary>
internal sealed class GoogleAccounts(Store store)
{
    private readonly Collection<GoogleAccount> accounts = new(store, "google.account");

    /// <summary>In the order they were seeded.</summary>
    public IReadOnlyList<GoogleAccount> All() => accounts.List();

    public GoogleAccount? Get(string? id) => id is null ? null : accounts.Get(id);

    public GoogleAccount? ByEmail(string email) =>
        All().FirstOrDefault(account => string.Equals(account.Email, email, StringComparison.OrdinalIgnoreCase));

    public void Clear() => accounts.Clear();

    /// <summary>Writes the seed when there is no account. Products call it too, since none can seed without accounts.</summary>
    public void Seed()
    {
        if (All().Count > 0)
            return;
        GoogleAccount[] people =
        [
            new("104729110233000000001", "mara@northwind.example", "Mara", "Köhler"),
            new("104729110233000000002", "ops@northwind.example", "Ops", "Team"),
            new("104729110233000000003", "lena@northwind.example", "Lena", "Brandt"),
            new("104729110233000000004", "tom@northwind.example", "Tom", "Reyes"),
        ];
        foreach (var person in people)
            accounts.Put(person.Id, person, sort: person.Id);
    }
}
