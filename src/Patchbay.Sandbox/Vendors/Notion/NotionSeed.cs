using System.Globalization;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Vendors.Notion.Blocks;
using Patchbay.Sandbox.Vendors.Notion.Values;

namespace Patchbay.Sandbox.Vendors.Notion;

/// <summary>Northwind's workspace: a home with notes below it, clients and onboarding tasks as tables, one private page. And a small café's.</summary>
internal sealed class NotionSeed(NotionWorld world, NotionComments comments)
{
    private static readonly string Northwind = NotionIds.Stable("workspace/northwind");

    public void Plant()
    {
        world.Put(new NotionWorkspace(Northwind, "Northwind", "🧭"));
        var mara = Person(Northwind, "mara", "Mara Köhler", "mara@northwind.example");
        var tom = Person(Northwind, "tom", "Tom Reyes", "tom@northwind.example");
        var lena = Person(Northwind, "lena", "Lena Brandt", "lena@northwind.example");
        Person(Northwind, "ops", "Ops Team", "ops@northwind.example");

        var home = Page(Northwind, "home", "Team home", Top(Northwind), mara);
        Text(home, mara, ("paragraph", "Where Northwind keeps what more than one person needs. Tours, clients and the people behind them."), ("heading_2", "This month"),
            ("bulleted_list_item", "Hamburg tour moves to Thursdays"), ("bulleted_list_item", "New label printer at dock 4"), ("callout", "Gate at dock 2 is repaired. Use it again for pallets."));
        var updates = Page(Northwind, "updates", "Project updates", Below(home), mara);
        Text(updates, mara, ("heading_3", "Cold store, week 24"), ("paragraph", "The insulation is in. Cooling starts on Monday if the electrician signs."), ("heading_3", "Cold store, week 23"), ("paragraph", "Floor poured, two days of drying left."));
        var notes = Page(Northwind, "notes", "Meeting notes", Below(home), lena);
        Text(notes, lena, ("heading_2", "Depot round"), ("bulleted_list_item", "Late vans on the ring road: Tom tries an earlier slot"), ("bulleted_list_item", "Little Mill wants labels in two languages"), ("quote", "If the label is right, nobody rings us."));
        var first = Page(Northwind, "first-week", "First week checklist", Below(home), tom);
        Text(first, tom, ("paragraph", "For everyone who starts in the depot."), ("to_do!", "Keys and safety shoes"), ("to_do!", "Scanner training"), ("to_do", "Ride along on one tour"), ("to_do", "Read the pallet rules"), ("to_do", "Lunch with the office"));

        Clients(mara, tom, lena);
        Tasks(mara, tom, lena);
        var letter = Page(Northwind, "private", "Salary round", Top(Northwind), mara, mara);
        Text(letter, mara, ("paragraph", "Only Mara sees this page. An app sees it only if Mara picks it."));
        comments.Put(new NotionComment
        {
            Id = NotionIds.Stable("comment/1"), WorkspaceId = Northwind, Parent = new NotionParent(NotionParentKind.Page, notes.Id), DiscussionId = NotionIds.Stable("discussion/1"),
            RichText = RichText.Of("Can somebody ask Little Mill which languages?"), CreatedTime = Ago(20), LastEditedTime = Ago(20), CreatedBy = tom, Sort = world.Next(),
        });

        var cafe = NotionIds.Stable("workspace/harbor-cafe");
        world.Put(new NotionWorkspace(cafe, "Harbor Café", "☕"));
        var ines = Person(cafe, "ines", "Ines Duarte", "ines@harborcafe.example");
        Text(Page(cafe, "menu", "Summer menu", Top(cafe), ines), ines, ("paragraph", "Lemon tart, oat ice cream, cold brew."));
    }

    private void Clients(string mara, string tom, string lena)
    {
        var source = Table("clients", "Clients",
            Column("title", "Name", "title"),
            Column("stat", "Stage", "status", Options("Lead", "In progress", "Active", "Complete")),
            Column("segm", "Segment", "select", Options("Bakery", "Retail", "Restaurant")),
            Column("tags", "Tags", "multi_select", Options("cold chain", "early slot", "pallets")),
            Column("mail", "Email", "email"),
            Column("valu", "Yearly value", "number", new JsonObject { ["format"] = "euro" }),
            Column("next", "Next call", "date"),
            Column("ownr", "Owner", "people"),
            Column("keya", "Key account", "checkbox"),
            Column("exid", "External ID", "rich_text"),
            Column("made", "Created", "created_time"));
        Row(source, mara, "Fern & Co", 30, ("stat", Option("Active")), ("segm", Option("Retail")), ("tags", List(Option("pallets"))), ("mail", "jo@fern.example"), ("valu", 48200), ("next", Day(5)), ("ownr", List(mara)), ("keya", true), ("exid", RichText.Of("C-1001")));
        Row(source, lena, "Little Mill", 21, ("stat", Option("Active")), ("segm", Option("Bakery")), ("tags", List(Option("early slot"), Option("pallets"))), ("mail", "orders@littlemill.example"), ("valu", 23750), ("next", Day(-2)), ("ownr", List(lena)), ("keya", false), ("exid", RichText.Of("C-1002")));
        Row(source, tom, "Harbor Café", 9, ("stat", Option("In progress")), ("segm", Option("Restaurant")), ("tags", List(Option("cold chain"))), ("mail", "ines@harborcafe.example"), ("valu", 6400), ("next", Day(1)), ("ownr", List(tom)), ("keya", false), ("exid", RichText.Of("C-1003")));
        Row(source, mara, "Quayside Deli", 3, ("stat", Option("Lead")), ("segm", Option("Retail")), ("mail", "hello@quayside.example"), ("ownr", List(mara)));
    }

    private void Tasks(string mara, string tom, string lena)
    {
        var source = Table("tasks", "Onboarding tasks", Column("title", "Task", "title"), Column("asgn", "Assignee", "people"), Column("done", "Done", "checkbox"), Column("dued", "Due", "date"));
        foreach (var (task, who, done, due) in (ReadOnlySpan<(string, string, bool, int)>)
                 [("Order a scanner", tom, true, -4), ("Set up mail account", lena, true, -3), ("Safety briefing", tom, false, 2), ("Meet the drivers", mara, false, 4), ("First tour", tom, false, 8)])
            Row(source, mara, task, 6, ("asgn", List(who)), ("done", done), ("dued", Day(due)));
    }

    private NotionSource Table(string key, string name, params ReadOnlySpan<JsonObject> columns)
    {
        var by = NotionIds.Stable("user/mara");
        var schema = new JsonObject();
        foreach (var column in columns)
            schema[column["id"]!.ToString()] = column;
        var database = new NotionDatabase
        {
            Id = NotionIds.Stable($"database/{key}"), WorkspaceId = Northwind, Parent = Top(Northwind), CreatedTime = Ago(60 * 24), CreatedBy = by, LastEditedTime = Ago(60), LastEditedBy = by,
            Sort = world.Next(), Title = RichText.Of(name),
        };
        world.Put(database);
        var source = new NotionSource
        {
            Id = NotionIds.Stable($"source/{key}"), WorkspaceId = Northwind, Parent = new NotionParent(NotionParentKind.Database, database.Id), CreatedTime = database.CreatedTime, CreatedBy = by,
            LastEditedTime = database.LastEditedTime, LastEditedBy = by, Sort = world.Next(), Title = RichText.Of(name), Schema = schema,
        };
        world.Put(source);
        return source;
    }

    private void Row(NotionSource source, string by, string title, int hoursAgo, params ReadOnlySpan<(string Id, JsonNode Value)> values)
    {
        var page = new NotionPageRecord
        {
            Id = NotionIds.Stable($"row/{source.Id}/{title}"), WorkspaceId = Northwind, Parent = new NotionParent(NotionParentKind.Source, source.Id), CreatedTime = Ago(hoursAgo * 24), CreatedBy = by,
            LastEditedTime = Ago(hoursAgo), LastEditedBy = by, Sort = world.Next(), Values = new JsonObject { ["title"] = RichText.Of(title) },
        };
        foreach (var (id, value) in values)
            page.Values[id] = value;
        world.Put(page);
    }

    private NotionPageRecord Page(string workspace, string key, string title, NotionParent parent, string by, string? privateTo = null)
    {
        var page = new NotionPageRecord
        {
            Id = NotionIds.Stable($"page/{workspace}/{key}"), WorkspaceId = workspace, Parent = parent, CreatedTime = Ago(60 * 24), CreatedBy = by, LastEditedTime = Ago(30), LastEditedBy = by,
            Sort = world.Next(), Values = new JsonObject { ["title"] = RichText.Of(title) }, PrivateTo = privateTo,
        };
        world.Put(page);
        if (parent.Kind == NotionParentKind.Page)
            world.PutLine(page);
        return page;
    }

    /// <summary>"to_do!" is one that is done.</summary>
    private void Text(NotionPageRecord page, string by, params ReadOnlySpan<(string Type, string Words)> lines)
    {
        foreach (var (type, words) in lines)
        {
            var content = new JsonObject { ["rich_text"] = RichText.Of(words), ["color"] = "default" };
            if (type.StartsWith("to_do", StringComparison.Ordinal))
                content["checked"] = type.EndsWith('!');
            if (type.StartsWith("heading", StringComparison.Ordinal))
                content["is_toggleable"] = false;
            if (type == "callout")
                content["icon"] = new JsonObject { ["type"] = "emoji", ["emoji"] = BlockReader.DefaultEmoji };
            world.Put(new NotionBlock
            {
                Id = NotionIds.Stable($"block/{page.Id}/{words}"), WorkspaceId = page.WorkspaceId, Parent = Below(page), CreatedTime = Ago(50), CreatedBy = by, LastEditedTime = Ago(50), LastEditedBy = by,
                Sort = world.Next(), Type = type.TrimEnd('!'), Content = content,
            });
        }
    }

    private string Person(string workspace, string key, string name, string email)
    {
        var id = NotionIds.Stable($"user/{key}");
        world.Put(new NotionUser(id, workspace, name, email));
        return id;
    }

    private static JsonObject Column(string id, string name, string type, JsonObject? config = null)
    {
        var column = new JsonObject { ["id"] = id, ["name"] = name, ["type"] = type, ["description"] = null };
        column[type] = config ?? [];
        if (type == "status")
            column[type]!["groups"] = new JsonArray();
        return column;
    }

    private static JsonObject Options(params ReadOnlySpan<string> names)
    {
        string[] colors = ["gray", "blue", "green", "purple", "orange"];
        var options = new JsonArray();
        foreach (var name in names)
            options.Add(new JsonObject { ["id"] = Option(name), ["name"] = name, ["color"] = colors[options.Count], ["description"] = null });
        return new JsonObject { ["options"] = options };
    }

    private static string Option(string name) => NotionIds.Stable($"option/{name}");

    private static JsonArray List(params ReadOnlySpan<string> ids) => Http.Json.Array(ids.ToArray());

    private JsonObject Day(int fromToday) => new() { ["start"] = world.Now.AddDays(fromToday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ["end"] = null, ["time_zone"] = null };

    private static NotionParent Top(string workspace) => new(NotionParentKind.Workspace, workspace);

    private static NotionParent Below(NotionPageRecord page) => new(NotionParentKind.Page, page.Id);

    private DateTimeOffset Ago(double hours) => world.Now.AddHours(-hours);
}
