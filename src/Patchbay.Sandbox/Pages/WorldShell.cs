using System.Globalization;
using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Pages;

/// <summary>What a world page fills into the shell.</summary>
internal sealed record WorldView
{
    public required string Vendor { get; init; }

    /// <summary>Name for people: "Slack".</summary>
    public required string Imitates { get; init; }

    public required string Slug { get; init; }
    public required IReadOnlyList<string> Hosts { get; init; }
    public required string Title { get; init; }

    /// <summary>A style sheet of its own: a file of Assets.</summary>
    public string? Style { get; init; }

    /// <summary>Left column.</summary>
    public required Html Side { get; init; }

    /// <summary>Middle column, with the page's h1.</summary>
    public required Html Middle { get; init; }
}

/// <summary>The frame of every world: its content, a margin to make trouble in, and the calls as they come.</summary>
internal sealed class WorldShell(Faults faults, GrantFaults grants, RequestLog log, FormGuard guard)
{
    public string Guard => guard.Token;

    public Page Of(WorldView view) => new()
    {
        Title = view.Title,
        Imitates = view.Imitates,
        Layout = "world-page",
        Style = view.Style,
        ResetToken = guard.Token,
        Body = Html.Of($"""
            <div class="app">
            {view.Side}
            <main class="middle">{view.Middle}</main>
            <aside class="margin" aria-label="Trouble and calls">
            <section aria-labelledby="trouble"><h2 id="trouble">Make trouble</h2><div data-live="trouble">{Troubles.All.Select(trouble => Row(view, trouble))}</div></section>
            <section aria-labelledby="calls"><div class="calls-head"><h2 id="calls">Calls</h2><span class="live off" data-lamp>Not live</span></div><div data-live="calls">{Calls(view)}</div></section>
            </aside>
            </div>
            """),
    };

    /// <summary>A hidden guard field for a form of a world.</summary>
    public Html GuardField => Html.Of($"""<input type="hidden" name="guard" value="{guard.Token}">""");

    private Html Row(WorldView view, Trouble trouble)
    {
        if (trouble.Id == "drop")
            return DropRow(view, trouble);
        var rotates = trouble.Id == "rotate" && grants.RotatesStrictly(view.Vendor);
        var does = trouble switch { { Id: "rotate" } => rotates ? "Turn off" : "Turn on", { AtOnce: true } => "Do it", _ => "Arm" };
        var waiting = faults.Waiting(view.Vendor).Where(trouble.IsThis).Sum(fault => fault.Times);
        return Html.Of($"""
            <form class="trouble" method="post" action="/world/{view.Slug}/trouble">{GuardField}<input type="hidden" name="kind" value="{trouble.Id}">{trouble.Icon}<span class="name">{trouble.Label}</span>{Html.If(waiting > 0, $"""<span class="badge warn">next {waiting}</span>""")}{Html.If(rotates, $"""<span class="badge warn">on</span>""")}<button class="button small" aria-label="{does}: {trouble.Label}">{does}</button></form>
            """);
    }

    /// <summary>Nothing while no app is connected: there is no scope to take away then.</summary>
    private Html DropRow(WorldView view, Trouble trouble)
    {
        var scopes = grants.Granted(view.Vendor);
        return Html.If(scopes.Count > 0, $"""
            <form class="trouble" method="post" action="/world/{view.Slug}/trouble">{GuardField}<input type="hidden" name="kind" value="{trouble.Id}">{trouble.Icon}<select class="name" name="scope" aria-label="Scope to drop">{scopes.Select(scope => Html.Of($"""<option value="{scope}">{Short(scope)}</option>"""))}</select><button class="button small" aria-label="Drop this scope">Drop</button></form>
            """);
    }

    /// <summary>The part of a scope that tells it apart: what follows the last slash of an address.</summary>
    private static string Short(string scope) => scope.StartsWith("https://", StringComparison.Ordinal) ? scope[(scope.LastIndexOf('/') + 1)..] : scope;

    private Html Calls(WorldView view)
    {
        var newest = log.Newest(view.Hosts, 14);
        return newest.Count == 0
            ? Html.Of($"""<p class="empty">Nothing has called {view.Imitates} since the sandbox started. A flow that runs in the sandbox shows up here.</p>""")
            : Html.Of($"""<ul>{newest.Select(Call)}</ul>""");
    }

    private static Html Call(RequestLine line)
    {
        // The part that tells calls apart; the whole address is in the title.
        var name = line.Path.Replace("/api/", "", StringComparison.Ordinal).Replace("/gmail/v1/users/me", "", StringComparison.Ordinal);
        var look = line.Status is >= 200 and < 400 ? "ok" : "bad";
        return Html.Of($"""
            <li class="call"><time>{line.At.ToString("HH:mm:ss", CultureInfo.InvariantCulture)}</time><code title="{line.Method} {line.Host}{line.Path}">{name}</code><span class="badge {look} mono">{(line.Status == 0 ? "cut" : line.Status.ToString(CultureInfo.InvariantCulture))}</span></li>
            """);
    }
}
