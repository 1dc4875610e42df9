using System.Globalization;
using System.Text.Json.Nodes;

namespace Patchbay.Platform.Flows;

/// <summary>
/// How many flows, one causing the next, led to an event: the guard against flows that trigger themselves. It travels as
/// <c>event.depth</c> in the payload and to the function's own writes in the header <c>Base44-State</c>, which the SDK
/// repeats on its calls. A function that forges it harms only its own app.
/// </summary>
public static class FlowDepth
{
    /// <summary>Events beyond this depth start no run that does anything: they end as dead letters.</summary>
    public const int Most = 8;

    /// <summary>Ours to set; the SDK repeats it on its calls.</summary>
    public const string Header = "Base44-State";

    private const string Prefix = "patchbay-depth=";
    private const string Field = "depth";

    /// <summary>What the header <c>Base44-State</c> of a write says; 0 if nothing.</summary>
    public static int Read(string? state) =>
        state is not null && state.StartsWith(Prefix, StringComparison.Ordinal)
        && int.TryParse(state.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? Math.Min(depth, 1000) : 0;

    /// <summary>The header for a function that runs because of this payload.</summary>
    internal static string StateFor(JsonObject payload) => StateOf(Of(payload) + 1);

    public static string StateOf(int depth) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{depth}");

    internal static int Of(JsonObject payload) =>
        payload["event"] is JsonObject about && about[Field] is JsonValue value && int.TryParse(value.ToJsonString(), NumberStyles.None, CultureInfo.InvariantCulture, out var depth) ? depth : 0;

    internal static void Write(JsonObject about, int depth)
    {
        if (depth > 0)
            about[Field] = depth;
    }
}
