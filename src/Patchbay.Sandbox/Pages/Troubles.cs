using Patchbay.Sandbox.Control;

namespace Patchbay.Sandbox.Pages;

/// <summary>One thing that may go wrong, as a world page offers it.</summary>
/// <param name="Id">Posted as <c>kind</c>.</param>
/// <param name="Label">For people.</param>
/// <param name="Icon">Beside it.</param>
/// <param name="Fault">What waits for the next call; null acts at once on the vendor's grants.</param>
internal sealed record Trouble(string Id, string Label, Html Icon, Fault? Fault)
{
    public bool AtOnce => Fault is null;

    public bool IsThis(Fault waiting) => Fault is not null && waiting.Kind == Fault.Kind && (waiting.Kind != FaultKind.Status || waiting.Status == Fault.Status);
}

internal static class Troubles
{
    public static readonly IReadOnlyList<Trouble> All =
    [
        new("429", "Answer 429, retry after 2 s", Icons.Clock, new Fault { Vendor = "", Kind = FaultKind.Status, Status = 429, RetryAfter = 2 }),
        new("503", "Fail with 503", Icons.Bolt, new Fault { Vendor = "", Kind = FaultKind.Status, Status = 503 }),
        new("slow", "Answer after 8 s", Icons.Clock, new Fault { Vendor = "", Kind = FaultKind.Slow, Delay = TimeSpan.FromSeconds(8) }),
        new("cut", "Cut the answer in half", Icons.Cut, new Fault { Vendor = "", Kind = FaultKind.Cut }),
        new("expire", "Expire access tokens", Icons.Key, null),
        new("rotate", "Refresh tokens work once", Icons.Key, null),
        new("drop", "Drop a scope", Icons.Shield, null),
        new("revoke", "Revoke every grant", Icons.Shield, null),
    ];
}
