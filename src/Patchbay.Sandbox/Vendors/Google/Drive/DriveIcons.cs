using Patchbay.Sandbox.Pages;

namespace Patchbay.Sandbox.Vendors.Google.Drive;

/// <summary>A picture and a hue for each kind of file; the name beside it carries the meaning.</summary>
internal static class DriveIcons
{
    public static readonly Html Folder = Line("M3.5 7.5a2 2 0 0 1 2-2h4l2 2.5h7a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2h-13a2 2 0 0 1-2-2z");
    private static readonly Html Document = Line("M6.5 5.5a2 2 0 0 1 2-2h5.5l4 4v11a2 2 0 0 1-2 2h-7.5a2 2 0 0 1-2-2zM9.5 12h5M9.5 15h5M9.5 9h2");
    private static readonly Html Sheet = Line("M4.5 5.5h15v13h-15zM4.5 10h15M4.5 14.2h15M10 5.5v13");
    private static readonly Html Slides = Line("M4 5.5h16v11H4zM9 20h6M12 16.5V20");
    private static readonly Html Picture = Line("M4 5.5h16v13H4zM4.5 17l4.5-5 3.5 3.5 2.5-2 4.5 4M15 9.5v.1");
    private static readonly Html Link = Line("M10 14l4-4M8.5 11.5l-2 2a3.2 3.2 0 0 0 4.5 4.5l2-2M15.5 12.5l2-2A3.2 3.2 0 0 0 13 6l-2 2");
    private static readonly Html Other = Line("M6.5 5.5a2 2 0 0 1 2-2h5.5l4 4v11a2 2 0 0 1-2 2h-7.5a2 2 0 0 1-2-2zM14 3.5v4h4");

    public static Html Of(string mimeType) => Kind(mimeType) switch
    {
        "folder" => Folder,
        "document" => Document,
        "sheet" => Sheet,
        "slides" => Slides,
        "picture" => Picture,
        "link" => Link,
        _ => Other,
    };

    public static string Kind(string mimeType) => mimeType switch
    {
        DriveMime.Folder => "folder",
        DriveMime.Document => "document",
        DriveMime.Spreadsheet or "text/csv" => "sheet",
        DriveMime.Presentation => "slides",
        DriveMime.Shortcut => "link",
        _ when mimeType.StartsWith("image/", StringComparison.Ordinal) => "picture",
        _ => "file",
    };

    private static Html Line(string path) => Html.Of($"""<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d="{path}"/></svg>""");
}
