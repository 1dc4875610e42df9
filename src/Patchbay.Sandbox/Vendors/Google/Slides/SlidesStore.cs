using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Google.Slides;

/// <summary>Presentations in the store, and the thumbnails that were handed out.</summary>
internal sealed class SlidesStore(Store store, LiveFeed live)
{
    public const string Slug = "slides";
    private readonly Collection<StoredDeck> decks = new(store, "slides.deck");
    private readonly Collection<SlideThumbnailLink> thumbnails = new(store, "slides.thumbnail");

    public bool Empty => !decks.Any();

    public void Clear()
    {
        decks.Clear();
        thumbnails.Clear();
    }

    public StoredDeck? Get(string id) => decks.Get(id);

    /// <summary>A presentation as a new one begins: with one title slide.</summary>
    public StoredDeck Create(string id, bool withTitleSlide = true)
    {
        var deck = new SlideDeck(new StoredDeck(id, 0, DeckTemplate.Content()));
        if (withTitleSlide)
            deck.AddSlide("p_first", deck.Layout("TITLE"), 0, place => "i" + place.Parent!.AsArray().IndexOf(place) + "_first");
        return Put(deck.Changed());
    }

    public StoredDeck Put(StoredDeck deck)
    {
        decks.Put(deck.Id, deck);
        live.Changed(Slug);
        return deck;
    }

    public void Delete(string id)
    {
        decks.Delete(id);
        live.Changed(Slug);
    }

    /// <summary>A link that works without a token; only its hash is kept.</summary>
    public string Link(SlideThumbnailLink thumbnail)
    {
        var key = Secrets.New("thumb");
        thumbnails.Put(Secrets.Hash(key), thumbnail);
        return key;
    }

    public SlideThumbnailLink? Linked(string key) => thumbnails.Get(Secrets.Hash(key));
}
