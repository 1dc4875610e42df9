namespace Patchbay.Server.Security;

/// <summary>The dashboard's one cookie. <c>__Host-</c> and Secure, but for plain http on loopback, where browsers refuse both.</summary>
internal sealed class SessionCookie(Uri publicUrl)
{
    private readonly bool _secure = publicUrl.Scheme == "https";

    public string Name => _secure ? "__Host-patchbay" : "patchbay_session";

    /// <summary>Ties an authorisation request to the browser that began it (see the vault's state rows).</summary>
    public string BindingName => _secure ? "__Host-patchbay-connect" : "patchbay_connect";

    public string? Read(HttpContext context) => context.Request.Cookies[Name];

    public void Set(HttpContext context, string session, TimeSpan life) => context.Response.Cookies.Append(Name, session, Options(life));

    public void Clear(HttpContext context) => context.Response.Cookies.Delete(Name, Options(null));

    public void SetBinding(HttpContext context, string binding) => context.Response.Cookies.Append(BindingName, binding, Options(TimeSpan.FromMinutes(10)));

    private CookieOptions Options(TimeSpan? life) =>
        new() { HttpOnly = true, Secure = _secure, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = life, IsEssential = true };
}
