using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Drive;

namespace Patchbay.Sandbox.Vendors.Google.Slides;

/// <summary>/world/slides: the presentations in everybody's Drive, one below the other as slides.</summary>
internal sealed class SlidesPage(SlidesStore decks, DriveFiles files, GoogleAccounts accounts, Store store, WorldShell shell)
{
    private const int MostSlides = 60;

    private static readonly Html Tile = Html.Of($"""
        <svg class="glyph tile slides" viewBox="0 0 32 32" aria-hidden="true"><rect x=".5" y=".5" width="31" height="31" rx="8"/><path d="M8 10h16v10.5H8zM16 20.5v3M12.5 23.5h7"/></svg>
        """);

    private static readonly Html DeckIcon = Html.Of($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 5h16v11H4zM12 16v3.5M8.5 19.5h7"/></svg>""");

    public WorldPage Page => new(SlidesStore.Slug, "Google Slides", "Presentations, slide by slide, with what a flow put on them.", Tile, ShowAsync)
    {
        Actions = new Dictionary<string, Func<HttpContext, IFormCollection, Task>> { ["add"] = AddAsync },
    };

    private Task ShowAsync(HttpContext context)
    {
        var all = files.All().Where(file => file.MimeType == DriveMime.Presentation && !file.Trashed).OrderByDescending(file => file.Modified).ThenBy(file => file.Name, StringComparer.Ordinal).ToList();
        var file = all.FirstOrDefault(one => one.Id == context.Request.Query["presentation"].ToString()) ?? all.FirstOrDefault();
        var deck = file is not null && decks.Get(file.Id) is { } stored ? new SlideDeck(stored) : null;
        return shell.Of(new WorldView
        {
            Vendor = GoogleOAuth.Vendor,
            Imitates = "Google Slides",
            Slug = SlidesStore.Slug,
            Style = "slides.css",
            Hosts = [SlidesVendor.Host, SlidesVendor.PictureHost, "oauth2.googleapis.com", GoogleOAuth.Host],
            Title = file is null ? "Slides" : $"{file.Name} in Slides",
            Side = Html.Of($"""
                <aside class="side" aria-label="Presentations" data-live="side">
                <div class="side-head">{Tile}<span><b>Google Slides</b><span>Everybody's presentations</span></span></div>
                <nav aria-label="Presentations"><h2>Presentations</h2><ul>{all.Take(60).Select(one => Html.Of($"""
                <li><a href="/world/slides?presentation={one.Id}"{(one.Id == file?.Id ? Html.Of($""" aria-current="page" """) : Html.Empty)}>{DeckIcon}<span class="name">{one.Name}</span></a></li>
                """))}</ul></nav>
                <nav aria-label="Other places"><h2>Elsewhere</h2><ul><li><a href="/world/">{Icons.Back}<span class="name">All worlds</span></a></li></ul></nav>
                </aside>
                """),
            Middle = file is null || deck is null
                ? Html.Of($"""<header class="middle-head"><h1>Slides</h1></header><p class="empty letter">There is no presentation. One that a flow makes shows up here.</p>""")
                : Middle(file, deck),
        }).WriteAsync(context);
    }

    private Html Middle(DriveFile file, SlideDeck deck) => Html.Of($"""
        <header class="middle-head" data-live="head"><h1>{file.Name}</h1><p class="meta">of {accounts.Get(file.Owner)?.Name ?? "somebody"} · {deck.Slides.Count} {(deck.Slides.Count == 1 ? "slide" : "slides")} · {file.Modified.ToString("d MMM HH:mm", CultureInfo.InvariantCulture)}</p></header>
        <details class="new-event"><summary class="button small primary">New slide</summary>
        <form method="post" action="/world/slides/add">{shell.GuardField}<input type="hidden" name="presentation" value="{file.Id}">
        <label class="wide">Title<input name="title" required maxlength="200" autocomplete="off"></label><label class="wide">Text<input name="body" maxlength="1000" autocomplete="off"></label><button class="button primary">Add</button></form></details>
        <div class="scroll" tabindex="0" role="region" aria-label="Slides"><ol class="deck" data-live="deck">{deck.Slides.OfType<JsonObject>().Take(MostSlides).Select((slide, index) => Slide(slide, index + 1))}</ol></div>
        """);

    private static Html Slide(JsonObject slide, int number)
    {
        var notes = SlideDeck.Notes(slide) is { } page ? SlideDeck.Text(page) : "";
        return Html.Of($"""
            <li><span class="number" aria-hidden="true">{number}</span><figure><svg class="slide" viewBox="0 0 720 405" role="img" aria-label="Slide {number}: {SlideDeck.Text(slide)}"><rect class="paper" width="720" height="405"/>{SlideBox.Of(slide).Select(Box)}</svg>
            <figcaption><code>{slide.Text("objectId")}</code>{Html.If(notes.Length > 0, $"<p>{notes}</p>")}</figcaption></figure></li>
            """);
    }

    private static Html Box(SlideBox box)
    {
        var (x, y, width, height) = (Text(box.X), Text(box.Y), Text(Math.Max(box.Width, 1)), Text(Math.Max(box.Height, 1)));
        var frame = box.Kind switch
        {
            "text" when box.Fill is null => box.Lines.Count == 0 ? Html.Of($"""<rect class="hollow" x="{x}" y="{y}" width="{width}" height="{height}"/>""") : Html.Empty,
            "line" => Html.Of($"""<line class="stroke" x1="{x}" y1="{y}" x2="{Text(box.X + box.Width)}" y2="{Text(box.Y + box.Height)}"/>"""),
            _ when box.Fill is not null => Html.Of($"""<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{box.Fill}"/>"""),
            _ => Html.Of($"""<rect class="{box.Kind}" x="{x}" y="{y}" width="{width}" height="{height}"/>"""),
        };
        var left = Text(box.Centered ? box.X + (box.Width / 2) : box.X + 7);
        var ink = box.Ink is null ? Html.Empty : Html.Of($""" fill="{box.Ink}" """);
        return Html.Of($"""{frame}{box.Lines.Take(30).Select((line, index) => Html.Of($"""<text class="{(box.Bold ? "bold" : "plain")}{(box.Centered ? " centred" : "")}" font-size="{Text(box.Size)}" x="{left}" y="{Text(box.Y + 4 + (box.Size * ((index * 1.3) + 1)))}"{ink}>{line}</text>"""))}""");
    }

    private static string Text(double number) => Math.Round(Math.Clamp(number, -10_000, 10_000), 1).ToString(CultureInfo.InvariantCulture);

    private Task AddAsync(HttpContext context, IFormCollection form)
    {
        var id = form["presentation"].ToString();
        if (files.Get(id) is { MimeType: DriveMime.Presentation } file && accounts.Get(file.Owner) is { } owner)
            store.Atomic(() =>
            {
                if (decks.Get(id) is not { } stored)
                    return;
                var deck = new SlideDeck(stored);
                SlidesSeed.Add(deck, deck.NewId(), "TITLE_AND_BODY", form["title"].ToString(), form["body"].ToString());
                decks.Put(deck.Changed());
                files.Touch(file, owner);
            });
        context.Response.Redirect($"/world/slides?presentation={Uri.EscapeDataString(id)}");
        return Task.CompletedTask;
    }
}
