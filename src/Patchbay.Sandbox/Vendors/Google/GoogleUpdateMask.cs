using System.Text.Json.Nodes;

namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>What an update mask does: the named members of one tree take the values of another, and go where that has none.</summary>
internal static class GoogleUpdateMask
{
    public static JsonObject Apply(JsonObject target, JsonObject? wanted, GoogleFields fields)
    {
        var names = fields.Names.Contains("*") ? target.Select(one => one.Key).Union(wanted?.Select(one => one.Key) ?? []).ToList() : [.. fields.Names];
        foreach (var name in names)
        {
            var below = fields.Below(name)!;
            if (below.Names.Any())
            {
                target[name] = Apply((target[name] as JsonObject)?.DeepClone() as JsonObject ?? [], wanted?[name] as JsonObject, below);
                if (target[name] is JsonObject { Count: 0 })
                    target.Remove(name);
            }
            else if (wanted?[name] is { } value)
            {
                target[name] = value.DeepClone();
            }
            else
            {
                target.Remove(name);
            }
        }

        return target;
    }
}
