namespace Patchbay.Sandbox.Http;

/// <summary>Reads the vendor host out of a path such as /slack.com/api/auth.test.</summary>
internal static class VendorPath
{
    /// <summary>The first segment; empty for "/".</summary>
    public static string Host(PathString path)
    {
        var text = path.Value.AsSpan().TrimStart('/');
        var end = text.IndexOf('/');
        return (end < 0 ? text : text[..end]).ToString();
    }

    /// <summary>A path as it may be logged: secrets in it are masked (Slack's upload addresses are some), control characters too.</summary>
    public static string Shown(string path) => string.Join('/', path.Split('/').Select(segment =>
        segment.StartsWith(State.Secrets.Prefix + "-", StringComparison.Ordinal) ? "***" : string.Concat(segment.Select(c => char.IsControl(c) ? '?' : c))));
}
