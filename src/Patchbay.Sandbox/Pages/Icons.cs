namespace Patchbay.Sandbox.Pages;

/// <summary>Own line icons on the 24 grid. Decorative: the word beside each one carries the meaning.</summary>
internal static class Icons
{
    public static readonly Html Flask = Line("M9 3h6M10 3v6l-5.2 8.6A2.2 2.2 0 0 0 6.7 21h10.6a2.2 2.2 0 0 0 1.9-3.4L14 9V3M7.5 15h9");
    public static readonly Html Eye = Line("M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12ZM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z");
    public static readonly Html Pencil = Line("M4 20l1-4.5L16 4.5a2.1 2.1 0 0 1 3 0l.5.5a2.1 2.1 0 0 1 0 3L8.5 19 4 20ZM14 6.5l3.5 3.5");
    public static readonly Html Shield = Line("M12 3l7.5 3v5.5c0 4.5-3 8-7.5 9.5-4.5-1.5-7.5-5-7.5-9.5V6L12 3ZM12 8v4.5M12 15.8v.1");
    public static readonly Html Person = Line("M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8ZM4.5 20.5c.8-3.6 3.8-5.5 7.5-5.5s6.7 1.9 7.5 5.5");
    public static readonly Html Hash = Line("M9.5 4 7.5 20M16.5 4l-2 16M4.5 9h16M3.5 15h16");
    public static readonly Html Lock = Line("M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3");
    public static readonly Html Check = Line("M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18ZM8.2 12.3l2.6 2.6 5-5.3");
    public static readonly Html Bug = Line("M8 9a4 4 0 0 1 8 0v6a4 4 0 0 1-8 0ZM8 12H3.5M20.5 12H16M8 9 5 6M16 9l3-3M8 15l-3 3M16 15l3 3M12 9v10");
    public static readonly Html Send = Line("M12 19V5M6 11l6-6 6 6");
    public static readonly Html Clock = Line("M12 4a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17ZM12 8.5V13l3 2M9.5 2h5");
    public static readonly Html Key = Line("M8 11a4.5 4.5 0 1 1 0 9 4.5 4.5 0 0 1 0-9ZM11.2 12.3 20 3.5M16.5 7l3 3");
    public static readonly Html Cut = Line("M4 12h5M15 12h5M11 6l2 12");
    public static readonly Html Bolt = Line("M13 3 5 13.5h6L10 21l8.5-11h-6L13 3Z");
    public static readonly Html Mail = Line("M3.5 6h17v12.5h-17zM4 7l8 6.5L20 7");
    public static readonly Html Inbox = Line("M4 13l2.5-8h11L20 13v6H4zM4 13h4.5l1.5 3h4l1.5-3H20");
    public static readonly Html Star = Line("M12 3.5l2.6 5.4 5.9.8-4.3 4.1 1.1 5.9L12 16.9l-5.3 2.8 1.1-5.9-4.3-4.1 5.9-.8Z");
    public static readonly Html Draft = Line("M6 3.5h8l4 4V20.5H6zM14 3.5v4h4M9 13h6M9 16.5h4");
    public static readonly Html Bin = Line("M4.5 6.5h15M9.5 6.5V4h5v2.5M6.5 6.5l1 14h9l1-14M10 10.5v6M14 10.5v6");
    public static readonly Html Tag = Line("M4 4h8l8.5 8.5-8 8L4 12ZM8 8v.1");
    public static readonly Html Back = Line("M10 6l-6 6 6 6M4 12h16");
    public static readonly Html Alert = Line("M12 3.5 21.5 20h-19ZM12 10v4.5M12 17v.1");
    public static readonly Html Clip = Line("M19 11.5l-7.5 7.5a4.6 4.6 0 0 1-6.5-6.5l8-8a3 3 0 0 1 4.3 4.3l-8 8a1.5 1.5 0 0 1-2.1-2.1l7-7");

    /// <summary>Our own mark: two jacks and a cable on ink.</summary>
    public static readonly Html Patchbay = Html.Of($"""
        <svg class="glyph" viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="8" class="ink"/><g class="onink"><circle cx="10.5" cy="10.5" r="3.2"/><circle cx="21.5" cy="21.5" r="3.2"/></g><path class="cable" d="M10.5 13.7v2.8a4 4 0 0 0 4 4h3.8"/></svg>
        """);

    /// <summary>Slack's tile: a hash in one hue, not the official logo.</summary>
    public static readonly Html Slack = Tile("slack", "M13.5 8 11.5 24M20.5 8l-2 16M8.5 13h16M7.5 19h16");

    /// <summary>Google accounts.</summary>
    public static readonly Html Google = Tile("google", "M23.5 11.5A8.5 8.5 0 1 0 24.5 16H16.5");

    public static readonly Html Gmail = Tile("gmail", "M7.5 22.5v-13l8.5 6.5 8.5-6.5v13");

    /// <summary>The cable between two things that are being wired together.</summary>
    public static readonly Html Cable = Html.Of($"""<svg class="cable-strip" viewBox="0 0 40 24" aria-hidden="true"><path d="M6 12c7 0 7 7 14 7s7-14 14-7"/><circle cx="6" cy="12" r="3.5"/><circle cx="34" cy="12" r="3.5"/></svg>""");

    private static Html Line(string path) =>
        Html.Of($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{path}"/></svg>""");

    private static Html Tile(string hue, string path) =>
        Html.Of($"""<svg class="glyph tile {hue}" viewBox="0 0 32 32" aria-hidden="true"><rect x=".5" y=".5" width="31" height="31" rx="8"/><path d="{path}"/></svg>""");
}
