using Patchbay.Sandbox.State;

namespace Patchbay.Sandbox.Vendors.Slack;

/// <summary>Two workspaces: Northwind with four people at work, and a small café that buys from it.</summary>
internal static class SlackSeed
{
    public static readonly string Northwind = Secrets.StableId("T", "northwind");

    public static void Plant(SlackWorld world, TimeProvider time)
    {
        world.Put(new SlackTeam(Northwind, "Northwind", "northwind"));
        var mara = Person(world, Northwind, "mara", "Mara Köhler", "mara@northwind.example", "Operations");
        var tom = Person(world, Northwind, "tom", "Tom Reyes", "tom@northwind.example", "Warehouse");
        var lena = Person(world, Northwind, "lena", "Lena Brandt", "lena@northwind.example", "Support");
        var ops = Person(world, Northwind, "ops", "Ops Team", "ops@northwind.example", "Shared account");
        string[] all = [lena, mara, ops, tom];

        var general = Channel(world, "general", "What everybody should know", all, appsJoin: true);
        var support = Channel(world, "support", "Tickets land here", all, appsJoin: true);
        var sales = Channel(world, "sales", "Deals, won and lost", [lena, mara, ops], appsJoin: true);
        var random = Channel(world, "random", "Not work. Apps must be invited here", all, appsJoin: false);

        var morning = new DateTimeOffset(time.GetUtcNow().Date, TimeSpan.Zero).AddDays(-1).AddHours(9);
        Say(world, general, mara, "The Hamburg tour starts on Thursday from next week on. Please check your deliveries.", morning);
        Say(world, general, tom, "Dock 2 is closed until noon, the gate is being repaired.", morning.AddMinutes(44));
        Say(world, support, lena, "Little Mill cannot scan two pallets at dock 4. Can somebody look at the label printer?", morning.AddHours(6.9));
        Say(world, support, tom, "The printer at dock 4 is back. I sent Little Mill fresh labels for both.", morning.AddHours(7.2), ("white_check_mark", [lena, mara, ops]), ("heart", [lena]));
        Say(world, sales, mara, "Fern & Co ordered for the autumn: 42 crates, oat and almond.", morning.AddHours(2.1), ("tada", [lena, ops]));
        Say(world, random, lena, "There is cake in the kitchen.", morning.AddHours(5));

        var cafe = Secrets.StableId("T", "harbor-cafe");
        world.Put(new SlackTeam(cafe, "Harbor Café", "harbor-cafe"));
        var ines = Person(world, cafe, "ines", "Ines Duarte", "ines@harborcafe.example", "Owner");
        world.Create(cafe, "general", SlackChannelKind.Public, ines, [ines], appsJoin: true);
    }

    private static string Person(SlackWorld world, string team, string name, string realName, string email, string title)
    {
        var id = Secrets.StableId("U", team + "/" + name);
        world.Put(new SlackUser { Id = id, TeamId = team, Name = name, RealName = realName, Email = email, Title = title });
        return id;
    }

    private static SlackChannel Channel(SlackWorld world, string name, string topic, string[] members, bool appsJoin)
    {
        var channel = world.Create(Northwind, name, SlackChannelKind.Public, members[0], members, appsJoin) with { Topic = topic };
        world.Put(channel);
        return channel;
    }

    private static void Say(SlackWorld world, SlackChannel channel, string user, string text, DateTimeOffset at, params (string Name, string[] Users)[] reactions) =>
        world.Post(new SlackMessage
        {
            Channel = channel.Id,
            Ts = "",
            User = user,
            Text = text,
            Reactions = [.. reactions.Select(reaction => new SlackReaction(reaction.Name, reaction.Users))],
        }, at);
}
