using Patchbay.Sandbox.Control;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Vendors;

namespace Patchbay.Sandbox.Pages;

/// <summary>/world/: the list of worlds, each world, what a person may do in them, and the live feed.</summary>
internal sealed class WorldEndpoints(VendorList vendors, FormGuard guard, Worlds worlds, Faults faults, GrantFaults grantFaults, LiveFeed live, IHostApplicationLifetime lifetime)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (RequestDelegate)(context =>
        {
            context.Response.Redirect("/world/");
            return Task.CompletedTask;
        }));
        routes.MapGet("/world/", (RequestDelegate)IndexAsync);
        routes.MapGet("/world/events", (RequestDelegate)(context => live.StreamAsync(context, lifetime.ApplicationStopping)));
        routes.MapPost("/world/reset", (RequestDelegate)ResetAsync);
        foreach (var vendor in vendors.All)
        {
            if (vendor.World is not { } world)
                continue;
            routes.MapGet($"/world/{world.Slug}", world.Show);
            routes.MapPost($"/world/{world.Slug}/trouble", (RequestDelegate)(context => ActAsync(context, (inner, form) => TroubleAsync(inner, form, vendor))));
            foreach (var (name, action) in world.Actions)
                routes.MapPost($"/world/{world.Slug}/{name}", (RequestDelegate)(context => ActAsync(context, action)));
        }
    }

    private async Task ActAsync(HttpContext context, Func<HttpContext, IFormCollection, Task> action)
    {
        var form = await Forms.ReadAsync(context);
        if (guard.Allows(context.Request, form))
            await action(context, form);
        else
            await RefuseAsync(context);
    }

    private Task ResetAsync(HttpContext context) => ActAsync(context, (inner, _) =>
    {
        worlds.Reset();
        faults.Clear();
        return BackAsync(inner);
    });

    private Task TroubleAsync(HttpContext context, IFormCollection form, IVendor vendor)
    {
        switch (Troubles.All.FirstOrDefault(trouble => trouble.Id == form["kind"].ToString()))
        {
            case { Fault: { } fault }:
                faults.Add(fault with { Vendor = vendor.Name });
                break;
            case { Id: "expire" }:
                grantFaults.ExpireTokens(vendor.Name);
                break;
            case { Id: "revoke" }:
                grantFaults.Revoke(vendor.Name);
                break;
            case { Id: "rotate" }:
                grantFaults.RotateStrictly(vendor.Name, !grantFaults.RotatesStrictly(vendor.Name));
                break;
            case { Id: "drop" } when form["scope"].ToString() is { Length: > 0 } scope:
                grantFaults.DropScope(vendor.Name, scope);
                break;
        }

        live.Changed(vendor.Name);
        return BackAsync(context);
    }

    /// <summary>To the world page the form was on; the address is rebuilt, never taken over as it came.</summary>
    private static Task BackAsync(HttpContext context)
    {
        var from = context.Request.Headers.Referer.ToString();
        var back = Uri.TryCreate(from, UriKind.Absolute, out var page) && page.AbsolutePath.StartsWith("/world/", StringComparison.Ordinal) ? page.PathAndQuery : "/world/";
        context.Response.Redirect(back);
        return Task.CompletedTask;
    }

    private static Task RefuseAsync(HttpContext context) => ErrorPage.Of(
        "a vendor", Icons.Patchbay, StatusCodes.Status403Forbidden, "That form came from elsewhere", "form_refused",
        "The page was opened before the sandbox was restarted, or another site posted it. Open the world again.").WriteAsync(context);

    private Task IndexAsync(HttpContext context) => new Page
    {
        Title = "Worlds",
        Imitates = "a real vendor",
        ResetToken = guard.Token,
        Layout = "plain",
        Body = Html.Of($"""
            <main class="index">
            <h1>Worlds</h1>
            <p class="lead">What your flows reach when they run against the sandbox. Each world shows the effect as its user would see it, while it happens.</p>
            <ul class="worlds">{vendors.All.Select(vendor => vendor.World).OfType<WorldPage>().Select(world => Html.Of($"""
            <li><a class="card world" href="/world/{world.Slug}">{world.Glyph}<span><b>{world.Title}</b><span>{world.Summary}</span></span></a></li>
            """))}</ul>
            </main>
            """),
    }.WriteAsync(context);
}
