using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Google.Drive;
using Patchbay.Sandbox.Vendors.Google.Slides.Requests;

namespace Patchbay.Sandbox.Vendors.Google.Slides;

/// <summary>Two presentations of Northwind: a review of the quarter, and a template with words in braces to be replaced.</summary>
internal static class SlidesSeed
{
    public static void Plant(DriveFiles files, SlidesStore decks, GoogleAccounts accounts)
    {
        var id = DriveSeed.Id("slides/review");
        if (!decks.Empty || files.Get(DriveSeed.Operations) is null || accounts.ByEmail("mara@northwind.example") is not { } mara)
            return;
        Write(files, decks, mara, "Spring review", id,
            ("TITLE", "Spring review", "Northwind, May 2026"),
            ("TITLE_AND_BODY", "What went well", "75 crates of oat in four weeks\nDock 2 is open again\nComplaints answered within a day"),
            ("TITLE_AND_BODY", "What comes next", "Hazelnut in smaller crates\nA second tour on Thursdays"));
        Write(files, decks, mara, "Customer report (template)", DriveSeed.Id("slides/template"),
            ("TITLE", "{{customer}}", "Report for {{month}}"),
            ("TITLE_AND_BODY", "In numbers", "Crates delivered: {{crates}}\nTotal: {{total}}"));
    }

    private static void Write(DriveFiles files, SlidesStore decks, GoogleAccount owner, string title, string id, params (string Layout, string Title, string Body)[] slides)
    {
        files.Create(owner, title, DriveMime.Presentation, DriveSeed.Operations, id: id);
        var deck = new SlideDeck(decks.Create(id, withTitleSlide: false));
        foreach (var (index, slide) in slides.Index())
            Add(deck, $"slide_{index + 1}", slide.Layout, slide.Title, slide.Body);
        decks.Put(deck.Changed());
    }

    /// <summary>A slide at the end with text in its first two placeholders. The world page uses it too.</summary>
    public static void Add(SlideDeck deck, string id, string layout, string title, string body)
    {
        var slide = deck.AddSlide(id, deck.Layout(layout), int.MaxValue, _ => null);
        foreach (var (holder, words) in slide["pageElements"]!.AsArray().OfType<JsonObject>().Select(element => element["shape"]!.AsObject()).Zip([title, body]))
        {
            var text = SlideText.Read(null);
            text.Insert(0, words);
            TextRequests.Put(holder, text);
        }
    }
}
