using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;

namespace Patchbay.Sandbox.Vendors.Google.Slides.Requests;

/// <summary>One request of a batchUpdate, with its place in the batch for the words of a refusal.</summary>
/// <param name="Deck">What it changes.</param>
/// <param name="Kind">Such as createSlide.</param>
/// <param name="Body">What stands under that name.</param>
/// <param name="Index">From 0.</param>
/// <param name="SeesSheet">Whether the caller may read a spreadsheet, for charts.</param>
internal sealed record SlideRequest(SlideDeck Deck, string Kind, JsonObject Body, int Index, Func<string, bool> SeesSheet)
{
    public GoogleRefusalException Refuse(string message) => new(GoogleAnswer.Error(400, $"Invalid requests[{Index}].{Kind}: {message}", "badRequest", "INVALID_ARGUMENT"));

    /// <summary>The id the client wants for a new object, or a fresh one.</summary>
    public string NewId(string name = "objectId")
    {
        if (Body.Text(name) is not { Length: > 0 } id)
            return Deck.NewId();
        return Deck.Problem(id) is { } problem ? throw Refuse(problem) : id;
    }

    public (JsonObject Element, JsonArray List, JsonObject Page) Element(string name = "objectId")
    {
        var id = Body.Text(name) is { Length: > 0 } given ? given : throw Refuse($"{name} is required.");
        return Deck.Find(id) ?? throw Refuse($"The object ({id}) could not be found.");
    }

    public JsonObject Page(string name = "objectId")
    {
        var id = Body.Text(name) is { Length: > 0 } given ? given : throw Refuse($"{name} is required.");
        return Deck.Page(id) ?? throw Refuse($"The object ({id}) could not be found.");
    }

    public GoogleFields Fields() =>
        Body.Text("fields") is { Length: > 0 } mask ? GoogleFields.Parse(mask) ?? throw Refuse($"Invalid field: {mask}") : throw Refuse("At least one field must be listed in 'fields'.");

    /// <summary>Where a new element goes: page, size and transform.</summary>
    public JsonArray Place(JsonObject element, double width, double height)
    {
        var properties = Body["elementProperties"] as JsonObject;
        var id = properties.Text("pageObjectId") ?? throw Refuse("elementProperties.pageObjectId is required.");
        var page = Deck.Page(id) ?? throw Refuse($"The page ({id}) could not be found.");
        element["size"] = properties?["size"] is JsonObject size ? Emu(size) : DeckTemplate.Size(width, height);
        element["transform"] = properties?["transform"] is JsonObject transform ? Emu(transform) : DeckTemplate.Transform(0, 0);
        if (page["pageElements"] is not JsonArray list)
            page["pageElements"] = list = [];
        return list;
    }

    /// <summary>Points become EMU, the unit Slides answers in.</summary>
    public static JsonObject Emu(JsonObject given)
    {
        var shape = (JsonObject)given.DeepClone();
        if (shape.Text("unit") == "PT")
        {
            foreach (var name in (string[])["magnitude", "translateX", "translateY"])
            {
                if (shape[name] is not null)
                    shape[name] = PropertyRequests.Value(shape, name) * 12_700;
            }

            shape["unit"] = "EMU";
        }

        foreach (var name in (string[])["width", "height"])
        {
            if (shape[name] is JsonObject length)
                shape[name] = Emu(length);
        }

        return shape;
    }
}

/// <summary>All kinds of requests, by name.</summary>
internal static class SlideRequests
{
    private static readonly Dictionary<string, Func<SlideRequest, JsonObject>> All = new([.. PageRequests.All, .. ElementRequests.All, .. TextRequests.All, .. TableRequests.All, .. PropertyRequests.All]);

    public static IEnumerable<string> Kinds => All.Keys;

    public static JsonNode Run(SlideDeck deck, JsonNode? request, int index, Func<string, bool> seesSheet)
    {
        if (request is not JsonObject { Count: 1 } map)
            throw new GoogleRefusalException(GoogleAnswer.Error(400, $"Invalid requests[{index}]: Exactly one request must be set.", "badRequest", "INVALID_ARGUMENT"));
        var (kind, body) = map.First();
        if (!All.TryGetValue(kind, out var run))
            throw new GoogleRefusalException(GoogleAnswer.Error(400, $"Invalid JSON payload received. Unknown name \"{kind}\" at 'requests[{index}]': Cannot find field.", "badRequest", "INVALID_ARGUMENT"));
        var typed = new SlideRequest(deck, kind, body as JsonObject ?? [], index, seesSheet);
        try
        {
            var reply = run(typed);
            return reply.Count == 0 ? reply : new JsonObject { [kind] = reply };
        }
        catch (InvalidOperationException)
        {
            // A JSON tree throws this when text or a list stands where an object belongs.
            throw typed.Refuse("A member has a value of the wrong type.");
        }
    }
}
