using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>The <c>fields</c> mask: "nextPageToken,files(id,owners/emailAddress)", to any depth, with <c>*</c> as any name.</summary>
internal sealed class GoogleFields
{
    private const int Deepest = 20;
    private readonly Dictionary<string, GoogleFields> members = [];

    private GoogleFields()
    {
    }

    /// <summary>The names asked for at this level; "*" is among them when any will do.</summary>
    public IEnumerable<string> Names => members.Keys;

    /// <summary>What is asked for below a name; null when the name is not asked for. One without names of its own keeps everything.</summary>
    public GoogleFields? Below(string name) => members.GetValueOrDefault(name) ?? members.GetValueOrDefault("*");

    /// <summary>Null when the text is no mask.</summary>
    public static GoogleFields? Parse(string mask)
    {
        var (root, position) = (new GoogleFields(), 0);
        return root.ReadList(mask, ref position, 0) && position == mask.Length ? root : null;
    }

    /// <summary>Removes what is not asked for. A list is masked item by item.</summary>
    public void Keep(JsonNode? node)
    {
        if (members.Count == 0)
            return;
        if (node is JsonArray list)
        {
            foreach (var item in list)
                Keep(item);
        }
        else if (node is JsonObject map)
        {
            foreach (var (name, value) in map.ToList())
            {
                if (Below(name) is { } below)
                    below.Keep(value);
                else
                    map.Remove(name);
            }
        }
    }

    private bool ReadList(string mask, ref int position, int depth)
    {
        while (true)
        {
            if (!ReadItem(mask, ref position, depth))
                return false;
            if (position >= mask.Length || mask[position] != ',')
                return true;
            position++;
        }
    }

    private bool ReadItem(string mask, ref int position, int depth)
    {
        var at = this;
        while (true)
        {
            Skip(mask, ref position);
            var start = position;
            while (position < mask.Length && (char.IsAsciiLetterOrDigit(mask[position]) || mask[position] is '_' or '*' or '-' or '$' or '@'))
                position++;
            if (start == position || depth++ > Deepest)
                return false;
            at = at.Member(mask[start..position]);
            Skip(mask, ref position);
            if (position < mask.Length && mask[position] is '/' or '.')
            {
                position++;
                continue;
            }

            if (position >= mask.Length || mask[position] != '(')
                return true;
            position++;
            if (!at.ReadList(mask, ref position, depth) || position >= mask.Length || mask[position] != ')')
                return false;
            position++;
            Skip(mask, ref position);
            return true;
        }
    }

    private GoogleFields Member(string name) =>
        members.TryGetValue(name, out var found) ? found : members[name] = new GoogleFields();

    private static void Skip(string mask, ref int position)
    {
        while (position < mask.Length && char.IsWhiteSpace(mask[position]))
            position++;
    }
}
