using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.LinkedIn;

/// <summary>A member, in each of the shapes that LinkedIn's profile calls have.</summary>
internal static class LinkedInProfile
{
    public const string MediaHost = "media.licdn.com";

    public static JsonObject UserInfo(LinkedInMember member, IReadOnlyList<string> scopes)
    {
        var body = new JsonObject { ["sub"] = member.Id };
        if (scopes.Contains("profile"))
        {
            body["name"] = member.Name;
            body["given_name"] = member.GivenName;
            body["family_name"] = member.FamilyName;
            body["picture"] = Picture(member);
            body["locale"] = new JsonObject { ["country"] = "DE", ["language"] = "en" };
        }

        if (scopes.Contains("email"))
            (body["email"], body["email_verified"]) = (member.Email, true);
        return body;
    }

    public static JsonObject Me(LinkedInMember member) => new()
    {
        ["id"] = member.Id,
        ["localizedFirstName"] = member.GivenName,
        ["localizedLastName"] = member.FamilyName,
        ["localizedHeadline"] = member.Headline,
        ["vanityName"] = member.Vanity,
        ["firstName"] = Localized(member.GivenName),
        ["lastName"] = Localized(member.FamilyName),
        ["headline"] = Localized(member.Headline),
        ["profilePicture"] = new JsonObject { ["displayImage"] = "urn:li:digitalmediaAsset:" + member.Id },
    };

    public static JsonObject IdentityMe(LinkedInMember member) => new()
    {
        ["id"] = member.Id,
        ["basicInfo"] = new JsonObject
        {
            ["firstName"] = Localized(member.GivenName),
            ["lastName"] = Localized(member.FamilyName),
            ["primaryEmailAddress"] = member.Email,
            ["profilePicture"] = new JsonObject { ["croppedImage"] = new JsonObject { ["downloadUrl"] = Picture(member) } },
            ["profileUrl"] = "https://www.linkedin.com/in/" + member.Vanity,
        },
    };

    public static string Picture(LinkedInMember member) => $"https://{MediaHost}/dms/image/profile/{member.Id}";

    private static JsonObject Localized(string text) => new()
    {
        ["localized"] = new JsonObject { ["en_US"] = text },
        ["preferredLocale"] = new JsonObject { ["country"] = "US", ["language"] = "en" },
    };
}
