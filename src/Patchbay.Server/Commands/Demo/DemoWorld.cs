using System.Text.Json.Nodes;

namespace Patchbay.Server.Commands.Demo;

/// <summary>The demo's app: eight ordinary entities with records to act on.</summary>
internal static class DemoWorld
{
    public const string AppName = "Help desk";

    public static IReadOnlyDictionary<string, JsonObject> Entities { get; } = new Dictionary<string, JsonObject>
    {
        ["Ticket"] = Schema("subject", ("subject", Text), ("body", Text), ("status", OneOf("open", "pending", "resolved", "closed")), ("priority", OneOf("low", "normal", "high", "urgent")), ("customer_email", Email)),
        ["Task"] = Schema("title", ("title", Text), ("status", OneOf("todo", "in_progress", "done")), ("priority", OneOf("low", "medium", "high")), ("assigned_to", Email), ("due_date", Date)),
        ["Booking"] = Schema("customer_name", ("customer_name", Text), ("customer_email", Email), ("service", Text), ("start_time", DateTime), ("end_time", DateTime)),
        ["Deal"] = Schema("name", ("name", Text), ("amount", Number), ("stage", OneOf("Lead", "Qualified", "Proposal", "Negotiation", "Closed Won", "Closed Lost")), ("close_date", Date), ("owner_email", Email)),
        ["Signup"] = Schema("email", ("email", Email), ("name", Text), ("source", Text)),
        ["Article"] = Schema("title", ("title", Text), ("body", Text), ("url", Url), ("status", OneOf("draft", "published")), ("published_at", DateTime)),
        ["Lead"] = Schema("name", ("name", Text), ("email", Email), ("company", Text), ("phone", Text), ("status", OneOf("new", "contacted", "qualified", "lost"))),
        ["Invoice"] = Schema("number", ("number", Text), ("customer_email", Email), ("amount", Number), ("status", OneOf("draft", "sent", "paid", "overdue")), ("due_date", Date), ("pdf_url", Url)),
    };

    /// <summary>A believable record of the entity that no condition was made for.</summary>
    public static JsonObject Sample(string entity, DateOnly today)
    {
        string Day(int days) => today.AddDays(days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        return entity switch
        {
            "Ticket" => new() { ["subject"] = "Label printer prints blank pages", ["body"] = "Since this morning every label comes out empty.", ["status"] = "open", ["priority"] = "normal", ["customer_email"] = "ines@harborcafe.example" },
            "Task" => new() { ["title"] = "Call the carrier about pallet 7", ["status"] = "todo", ["priority"] = "medium", ["assigned_to"] = "jonas@northwind.example", ["due_date"] = Day(2) },
            "Booking" => new() { ["customer_name"] = "Tomás Rey", ["customer_email"] = "tomas@rey.example", ["service"] = "Tasting", ["start_time"] = Day(3) + "T15:00:00Z", ["end_time"] = Day(3) + "T16:00:00Z" },
            "Deal" => new() { ["name"] = "Dockside spring order", ["amount"] = 18400, ["stage"] = "Negotiation", ["close_date"] = Day(9), ["owner_email"] = "mara@northwind.example" },
            "Signup" => new() { ["email"] = "bruna@foods.example", ["name"] = "Bruna Alves", ["source"] = "newsletter" },
            "Article" => new() { ["title"] = "How we pack glass", ["body"] = "Three layers and a lot of straw.", ["url"] = "https://northwind.example/glass", ["status"] = "draft" },
            "Lead" => new() { ["name"] = "Fern Osei", ["email"] = "fern@fernco.example", ["company"] = "Fern & Co", ["phone"] = "+44 20 7946 0018", ["status"] = "new" },
            "Invoice" => new() { ["number"] = "2026-118", ["customer_email"] = "books@harborcafe.example", ["amount"] = 940.5, ["status"] = "sent", ["due_date"] = Day(-1), ["pdf_url"] = "https://northwind.example/i/2026-118.pdf" },
            _ => [],
        };
    }

    /// <summary>What stands there from the start: the sample, and one more for each value of its main choice, so that every
    /// list a flow may make has something in it.</summary>
    public static IEnumerable<JsonObject> Records(string entity, DateOnly today)
    {
        yield return Sample(entity, today);
        var choice = Entities[entity]["properties"]!.AsObject().FirstOrDefault(p => p.Value!["enum"] is not null);
        if (choice.Value is null)
            yield break;
        var title = (string)Entities[entity]["required"]!.AsArray()[0]!;
        var number = 0;
        foreach (var value in choice.Value["enum"]!.AsArray().Select(v => (string)v!).Where(v => v != (string)Sample(entity, today)[choice.Key]!))
        {
            var record = Sample(entity, today);
            record[choice.Key] = value;
            record[title] = More[entity][number++];
            yield return record;
        }
    }

    /// <summary>Titles of the further records.</summary>
    private static readonly Dictionary<string, string[]> More = new()
    {
        ["Ticket"] = ["Two cases of chai missing", "Invoice shows the old address", "Allergen sheet for dried mango"],
        ["Task"] = ["Draft the spring price list", "Send the samples to Osei"],
        ["Deal"] = ["Harbor Café refill", "Fern & Co trial", "Rey tasting room", "Quayside hotel", "Old mill bistro"],
        ["Article"] = ["Why our jars are square"],
        ["Lead"] = ["Tomás Rey", "Ines Duarte", "Bruna Alves"],
        ["Invoice"] = ["2026-119", "2026-112", "2026-104"],
    };

    private static JsonObject Text => new() { ["type"] = "string" };

    private static JsonObject Number => new() { ["type"] = "number" };

    private static JsonObject Email => new() { ["type"] = "string", ["format"] = "email" };

    private static JsonObject Date => new() { ["type"] = "string", ["format"] = "date" };

    private static JsonObject DateTime => new() { ["type"] = "string", ["format"] = "date-time" };

    private static JsonObject Url => new() { ["type"] = "string", ["format"] = "uri" };

    private static JsonObject OneOf(params string[] values) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. values.Select(v => (JsonNode)v)]) };

    private static JsonObject Schema(string required, params (string Name, JsonObject Schema)[] fields) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(fields.Select(f => KeyValuePair.Create(f.Name, (JsonNode?)f.Schema))),
        ["required"] = new JsonArray(required),
    };
}
