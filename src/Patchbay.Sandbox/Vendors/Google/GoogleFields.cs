namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>The <c>fields</c> mask, as far as top-level names: "messages(id,threadId),nextPageToken".</summary>
internal static class GoogleFields
{
    /// <summary>The names to keep; null keeps everything.</summary>
    public static IReadOnlySet<string>? TopLevel(string mask)
    {
        if (mask.Length == 0 || mask == "*")
            return null;
        var names = new HashSet<string>();
        var (depth, start) = (0, 0);
        for (var index = 0; index <= mask.Length; index++)
        {
            var c = index < mask.Length ? mask[index] : ',';
            if (c == '(')
                depth++;
            else if (c == ')')
                depth--;
            else if (c == ',' && (depth <= 0 || index == mask.Length))
            {
                names.Add(mask[start..index].Split('(', '/')[0].Trim());
                start = index + 1;
            }
        }

        return names.Contains("*") ? null : names;
    }
}
