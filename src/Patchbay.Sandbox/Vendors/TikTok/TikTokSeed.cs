namespace Patchbay.Sandbox.Vendors.TikTok;

/// <summary>Northwind's profile with a handful of videos, Mara's own, and a private one.</summary>
internal static class TikTokSeed
{
    public static void Plant(TikTokWorld world, TimeProvider time)
    {
        var morning = new DateTimeOffset(time.GetUtcNow().Date, TimeSpan.Zero).AddHours(9);
        world.Put(new TikTokAccount { Id = "7301000000000000001", Username = "northwind.crates", DisplayName = "Northwind", Bio = "Crates of good things, from our dock to your door.", Verified = true, Followers = 48_210, Following = 112 });
        world.Put(new TikTokAccount { Id = "7301000000000000002", Username = "mara.packs", DisplayName = "Mara Köhler", Bio = "Logistics, oats and a dog.", Followers = 1_204, Following = 389 });
        world.Put(new TikTokAccount { Id = "7301000000000000003", Username = "tom.docks", DisplayName = "Tom Reyes", Private = true, Followers = 37, Following = 51 });

        (string Title, double Days, int Duration, long Views, long Likes, long Comments, long Shares)[] videos =
        [
            ("How a pallet is wrapped in nine seconds", 1.1, 9, 18_420, 2_210, 84, 131), ("Dock 2 is open again", 3.4, 21, 6_120, 540, 33, 12), ("Oat or almond? We asked the warehouse", 6.2, 34, 41_900, 5_020, 312, 267),
            ("The label printer at dock 4, a love story", 9.8, 28, 9_310, 870, 95, 41), ("Packing for the Hamburg tour", 14.5, 17, 12_750, 1_330, 47, 58), ("A day with Lena from support", 20.3, 52, 22_040, 2_904, 140, 96),
            ("What fits into one crate", 27.7, 14, 87_300, 9_760, 401, 820), ("Cake in the kitchen", 33.1, 11, 4_020, 388, 61, 7),
        ];
        foreach (var video in videos)
            Add(world, "7301000000000000001", morning.AddDays(-video.Days), video.Title, video.Duration, video.Views, video.Likes, video.Comments, video.Shares);
        Add(world, "7301000000000000002", morning.AddDays(-4.6), "Bello guards the oats", 12, 980, 144, 19, 6);
        Add(world, "7301000000000000002", morning.AddDays(-12.2), "Monday at the gate", 19, 610, 71, 4, 2);
    }

    private static void Add(TikTokWorld world, string account, DateTimeOffset at, string title, int duration, long views, long likes, long comments, long shares) => world.Add(new TikTokVideo
    {
        Id = "", Account = account, CreatedAt = at.ToUnixTimeMilliseconds(), Title = title, Description = title + " #northwind", Duration = duration, Views = views, Likes = likes, Comments = comments, Shares = shares,
    });
}
