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
}
