namespace Patchbay.Sandbox.Pages;

/// <summary>A vendor's refusal that must not travel through a redirect, because the redirect itself cannot be trusted.</summary>
internal static class ErrorPage
{
    /// <param name="imitates">The vendor's name.</param>
    /// <param name="glyph">Its tile.</param>
    /// <param name="status">HTTP status the vendor answers with.</param>
    /// <param name="heading">One sentence.</param>
    /// <param name="code">The vendor's own error code.</param>
    /// <param name="detail">What was wrong, in the vendor's manner.</param>
    public static Page Of(string imitates, Html glyph, int status, string heading, string code, string detail) => new()
    {
        Title = heading,
        Imitates = imitates,
        Status = status,
        Layout = "centred",
        Body = Html.Of($"""
            <main class="card refusal">
            <div class="refusal-head">{glyph}<h1>{heading}</h1></div>
            <p class="lead">{imitates} stopped here and sent nobody anywhere: the request itself is wrong, so its return address cannot be trusted.</p>
            <dl class="facts"><div><dt>Error</dt><dd><code>{code}</code></dd></div><div><dt>Detail</dt><dd>{detail}</dd></div></dl>
            <p class="meta">Whoever built the app that sent you here can repair this. Nothing was granted.</p>
            </main>
            """),
    };
}
