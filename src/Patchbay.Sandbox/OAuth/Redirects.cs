using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.OAuth;

/// <summary>The way back from a consent page.</summary>
internal static class Redirects
{
    /// <summary>Sends the browser to a registered address with parameters; empty ones are left out.</summary>
    public static void Send(HttpContext context, string address, params ReadOnlySpan<(string Name, string Value)> parameters)
    {
        var target = address;
        foreach (var (name, value) in parameters)
        {
            if (value.Length > 0)
                target += $"{(target.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{name}={Uri.EscapeDataString(value)}";
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Redirect(target);
    }

    /// <summary>What form-action must name so that a browser follows the answer: an origin, or a bare scheme for apps on a device.</summary>
    public static string Origin(string address)
    {
        var uri = new Uri(address, UriKind.Absolute);
        return uri.Scheme is "http" or "https" ? $"{uri.Scheme}://{uri.IdnHost}{(uri.IsDefaultPort ? "" : ":" + uri.Port)}" : uri.Scheme + ":";
    }

    /// <summary>The vendor that never sends anybody back.</summary>
    public static Task SilenceAsync(HttpContext context, string vendor, Html glyph) => new Page
    {
        Title = "Nothing more happens",
        Imitates = vendor,
        Layout = "centred",
        Body = Html.Of($"""
            <main class="card refusal"><div class="refusal-head">{glyph}<h1>Nothing more happens here</h1></div>
            <p class="lead">You asked for a {vendor} that never returns. The app that sent you is still waiting, and should stop by itself.</p></main>
            """),
    }.WriteAsync(context);
}
