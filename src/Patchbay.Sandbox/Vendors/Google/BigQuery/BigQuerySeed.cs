using Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery;

/// <summary>Northwind's project with a sales warehouse and a second dataset of web events, and an empty project to write in.</summary>
internal static class BigQuerySeed
{
    private const string Project = "northwind-analytics";

    public static void Plant(Shelf shelf, GoogleAccounts accounts)
    {
        var people = accounts.All();
        var roles = people.Select((person, index) => (person.Email, Role: index switch { 0 => "OWNER", 1 => "EDITOR", _ => "VIEWER" })).ToDictionary(pair => pair.Email, pair => pair.Role);
        shelf.Put(new ProjectRecord(Project, "482100771203", "Northwind Analytics", roles));
        shelf.Put(new ProjectRecord("northwind-lab", "482100771299", "Northwind Lab", people.Take(2).ToDictionary(person => person.Email, _ => "OWNER")));

        Dataset(shelf, people[0].Email, "sales", "Sales", "Customers, products and orders since January 2024");
        Table(shelf, "sales", "customers", "One row per customer",
            Of("customer_id", "INTEGER", "Key", required: true), Of("name", "STRING"), Of("email", "STRING"), Of("country", "STRING"), Of("region", "STRING", "EMEA, Americas or APAC"),
            Of("segment", "STRING", "Consumer, SMB or Enterprise"), Of("signup_date", "DATE"));
        Table(shelf, "sales", "products", "One row per product",
            Of("product_id", "INTEGER", "Key", required: true), Of("name", "STRING"), Of("category", "STRING"), Of("unit_cost", "NUMERIC", "What it costs us, in euros"), Of("list_price", "NUMERIC", "Without discount, in euros"),
            Of("launched_on", "DATE"), Of("status", "STRING", "active or discontinued"));
        Table(shelf, "sales", "orders", "One row per order",
            Of("order_id", "INTEGER", "Key", required: true), Of("customer_id", "INTEGER", "customers.customer_id", required: true), Of("order_date", "DATE"), Of("status", "STRING", "completed, shipped, pending, cancelled or refunded"),
            Of("channel", "STRING", "web, mobile, retail or partner"), Of("shipping_cost", "NUMERIC"), Of("discount_amount", "NUMERIC", "Off the whole order"), Of("sales_rep", "STRING", "Empty for consumers"));
        Table(shelf, "sales", "order_items", "One row per product in an order; revenue is quantity * unit_price",
            Of("order_item_id", "INTEGER", "Key", required: true), Of("order_id", "INTEGER", "orders.order_id", required: true), Of("product_id", "INTEGER", "products.product_id", required: true), Of("quantity", "INTEGER"), Of("unit_price", "NUMERIC", "As charged"));
        View(shelf, "sales", "monthly_revenue", $"""
            SELECT DATE_TRUNC(o.order_date, MONTH) AS month, SUM(i.quantity * i.unit_price) AS revenue, COUNT(DISTINCT o.order_id) AS orders
            FROM `{Project}.sales.orders` AS o
            JOIN `{Project}.sales.order_items` AS i USING (order_id)
            WHERE o.status NOT IN ('cancelled', 'refunded')
            GROUP BY month
            """, Of("month", "DATE"), Of("revenue", "NUMERIC"), Of("orders", "INTEGER"));

        Dataset(shelf, people[0].Email, "web_analytics", "Web analytics", "What visitors of the site did in the last three months");
        Table(shelf, "web_analytics", "events", "One row per event",
            Of("event_date", "DATE"), Of("event_timestamp", "TIMESTAMP"), Of("event_name", "STRING", "session_start, page_view, search, add_to_cart or purchase"), Of("user_pseudo_id", "STRING"), Of("session_id", "STRING"),
            Of("source", "STRING"), Of("medium", "STRING"),
            new FieldRecord("device", "RECORD", "NULLABLE", Fields: [new("category", "STRING", "NULLABLE"), new("operating_system", "STRING", "NULLABLE"), new("browser", "STRING", "NULLABLE")]),
            Of("country", "STRING"),
            new FieldRecord("event_params", "RECORD", "REPEATED", Fields: [new("key", "STRING", "NULLABLE"), new("value", "RECORD", "NULLABLE", Fields: [new("string_value", "STRING", "NULLABLE"), new("int_value", "INTEGER", "NULLABLE")])]),
            Of("purchase_revenue", "NUMERIC"));
        View(shelf, "web_analytics", "daily_sessions", $"""
            SELECT event_date, COUNT(DISTINCT session_id) AS sessions, COUNT(DISTINCT user_pseudo_id) AS users, COUNTIF(event_name = 'purchase') AS purchases
            FROM `{Project}.web_analytics.events`
            GROUP BY event_date
            """, Of("event_date", "DATE"), Of("sessions", "INTEGER"), Of("users", "INTEGER"), Of("purchases", "INTEGER"));
    }

    private static FieldRecord Of(string name, string type, string? description = null, bool required = false) => new(name, type, required ? "REQUIRED" : "NULLABLE", description);

    private static void Dataset(Shelf shelf, string owner, string id, string name, string description) => shelf.Put(new DatasetRecord
    {
        Project = Project, Id = id, FriendlyName = name, Description = description, Owner = owner, Created = shelf.Now, Modified = shelf.Now,
    });

    private static void Table(Shelf shelf, string dataset, string id, string description, params FieldRecord[] fields) => shelf.Put(new TableRecord
    {
        Project = Project, Dataset = dataset, Id = id, Kind = "TABLE", Description = description, Seed = id, Created = shelf.Now, Modified = shelf.Now,
        // A name of its own for each seeding: what an earlier world left in the file is not taken for this one's rows.
        Physical = "t_" + Guid.NewGuid().ToString("N"),
        Fields = [.. fields.Select((field, index) => field with { Physical = $"c{index}" })],
    });

    private static void View(Shelf shelf, string dataset, string id, string query, params FieldRecord[] fields) => shelf.Put(new TableRecord
    {
        Project = Project, Dataset = dataset, Id = id, Kind = "VIEW", ViewQuery = query, Fields = [.. fields], Created = shelf.Now, Modified = shelf.Now,
    });
}
