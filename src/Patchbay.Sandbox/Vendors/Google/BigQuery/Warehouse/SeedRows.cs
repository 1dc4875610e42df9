using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Warehouse;

/// <summary>
/// Rows of the sample warehouse: what Northwind, which sells plant drinks, sold since 2024, and what visitors did on its
/// site in the last three months. What happened on a day depends only on that day, so every sandbox tells the same story.
/// </summary>
internal static class SeedRows
{
    private static readonly DateOnly Start = new(2024, 1, 1);

    private static readonly string[] First = ["Amara", "Bastian", "Carla", "Dmitri", "Elif", "Fabio", "Greta", "Henrik", "Imani", "Joris", "Keiko", "Liam", "Marta", "Nils", "Oana", "Paolo", "Ruth", "Samir", "Thea", "Victor", "Wanda", "Yusuf"];
    private static readonly string[] Last = ["Abel", "Bianchi", "Castillo", "Dahl", "Eriksen", "Fuchs", "Gruber", "Hoang", "Iversen", "Jones", "Keller", "Lindt", "Marchetti", "Nowak", "Olsen", "Pereira", "Quist", "Romero", "Santos", "Tamm", "Vogel", "Wright"];

    private static readonly (string Country, string Region, int Weight)[] Places =
    [
        ("Germany", "EMEA", 16), ("France", "EMEA", 9), ("Italy", "EMEA", 6), ("Netherlands", "EMEA", 5), ("United Kingdom", "EMEA", 10), ("Sweden", "EMEA", 4),
        ("United States", "Americas", 22), ("Canada", "Americas", 6), ("Brazil", "Americas", 6), ("Japan", "APAC", 7), ("Australia", "APAC", 5), ("Singapore", "APAC", 4),
    ];

    private static readonly (string Name, string Category, int Cents)[] Products =
    [
        ("Oat Drink Classic", "Oat", 249), ("Oat Drink Barista", "Oat", 299), ("Oat Drink Vanilla", "Oat", 319), ("Oat Cream", "Oat", 199), ("Almond Drink Classic", "Almond", 329),
        ("Almond Drink Unsweetened", "Almond", 329), ("Almond Barista", "Almond", 379), ("Soy Drink Classic", "Soy", 219), ("Soy Drink Chocolate", "Soy", 259), ("Soy Yoghurt", "Soy", 289),
        ("House Espresso 1 kg", "Coffee", 1890), ("Filter Roast 500 g", "Coffee", 1190), ("Cold Brew Can", "Coffee", 349), ("Granola 750 g", "Pantry", 749), ("Peanut Butter Crunchy", "Pantry", 649),
        ("Date Bars Box", "Pantry", 1299), ("Barista Pitcher", "Equipment", 3490), ("Milk Frother", "Equipment", 8990), ("Glass Bottle Set", "Equipment", 2490), ("Tasting Crate", "Equipment", 4990),
    ];

    private static readonly string[] Reps = ["Lena Brandt", "Tom Reyes", "Mara Köhler", "Ravi Shah"];

    public static IEnumerable<object?[]> Of(string seed, DateOnly today) => seed switch
    {
        "customers" => Customers(),
        "products" => ProductRows(),
        "orders" => Orders(today).Select(order => order.Row),
        "order_items" => Orders(today).SelectMany(order => order.Items),
        _ => Events(today),
    };

    private static IEnumerable<object?[]> Customers()
    {
        for (var id = 1; id <= 240; id++)
            yield return Customer(id);
    }

    /// <summary>customer_id, name, email, country, region, segment, signup_date.</summary>
    private static object?[] Customer(int id)
    {
        var dice = new Dice((ulong)id * 7919);
        var (first, last) = (dice.Pick(First), dice.Pick(Last));
        var place = dice.Weighted(Places, one => one.Weight);
        var segment = dice.Below(100) switch { < 55 => "Consumer", < 86 => "SMB", _ => "Enterprise" };
        // The first sixty were there from the start.
        var signup = id <= 60 ? Start.AddDays(-dice.Below(300)) : Start.AddDays(dice.Below(860));
        return [(long)id, $"{first} {last}", FormattableString.Invariant($"{first.ToLowerInvariant()}.{last.ToLowerInvariant()}{id}@shop.example"), place.Country, place.Region, segment, Temporal.Of(signup)];
    }

    private static IEnumerable<object?[]> ProductRows() => Products.Select((product, index) =>
    {
        var dice = new Dice(((ulong)index + 1) * 104729);
        return new object?[] { index + 1L, product.Name, product.Category, Money(product.Cents * (38 + dice.Below(24)) / 100), Money(product.Cents), Temporal.Of(Start.AddDays(-dice.Below(500))), dice.Below(100) < 12 ? "discontinued" : "active" };
    });

    private static IEnumerable<(object?[] Row, List<object?[]> Items)> Orders(DateOnly today)
    {
        var customers = Customers().ToList();
        var (order, item) = (0L, 0L);
        for (var day = Start; day < today && day < Start.AddDays(1500); day = day.AddDays(1))
        {
            var dice = new Dice((ulong)day.DayNumber * 15485863);
            var growth = 2 + ((day.DayNumber - Start.DayNumber) / 180);
            var many = dice.Below(growth + (day.Month is 11 or 12 ? 5 : day.Month is 7 or 8 ? 1 : 3));
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
                many /= 2;
            var known = customers.Where(customer => string.CompareOrdinal((string)customer[6]!, Temporal.Of(day)) <= 0).ToList();
            for (var count = 0; count < many; count++)
            {
                var customer = dice.Pick(known);
                var consumer = (string)customer[5]! == "Consumer";
                order++;
                var age = today.DayNumber - day.DayNumber;
                var status = dice.Below(100) switch { < 6 => "cancelled", < 11 => "refunded", < 16 when age < 20 => "pending", < 60 when age < 8 => "shipped", _ => "completed" };
                var channel = dice.Below(100) switch { < 46 => "web", < 72 => "mobile", < 88 => "retail", _ => "partner" };
                object?[] row =
                [
                    order, customer[0], Temporal.Of(day), status, channel, Money(dice.Below(14) * 50), Money(dice.Below(5) == 0 ? (1 + dice.Below(8)) * 250 : 0), consumer ? null : dice.Pick(Reps),
                ];
                var items = new List<object?[]>();
                for (var line = 0; line <= dice.Below(3); line++)
                {
                    var product = dice.Below(Products.Length);
                    var price = dice.Below(6) == 0 ? Products[product].Cents * 9 / 10 : Products[product].Cents;
                    items.Add([++item, order, product + 1L, 1L + dice.Below(consumer ? 4 : 24), Money(price)]);
                }

                yield return (row, items);
            }
        }
    }

    /// <summary>Visits of the last 92 days: a session is a walk from page to page, some of them to a purchase.</summary>
    private static IEnumerable<object?[]> Events(DateOnly today)
    {
        string[] pages = ["/", "/products", "/products/oat-drink-barista", "/products/house-espresso", "/recipes", "/stores", "/about"];
        (string Source, string Medium)[] sources = [("google", "organic"), ("google", "cpc"), ("(direct)", "(none)"), ("newsletter", "email"), ("instagram", "social"), ("partner.example", "referral")];
        for (var day = today.AddDays(-92); day < today; day = day.AddDays(1))
        {
            var dice = new Dice((ulong)day.DayNumber * 32452843);
            for (var visit = 0; visit < 8 + dice.Below(9); visit++)
            {
                var (user, session) = ($"u{dice.Below(900):D4}", $"{day.DayNumber:D6}{visit:D2}");
                var (source, medium) = dice.Pick(sources);
                var device = new RawJson(Lists.Write([dice.Below(100) < 58 ? "mobile" : "desktop", dice.Pick(["iOS", "Android", "Windows", "macOS"]), dice.Pick(["Safari", "Chrome", "Firefox"])]));
                var country = dice.Weighted(Places, one => one.Weight).Country;
                var at = Temporal.Micros(day.ToDateTime(new TimeOnly(6 + dice.Below(17), dice.Below(60), dice.Below(60))));
                var steps = new List<string> { "session_start", "page_view" };
                for (var more = dice.Below(4); more > 0; more--)
                    steps.Add(dice.Below(5) == 0 ? "search" : "page_view");
                if (dice.Below(100) < 22)
                    steps.Add("add_to_cart");
                if (steps[^1] == "add_to_cart" && dice.Below(100) < 45)
                    steps.Add("purchase");
                foreach (var step in steps)
                {
                    at += 1_000_000L * (5 + dice.Below(110));
                    var page = step is "add_to_cart" or "purchase" ? step == "purchase" ? "/checkout" : "/cart" : dice.Pick(pages);
                    var parameters = Lists.Write([Parameter("page_location", "https://northwind.example" + page, null), Parameter("engagement_time_msec", null, 500L + dice.Below(60_000))]);
                    yield return
                    [
                        Temporal.Of(day), at, step, user, session, source, medium, device.Text, country, parameters,
                        step == "purchase" ? Money(900 + dice.Below(9000)) : null,
                    ];
                }
            }
        }
    }

    private static RawJson Parameter(string key, string? text, long? number) => new(Lists.Write([key, new RawJson(Lists.Write([text, number]))]));

    private static string Money(int cents) => Num.Encode((System.Numerics.BigInteger)cents * (Num.One / 100));

    /// <summary>Numbers that are the same on every machine and every run.</summary>
    private struct Dice(ulong seed)
    {
        private ulong state = (seed * 0x9E3779B97F4A7C15) + 0xD1B54A32D192ED03;

        public int Below(int limit)
        {
            // splitmix64
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)Math.Max(1, limit));
        }

        public T Pick<T>(IReadOnlyList<T> from) => from[Below(from.Count)];

        public T Weighted<T>(IReadOnlyList<T> from, Func<T, int> weight)
        {
            var at = Below(from.Sum(weight));
            foreach (var one in from)
            {
                at -= weight(one);
                if (at < 0)
                    return one;
            }

            return from[^1];
        }
    }
}
