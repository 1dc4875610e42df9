using System.Text.Json;
using System.Text.Json.Serialization;
using Patchbay.Catalog;

namespace Patchbay.Vault.Tests.Shapes;

/// <summary>What was recorded of a vendor; see README.md beside the files.</summary>
internal sealed record Shape
{
    public AuthorizeShape? Authorize { get; init; }
    public TokenShape? Token { get; init; }

    /// <summary>What a renewal does to the refresh token.</summary>
    public Renewal Refresh { get; init; }

    public RevokeShape? Revoke { get; init; }
    public KeyShape? Key { get; init; }
    public IdentityShape? Identity { get; init; }
    public required AccountShape Account { get; init; }
    public IReadOnlyList<string>? Scopes { get; init; }
    public required CallShape Call { get; init; }

    /// <summary>A call of the same vendor that no operation describes; for keys, which could do it.</summary>
    public BeyondShape? Beyond { get; init; }
}

internal enum Renewal
{
    None,
    Stays,
    Rotates,
}

internal sealed record AuthorizeShape(string At, string? ScopeParameter, string Separator, IReadOnlyList<string> Asks, bool Pkce, IReadOnlyDictionary<string, string> Parameters);

/// <param name="Client">Whether the client's secret stands in the form or in Basic.</param>
/// <param name="Body">form or json.</param>
internal sealed record TokenShape(string At, string Client, string Body, JsonElement Reply);

/// <param name="Carries">The token: form, or bearer.</param>
internal sealed record RevokeShape(string Method, string At, string Carries);

/// <param name="Value">The whole header that the vendor gets.</param>
internal sealed record KeyShape(IReadOnlyDictionary<string, string> Fields, string Value, IReadOnlyDictionary<string, string> Config);

internal sealed record IdentityShape(string Method, string At, JsonElement Reply);

internal sealed record AccountShape(string? Id, string? Label);

internal sealed record CallShape(string Operation, string Method, string Url, string Header, string Value, JsonElement? Request, int Status, JsonElement Reply);

internal sealed record BeyondShape(string Method, string Url);

internal static class ShapeFiles
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static readonly ConnectorCatalog Catalog = CatalogLoader.Load(Path.Combine(Root(), "connectors")).Require();

    public static IEnumerable<Connector> Connectors => Catalog.Connectors.Where(c => c.Proof == Proof.Shapes);

    public static IReadOnlyList<string> Recorded => [.. Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal)];

    private static string Folder => Path.Combine(Root(), "tests", "Patchbay.Vault.Tests", "Shapes", "recorded");

    public static Shape Read(string connector) => JsonSerializer.Deserialize<Shape>(File.ReadAllText(Path.Combine(Folder, connector + ".json")), Options)!;

    private static string Root()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Patchbay.slnx")))
                return at.FullName;
        throw new DirectoryNotFoundException("Patchbay.slnx is in no folder above the tests.");
    }
}
