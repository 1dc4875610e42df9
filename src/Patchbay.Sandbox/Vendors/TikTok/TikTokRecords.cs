namespace Patchbay.Sandbox.Vendors.TikTok;

/// <summary>A profile.</summary>
internal sealed record TikTokAccount
{
    public required string Id { get; init; }

    /// <summary>Without the @.</summary>
    public required string Username { get; init; }

    public required string DisplayName { get; init; }
    public string Bio { get; init; } = "";
    public bool Verified { get; init; }
    public bool Private { get; init; }
    public long Followers { get; init; }
    public long Following { get; init; }
}

/// <summary>A video on a profile, or a photo post.</summary>
internal sealed record TikTokVideo
{
    public required string Id { get; init; }
    public required string Account { get; init; }

    /// <summary>Unix milliseconds; the API tells seconds.</summary>
    public required long CreatedAt { get; init; }

    public required string Title { get; init; }
    public string Description { get; init; } = "";

    /// <summary>Seconds; 0 for photos.</summary>
    public int Duration { get; init; } = 15;

    public int Width { get; init; } = 576;
    public int Height { get; init; } = 1024;

    /// <summary>PUBLIC_TO_EVERYONE, MUTUAL_FOLLOW_FRIENDS, FOLLOWER_OF_CREATOR or SELF_ONLY.</summary>
    public string Privacy { get; init; } = TikTokPrivacy.Everyone;

    public long Views { get; init; }
    public long Likes { get; init; }
    public long Comments { get; init; }
    public long Shares { get; init; }

    /// <summary>Posted by an app, not by a person.</summary>
    public bool ByApp { get; init; }
}

internal static class TikTokPrivacy
{
    public const string Everyone = "PUBLIC_TO_EVERYONE";
    public const string Friends = "MUTUAL_FOLLOW_FRIENDS";
    public const string Followers = "FOLLOWER_OF_CREATOR";
    public const string Self = "SELF_ONLY";

    /// <summary>What an account may choose from.</summary>
    public static IReadOnlyList<string> OptionsOf(TikTokAccount account) => account.Private ? [Followers, Friends, Self] : [Everyone, Friends, Self];
}

/// <summary>Something an app is posting or has handed in.</summary>
internal sealed record TikTokPublish
{
    /// <summary>As the API tells it.</summary>
    public required string Id { get; init; }

    public required string Account { get; init; }

    /// <summary>Direct posts appear by themselves; the others wait in the creator's inbox.</summary>
    public required bool Direct { get; init; }

    /// <summary>VIDEO or PHOTO.</summary>
    public required string Media { get; init; }

    /// <summary>PROCESSING_UPLOAD, SEND_TO_USER_INBOX, PUBLISH_COMPLETE or FAILED.</summary>
    public required string Status { get; init; }

    public string FailReason { get; init; } = "";
    public string Title { get; init; } = "";
    public string Description { get; init; } = "";
    public string Privacy { get; init; } = TikTokPrivacy.Self;

    /// <summary>Hash of the secret in the upload address.</summary>
    public string UploadHash { get; init; } = "";

    public long Size { get; init; }
    public long ChunkSize { get; init; }
    public int Chunks { get; init; }
    public long Uploaded { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The post that came of it.</summary>
    public string? Video { get; init; }
}
