namespace Patchbay.Vault.Egress.Forwarding;

/// <summary>A request target as it came on the wire, checked for everything that two parsers could read differently.</summary>
internal static class RequestTarget
{
    /// <summary>Whether it is a path with an optional query, printable ASCII, without fragment, backslash or dot segments.</summary>
    public static bool IsPlainPath(string target)
    {
        if (target.Length == 0 || target[0] != '/' || target.Any(c => c is <= ' ' or >= '\x7f' or '#' or '\\'))
            return false;
        var path = PathOf(target);
        // Decoded until it stands still, so that an escaped escape hides nothing.
        for (var rounds = 0; rounds < 4; rounds++)
        {
            if (path.Split('/', '\\').Any(s => s is "." or ".."))
                return false;
            var decoded = Uri.UnescapeDataString(path);
            if (decoded == path)
                return !path.Any(char.IsControl);
            path = decoded;
        }
        return false;
    }

    public static string PathOf(string target)
    {
        var query = target.IndexOf('?', StringComparison.Ordinal);
        return query < 0 ? target : target[..query];
    }

    /// <summary>Whether a phantom stands in it, escaped or not.</summary>
    public static bool HasPhantom(string target) => Doors.Phantoms.Contains(target) || Doors.Phantoms.Contains(Uri.UnescapeDataString(target));
}
