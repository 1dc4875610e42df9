using System.Text.RegularExpressions;

namespace Patchbay.Sandbox.Vendors.Slack;

internal static partial class SlackNames
{
    /// <summary>Slack's rule: no capitals, no blanks, no punctuation but - and _. Letters of any script are fine.</summary>
    public static bool IsChannel(string name) => name.Length is > 0 and <= 80 && ChannelName().IsMatch(name);

    [GeneratedRegex(@"^[\p{Ll}\p{Lo}\p{N}_-]+$")]
    private static partial Regex ChannelName();
}
