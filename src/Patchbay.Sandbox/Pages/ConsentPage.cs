namespace Patchbay.Sandbox.Pages;

/// <summary>What a consent page shows, whoever the vendor is.</summary>
internal sealed record ConsentView
{
    public required string Vendor { get; init; }
    public required Html Glyph { get; init; }
    public required string AppName { get; init; }

    /// <summary>The host a person would see in the address bar.</summary>
    public required string Host { get; init; }

    /// <summary>Where the form is posted.</summary>
    public required string Action { get; init; }

    /// <summary>The one-use id of this page.</summary>
    public required string RequestId { get; init; }

    /// <summary>Origin that the answer will be redirected to.</summary>
    public required string LeadsTo { get; init; }

    public required IReadOnlyList<ConsentAccount> Accounts { get; init; }
    public required IReadOnlyList<ConsentPermission> Permissions { get; init; }

    /// <summary>One sentence below the accounts.</summary>
    public required string Note { get; init; }

    /// <summary>What of the account the app may see, where the vendor lets a person pick; empty elsewhere.</summary>
    public IReadOnlyList<ConsentChoice> Choices { get; init; } = [];

    /// <summary>Heading of <see cref="Choices"/>.</summary>
    public string ChoicesTitle { get; init; } = "";

    /// <summary>What a vendor in trouble may answer instead.</summary>
    public required IReadOnlyList<(string Decision, string Label)> Troubles { get; init; }
}

/// <param name="Id">Posted back as <c>account</c>.</param>
/// <param name="Name">A person.</param>
/// <param name="Detail">Address or workspace.</param>
internal sealed record ConsentAccount(string Id, string Name, string Detail);

/// <param name="Scope">The raw scope; posted back as <c>scope</c> when tickable.</param>
/// <param name="Sentence">What it allows, in plain words.</param>
/// <param name="Class">Reads, writes, broad or identity.</param>
/// <param name="Tickable">A person may leave it out.</param>
/// <param name="Label">Why it stands apart: for instance that it acts as the person. May be empty.</param>
internal sealed record ConsentPermission(string Scope, string Sentence, ScopeClass Class, bool Tickable, string Label = "");

/// <param name="Id">Posted back as <c>choice</c> when ticked.</param>
/// <param name="Name">Such as a page's title.</param>
/// <param name="Detail">Where it lies.</param>
/// <param name="Ticked">At first.</param>
internal sealed record ConsentChoice(string Id, string Name, string Detail, bool Ticked);

internal enum ScopeClass
{
    Identity,
    Read,
    Write,
    Broad,
}

/// <summary>The page on which a person says yes or no. A plain form; the script only keeps the button's count honest.</summary>
internal static class ConsentPage
{
    public static Page Of(ConsentView view)
    {
        var tickable = view.Permissions.Count(p => p.Tickable);
        return new Page
        {
            Title = $"Let {view.AppName} into {view.Vendor}",
            Imitates = view.Vendor,
            FormLeadsTo = view.LeadsTo,
            Layout = "centred",
            Body = Html.Of($"""
                <main class="consent">
                <form method="post" action="{view.Action}" class="card consent-card" data-consent>
                <input type="hidden" name="request" value="{view.RequestId}">
                <header class="consent-head">
                <div class="wired"><span class="jack">{view.Glyph}<b>{view.Vendor}</b></span>{Icons.Cable}<span class="jack">{Icons.Patchbay}<b>{view.AppName}</b></span></div>
                <p class="through">Signs in through <code>{view.Host}</code></p>
                </header>
                <h1 class="sr">{view.AppName} asks for access to {view.Vendor}</h1>
                <div class="consent-body">
                <fieldset class="accounts">
                <legend><h2>Choose an account</h2></legend>
                {view.Accounts.Select((account, index) => Account(account, index == 0))}
                <p class="meta">{view.Note}</p>
                </fieldset>
                <section class="permissions" aria-labelledby="wants">
                <div class="permissions-head"><h2 id="wants">{view.AppName} wants to</h2>{Html.If(tickable > 1, $"""<button type="button" class="link" data-tick-all hidden>Tick all</button>""")}</div>
                <ul>{view.Permissions.Select(Permission)}</ul>
                {Html.If(view.Choices.Count > 0, $"""<fieldset class="choices"><legend><h2>{view.ChoicesTitle}</h2></legend><input type="hidden" name="choosing" value="1"><ul>{view.Choices.Select(Choice)}</ul></fieldset>""")}
                {Html.If(tickable > 0, $"""<p class="notice warn" data-unticked hidden>{Icons.Alert}<span><b data-unticked-count></b> What needs it will ask again later and will not work until then.</span></p>""")}
                </section>
                </div>
                <footer class="consent-foot">
                <p class="meta">You can withdraw this at any time.</p>
                <div class="actions"><button name="decision" value="deny" class="button">Deny</button><button name="decision" value="allow" class="button primary" data-allow>Allow</button></div>
                </footer>
                <div class="trouble-row" role="group" aria-label="Answer as a vendor in trouble">
                {Icons.Bug}<span>Or answer as a vendor in trouble:</span>
                {view.Troubles.Select(trouble => Html.Of($"""<button name="decision" value="{trouble.Decision}" class="button small">{trouble.Label}</button>"""))}
                </div>
                </form>
                </main>
                """),
        };
    }

    private static Html Account(ConsentAccount account, bool chosen) => Html.Of($"""
        <label class="account"><span class="face" aria-hidden="true">{Initials(account.Name)}</span><span class="who"><b>{account.Name}</b><span>{account.Detail}</span></span><input type="radio" name="account" value="{account.Id}"{(chosen ? Html.Of($" checked") : Html.Empty)}></label>
        """);

    private static Html Choice(ConsentChoice choice) => Html.Of($"""
        <li><label class="permission"><input type="checkbox" name="choice" value="{choice.Id}"{(choice.Ticked ? Html.Of($" checked") : Html.Empty)}><span class="what"><b>{choice.Name}</b><span>{choice.Detail}</span></span></label></li>
        """);

    private static Html Permission(ConsentPermission permission)
    {
        var words = Html.Of($"""<span class="what"><b>{permission.Sentence}</b>{Html.If(permission.Label.Length > 0, $"""<span>{permission.Label}</span>""")}<code>{permission.Scope}</code></span>""");
        return permission.Tickable
            ? Html.Of($"""<li><label class="permission"><input type="checkbox" name="scope" value="{permission.Scope}" checked>{words}{Badge(permission.Class)}</label></li>""")
            : Html.Of($"""<li><div class="permission"><span class="class-icon">{Icon(permission.Class)}</span>{words}{Badge(permission.Class)}</div></li>""");
    }

    private static Html Badge(ScopeClass scopeClass) => scopeClass switch
    {
        ScopeClass.Identity => Html.Of($"""<span class="badge">Identity</span>"""),
        ScopeClass.Read => Html.Of($"""<span class="badge">Reads</span>"""),
        ScopeClass.Write => Html.Of($"""<span class="badge accent">Writes</span>"""),
        _ => Html.Of($"""<span class="badge warn">Broad</span>"""),
    };

    private static Html Icon(ScopeClass scopeClass) => scopeClass switch
    {
        ScopeClass.Identity => Icons.Person,
        ScopeClass.Read => Icons.Eye,
        ScopeClass.Write => Icons.Pencil,
        _ => Icons.Shield,
    };

    public static string Initials(string name) =>
        string.Concat(name.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(2).Select(word => char.ToUpperInvariant(word[0])));
}
