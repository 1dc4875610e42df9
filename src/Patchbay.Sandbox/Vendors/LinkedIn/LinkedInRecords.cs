using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <param name="Id">What "sub" and urn:li:person say.</param>
/// <param name="Vanity">The end of the profile's address.</param>
/// <param name="Connections">First-degree connections.</param>
/// <param name="Verified">IDENTITY, WORKPLACE.</param>
internal sealed record LinkedInMember(string Id, string GivenName, string FamilyName, string Email, string Headline, string Vanity, int Connections, IReadOnlyList<string> Verified)
{
    public string Name => $"{GivenName} {FamilyName}";

    public string Urn => "urn:li:person:" + Id;
}

/// <param name="Id">Digits.</param>
/// <param name="Admins">Member ids with their role.</param>
internal sealed record LinkedInOrganization(string Id, string Name, string Vanity, string Tagline, string Website, int Followers, IReadOnlyDictionary<string, string> Admins)
{
    public string Urn => "urn:li:organization:" + Id;
}

/// <summary>A post by whichever door it came: /rest/posts or the older /v2/ugcPosts.</summary>
internal sealed record LinkedInPost
{
    /// <summary>urn:li:share:… or urn:li:ugcPost:….</summary>
    public required string Urn { get; init; }

    public required string Author { get; init; }

    /// <summary>In LinkedIn's little-text form.</summary>
    public required string Commentary { get; init; }

    public required string Visibility { get; init; }
    public required string Lifecycle { get; init; }
    public required JsonObject Distribution { get; init; }
    public JsonObject? Content { get; init; }
    public JsonObject? Reshare { get; init; }
    public bool NoReshare { get; init; }
    public required long Created { get; init; }
    public required long Modified { get; init; }

    /// <summary>Gone for everybody, and still known to the search for duplicates.</summary>
    public bool Deleted { get; init; }

    /// <summary>The app that wrote it; null for a person at the page.</summary>
    public string? ClientId { get; init; }
}

internal sealed record LinkedInComment(string Id, string Post, string Actor, string Text, long Created, string? Parent);

/// <param name="Type">LIKE, PRAISE, EMPATHY, INTEREST, APPRECIATION, ENTERTAINMENT.</param>
internal sealed record LinkedInReaction(string Post, string Actor, string Type, long Created);

/// <summary>An image, video, document or older "digital media asset", from the moment its upload was announced.</summary>
internal sealed record LinkedInMedia
{
    public required string Urn { get; init; }

    /// <summary>image, video, document or asset.</summary>
    public required string Kind { get; init; }

    public required string Owner { get; init; }
    public required long Created { get; init; }

    /// <summary>Hash of the secret in the upload address.</summary>
    public required string UploadHash { get; init; }

    public int Parts { get; init; } = 1;

    /// <summary>Bytes of each part that arrived, by number.</summary>
    public IReadOnlyDictionary<string, int> Received { get; init; } = new Dictionary<string, int>();

    /// <summary>WAITING_UPLOAD, PROCESSING or AVAILABLE.</summary>
    public required string Status { get; init; }

    /// <summary>Base64, kept for images only: nothing here plays videos.</summary>
    public string? Content { get; init; }

    public string? ContentType { get; init; }
}

internal sealed record LinkedInAdAccount(string Id, string Name, string Currency, string Status, string Organization, IReadOnlyList<string> Users);

internal sealed record LinkedInCampaign
{
    public required string Id { get; init; }
    public required string Account { get; init; }
    public required string Name { get; init; }
    public required string Status { get; init; }
    public required string Objective { get; init; }

    /// <summary>What it may cost a day, in whole units of the account's currency.</summary>
    public required int DailyBudget { get; init; }

    public required long Created { get; init; }
}
