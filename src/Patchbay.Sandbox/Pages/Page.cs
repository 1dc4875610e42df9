using System.Text;

namespace Patchbay.Sandbox.Pages;

/// <summary>One page: what stands in it and what its policy must allow.</summary>
internal sealed record Page
{
    public required string Title { get; init; }

    /// <summary>Whom the page looks like: "This is not Slack."</summary>
    public required string Imitates { get; init; }

    public required Html Body { get; init; }

    /// <summary>Extra classes of the body element.</summary>
    public string Layout { get; init; } = "";

    /// <summary>Where a form of this page may lead besides here. Chromium applies form-action to the redirect after a post as well.</summary>
    public string? FormLeadsTo { get; init; }

    /// <summary>A style sheet of its own beside the common one: a file of Assets.</summary>
    public string? Style { get; init; }

    public int Status { get; init; } = 200;

    /// <summary>Shows "Reset all worlds" in the band; carries the form's own token.</summary>
    public string? ResetToken { get; init; }

    public async Task WriteAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
            + $"form-action 'self'{(FormLeadsTo is null ? "" : " " + FormLeadsTo)}; base-uri 'none'; frame-ancestors 'none'";
        headers["Referrer-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        context.Response.StatusCode = Status;
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(Render().ToString(), Encoding.UTF8, context.RequestAborted);
    }

    private Html Render() => Html.Of($"""
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>{Title} · Patchbay sandbox</title>
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <link rel="icon" href="/_assets/icon.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/_assets/sandbox.css">
        {Html.If(Style is not null, $"""<link rel="stylesheet" href="/_assets/{Style}">""")}
        <script src="/_assets/sandbox.js" defer></script>
        </head>
        <body class="{Layout}">
        <aside class="band" aria-label="Sandbox notice">
        {Icons.Flask}<p><strong>Patchbay sandbox.</strong> <span>This is not {Imitates}. The accounts, people and data are made up.</span></p>
        {Html.If(ResetToken is not null, $"""<form method="post" action="/world/reset"><input type="hidden" name="guard" value="{ResetToken}"><button class="band-link">Reset all worlds</button></form>""")}
        </aside>
        {Body}
        </body>
        </html>
        """);
}
