using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Slides.Requests;

/// <summary>Slides as a whole: made, copied, moved, deleted.</summary>
internal static class PageRequests
{
    public static IEnumerable<KeyValuePair<string, Func<SlideRequest, JsonObject>>> All =>
    [
        new("createSlide", Create),
        new("updateSlidesPosition", Move),
        new("deleteObject", Delete),
        new("duplicateObject", Duplicate),
    ];

    private static JsonObject Create(SlideRequest request)
    {
        var id = request.NewId();
        var reference = request.Body["slideLayoutReference"] as JsonObject;
        JsonObject layout;
        if (reference.Text("layoutId") is { Length: > 0 } layoutId)
            layout = request.Deck.Page(layoutId) is { } page && page.Text("pageType") == "LAYOUT" ? page : throw request.Refuse($"The layout ({layoutId}) could not be found.");
        else
            layout = request.Deck.Layout(reference.Text("predefinedLayout") is { Length: > 0 } named and not "PREDEFINED_LAYOUT_UNSPECIFIED"
                ? DeckTemplate.Knows(named) ? named : throw request.Refuse($"The predefined layout ({named}) is not present in the current master.")
                : "BLANK");

        var index = request.Body.Number("insertionIndex") ?? request.Deck.Slides.Count;
        if (index < 0 || index > request.Deck.Slides.Count)
            throw request.Refuse($"The insertion index ({index}) should be between 0 and the number of slides ({request.Deck.Slides.Count}).");
        var mappings = (request.Body["placeholderIdMappings"] as JsonArray ?? []).OfType<JsonObject>().ToList();
        var used = new HashSet<string> { id };
        foreach (var mapping in mappings)
        {
            var wanted = mapping.Text("objectId") ?? "";
            if (request.Deck.Problem(wanted) is { } problem)
                throw request.Refuse(problem);
            if (!used.Add(wanted))
                throw request.Refuse($"The object ID ({wanted}) should be unique among all pages and page elements in the presentation.");
            if (!layout["pageElements"]!.AsArray().OfType<JsonObject>().Any(place => Fits(mapping, place)))
                throw request.Refuse("A placeholder mapping names a placeholder that the layout does not have.");
        }

        request.Deck.AddSlide(id, layout, index, place => mappings.FirstOrDefault(mapping => Fits(mapping, place)).Text("objectId"));
        return new JsonObject { ["objectId"] = id };
    }

    private static bool Fits(JsonObject mapping, JsonObject place)
    {
        if (mapping.Text("layoutPlaceholderObjectId") is { Length: > 0 } id)
            return place.Text("objectId") == id;
        var (wanted, has) = (mapping["layoutPlaceholder"], place["shape"]?["placeholder"]);
        if (wanted.Text("type") is not { } type)
            return false;
        // A title may be asked for on the layout whose title is centred; an index is counted among those of a type.
        var same = has.Text("type") == type || (type == "TITLE" && has.Text("type") == "CENTERED_TITLE");
        var peers = (place.Parent as JsonArray ?? []).OfType<JsonObject>().Where(other => (other["shape"]?["placeholder"]).Text("type") == has.Text("type")).ToList();
        return same && (peers.IndexOf(place) == (wanted.Number("index") ?? 0) || (wanted.Number("index") is { } index && index == (has.Number("index") ?? 0) && index >= peers.Count));
    }

    private static JsonObject Move(SlideRequest request)
    {
        var ids = request.Body.Texts("slideObjectIds");
        var slides = request.Deck.Slides.OfType<JsonObject>().ToList();
        if (ids.Count == 0 || ids.FirstOrDefault(id => slides.All(slide => slide.Text("objectId") != id)) is not null)
            throw request.Refuse("The slides to move could not be found.");
        var index = request.Body.Number("insertionIndex") ?? 0;
        if (index < 0 || index > slides.Count)
            throw request.Refuse($"The insertion index ({index}) should be between 0 and the number of slides ({slides.Count}).");
        var moved = slides.Where(slide => ids.Contains(slide.Text("objectId")!)).ToList();
        var before = slides.Take(index).Except(moved).ToList();
        var after = slides.Skip(index).Except(moved).ToList();
        request.Deck.Slides.Clear();
        foreach (var slide in before.Concat(moved).Concat(after))
            request.Deck.Slides.Add((JsonNode)slide);
        return [];
    }

    private static JsonObject Delete(SlideRequest request)
    {
        var id = request.Body.Text("objectId") ?? "";
        if (request.Deck.Slides.OfType<JsonObject>().FirstOrDefault(slide => slide.Text("objectId") == id) is { } page)
        {
            request.Deck.Slides.Remove(page);
            return [];
        }

        var (element, list, _) = request.Element();
        list.Remove(element);
        // A group of one is no group.
        foreach (var (group, outer, _) in request.Deck.All().Where(one => one.Element["elementGroup"]?["children"] is JsonArray { Count: < 2 }).ToList())
        {
            var children = group["elementGroup"]!["children"]!.AsArray();
            outer.Remove(group);
            if (children.Count == 1)
                outer.Add(children[0]!.DeepClone());
        }

        return [];
    }

    private static JsonObject Duplicate(SlideRequest request)
    {
        var id = request.Body.Text("objectId") ?? "";
        var named = request.Body["objectIds"] as JsonObject;
        var slide = request.Deck.Slides.OfType<JsonObject>().FirstOrDefault(one => one.Text("objectId") == id);
        var (source, list) = slide is not null ? (slide, request.Deck.Slides) : request.Element() is var found ? (found.Element, found.List) : default;
        var copy = (JsonObject)source.DeepClone();
        var taken = new HashSet<string>();
        Rename(copy);
        list.Insert(list.IndexOf(source) + 1, copy);
        return new JsonObject { ["objectId"] = copy.Text("objectId") };

        void Rename(JsonObject node)
        {
            if (node.Text("objectId") is { } old)
            {
                var fresh = named.Text(old) ?? request.Deck.NewId();
                if (request.Deck.Problem(fresh) is { } problem)
                    throw request.Refuse(problem);
                if (!taken.Add(fresh))
                    throw request.Refuse($"The object ID ({fresh}) should be unique among all pages and page elements in the presentation.");
                node["objectId"] = fresh;
                if (node["notesProperties"] is JsonObject notes && named.Text(notes.Text("speakerNotesObjectId") ?? "") is null)
                    notes.Remove("speakerNotesObjectId");
            }

            foreach (var child in (node["pageElements"] as JsonArray ?? []).Concat(node["elementGroup"]?["children"] as JsonArray ?? []).OfType<JsonObject>())
                Rename(child);
            if (SlideDeck.Notes(node) is { } page)
            {
                Rename(page);
                page["notesProperties"] = new JsonObject { ["speakerNotesObjectId"] = (page["pageElements"] as JsonArray)?.FirstOrDefault().Text("objectId") };
            }
        }
    }
}
