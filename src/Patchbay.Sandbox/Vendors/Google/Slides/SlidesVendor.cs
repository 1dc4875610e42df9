using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Drive;
using Patchbay.Sandbox.Vendors.Google.Slides.Requests;

namespace Patchbay.Sandbox.Vendors.Google.Slides;

/// <summary>Google Slides: slides.googleapis.com. A presentation is a Drive file. What is faithful and what is not stands in this folder's README.</summary>
internal sealed class SlidesVendor : IVendor, IDriveProduct
{
    public const string Host = "slides.googleapis.com";
    public const string PictureHost = "lh3.googleusercontent.com";
    private const string Full = GoogleScopes.Prefix + "presentations";
    private const string ReadOnly = GoogleScopes.Prefix + "presentations.readonly";
    private static readonly TimeSpan ThumbnailLife = TimeSpan.FromMinutes(30);
    private static readonly string[] Read = [Full, ReadOnly, DriveScopes.Full, DriveScopes.ReadOnly, DriveScopes.File];
    private static readonly string[] Write = [Full, DriveScopes.Full, DriveScopes.File];
    private static readonly string[] Whole = [Full, ReadOnly, DriveScopes.Full, DriveScopes.ReadOnly];

    private readonly GoogleAccounts accounts;
    private readonly GoogleCalls calls;
    private readonly DriveFiles files;
    private readonly DriveDoor door;
    private readonly SlidesStore decks;
    private readonly TimeProvider time;

    public SlidesVendor(Store store, OAuthStore oauth, LiveFeed live, Pages.WorldShell shell, TimeProvider time)
    {
        this.time = time;
        accounts = new GoogleAccounts(store);
        calls = new GoogleCalls(new GoogleBearer(oauth, accounts), store, Host);
        files = new DriveFiles(store, live, time);
        door = new DriveDoor(files, time);
        decks = new SlidesStore(store, live);
        World = new SlidesPage(decks, files, accounts, store, shell).Page;
    }

    public string Name => GoogleOAuth.Vendor;

    public IReadOnlyList<string> Hosts { get; } = [Host, PictureHost];

    public WorldPage? World { get; }

    public string MimeType => DriveMime.Presentation;

    public IReadOnlyList<string> ExportTypes { get; } = ["text/plain", "image/png"];

    public IReadOnlyList<string> ImportTypes { get; } = [];

    public void Map(VendorRoutes routes)
    {
        routes.Post(Host, "/v1/presentations", CreateAsync);
        routes.Get(Host, "/v1/presentations/{id}", context => RunAsync(context, "GetPresentation", false, (_, file, deck, _) => Shape(file, deck)));
        routes.Post(Host, "/v1/presentations/{id}:batchUpdate", context => RunAsync(context, "BatchUpdatePresentation", true, BatchUpdate));
        routes.Get(Host, "/v1/presentations/{id}/pages/{page}", context => RunAsync(context, "GetPage", false, (_, _, deck, _) => PageShape(deck, Page(context, deck))));
        routes.Get(Host, "/v1/presentations/{id}/pages/{page}/thumbnail", context => RunAsync(context, "GetPageThumbnail", false, (_, _, deck, _) => Thumbnail(context, deck)));
        routes.Get(PictureHost, "/slidesthumbnail/{key}", PictureAsync);
    }

    public void Seed()
    {
        DriveSeed.Ensure(files, accounts, time);
        SlidesSeed.Plant(files, decks, accounts);
    }

    public void Clear() => decks.Clear();

    public Task NotFoundAsync(HttpContext context) => GooglePages.NotFoundAsync(context);

    public Task FailAsync(HttpContext context, int status) => GooglePages.FailAsync(context, status);

    public byte[] Export(DriveFile file, string mimeType)
    {
        var deck = Open(file);
        return mimeType == "image/png" && deck.Slides.Count > 0 ? SlideThumbnail.Draw(deck.Slides[0]!.AsObject(), 1600) : Encoding.UTF8.GetBytes(Text(file));
    }

    public void CreateEmpty(DriveFile file) => decks.Create(file.Id);

    public void Import(DriveFile file, byte[] content, string mimeType) => decks.Create(file.Id);

    public void Copy(DriveFile from, DriveFile to)
    {
        if (decks.Get(from.Id) is { } source)
            decks.Put(source with { Id = to.Id });
    }

    public void Delete(string fileId) => decks.Delete(fileId);

    public string Text(DriveFile file)
    {
        var deck = Open(file);
        return string.Join("\n\n", deck.Slides.OfType<JsonObject>().Select(SlideDeck.Text));
    }

    public string WorldAddress(DriveFile file) => $"/world/slides?presentation={file.Id}";

    public string WebViewLink(string fileId) => $"https://docs.google.com/presentation/d/{fileId}/edit?usp=drivesdk";

    private SlideDeck Open(DriveFile file) => new(decks.Get(file.Id) ?? decks.Create(file.Id));

    private Task CreateAsync(HttpContext context) => AnswerAsync(context, "CreatePresentation", true, (caller, body) =>
    {
        var wanted = body.Text("presentationId");
        if (wanted is not null && (files.Get(wanted) is not null || wanted.Length is < 5 or > 100 || !wanted.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
            throw Invalid(files.Get(wanted) is not null ? "Requested entity already exists" : "Invalid presentation ID.");
        var title = body.Text("title") is { Length: > 0 } given ? given : "Untitled presentation";
        var file = files.Create(caller.Account, title, DriveMime.Presentation, client: caller.ClientId, id: wanted);
        decks.Create(file.Id);
        return Shape(file, Open(file));
    });

    private GoogleAnswer BatchUpdate(GoogleCaller caller, DriveFile file, SlideDeck deck, JsonObject body)
    {
        if (body["requests"] is not JsonArray { Count: > 0 } requests)
            throw Invalid("Must specify at least one request.");
        if ((body["writeControl"] as JsonObject).Text("requiredRevisionId") is { Length: > 0 } required && required != RevisionId(deck.Revision))
            throw new GoogleRefusalException(GoogleAnswer.Error(400, $"The required revision ID '{required}' does not match the latest revision.", "failedPrecondition", "FAILED_PRECONDITION"));
        var replies = new JsonArray();
        foreach (var (index, request) in requests.Index())
            replies.Add(SlideRequests.Run(deck, request, index, id => door.Open(caller, id, DriveMime.Spreadsheet, DriveRole.Reader, Sheets.SheetsScopes.Whole).File is not null));
        var saved = decks.Put(deck.Changed());
        files.Touch(file, caller.Account);
        return GoogleAnswer.Ok(new JsonObject
        {
            ["presentationId"] = file.Id,
            ["replies"] = replies,
            ["writeControl"] = new JsonObject { ["requiredRevisionId"] = RevisionId(saved.Revision) },
        });
    }

    private static GoogleAnswer Shape(DriveFile file, SlideDeck deck) => GoogleAnswer.Ok(new JsonObject
    {
        ["presentationId"] = file.Id,
        ["pageSize"] = deck.Content["pageSize"]!.DeepClone(),
        ["slides"] = new JsonArray([.. deck.Slides.Select(slide => (JsonNode)Revised(deck, slide!.AsObject()))]),
        ["title"] = file.Name,
        ["masters"] = deck.Content["masters"]!.DeepClone(),
        ["layouts"] = deck.Content["layouts"]!.DeepClone(),
        ["locale"] = deck.Content["locale"]!.DeepClone(),
        ["revisionId"] = RevisionId(deck.Revision),
    });

    private static GoogleAnswer PageShape(SlideDeck deck, JsonObject page) => GoogleAnswer.Ok(Revised(deck, page));

    private static JsonObject Revised(SlideDeck deck, JsonObject page)
    {
        var shape = (JsonObject)page.DeepClone();
        shape["revisionId"] = RevisionId(deck.Revision);
        return shape;
    }

    private GoogleAnswer Thumbnail(HttpContext context, SlideDeck deck)
    {
        var page = Page(context, deck);
        var size = context.Request.Query["thumbnailProperties.thumbnailSize"].ToString();
        if (context.Request.Query["thumbnailProperties.mimeType"].ToString() is not ("" or "PNG"))
            throw Invalid("Invalid value at 'thumbnail_properties.mime_type'");
        var width = size switch
        {
            "" or "LARGE" or "THUMBNAIL_SIZE_UNSPECIFIED" => 1600,
            "MEDIUM" => 800,
            "SMALL" => 200,
            _ => throw Invalid($"Invalid value at 'thumbnail_properties.thumbnail_size' (type.googleapis.com/google.apps.slides.v1.ThumbnailProperties.ThumbnailSize), \"{size}\""),
        };
        var key = decks.Link(new SlideThumbnailLink(deck.Id, page.Text("objectId")!, width, (time.GetUtcNow() + ThumbnailLife).ToUnixTimeMilliseconds()));
        return GoogleAnswer.Ok(new JsonObject { ["width"] = width, ["height"] = width * 9 / 16, ["contentUrl"] = $"https://{PictureHost}/slidesthumbnail/{key}" });
    }

    /// <summary>The picture behind a thumbnail's address: no token, thirty minutes.</summary>
    private async Task PictureAsync(HttpContext context)
    {
        var link = decks.Linked((string?)context.Request.RouteValues["key"] ?? "");
        if (link is null || link.Until < time.GetUtcNow().ToUnixTimeMilliseconds() || files.Get(link.Deck) is not { } file || Open(file).Page(link.Page) is not { } page)
        {
            await NotFoundAsync(context);
            return;
        }

        await (GoogleAnswer.Ok([]) with { Media = new GoogleMedia(SlideThumbnail.Draw(page, link.Width), "image/png") }).WriteAsync(context);
    }

    private static JsonObject Page(HttpContext context, SlideDeck deck)
    {
        var id = (string?)context.Request.RouteValues["page"] ?? "";
        return deck.Page(id) ?? throw new GoogleRefusalException(GoogleAnswer.Error(404, $"The page ({id}) could not be found.", "notFound", "NOT_FOUND"));
    }

    private Task RunAsync(HttpContext context, string method, bool writes, Func<GoogleCaller, DriveFile, SlideDeck, JsonObject, GoogleAnswer> run) => AnswerAsync(context, method, writes, (caller, body) =>
    {
        var (file, refusal) = door.Open(caller, (string?)context.Request.RouteValues["id"] ?? "", DriveMime.Presentation, writes ? DriveRole.Writer : DriveRole.Reader, Whole);
        return file is null ? refusal! : run(caller, file, Open(file), body);
    });

    private Task AnswerAsync(HttpContext context, string method, bool writes, Func<GoogleCaller, JsonObject, GoogleAnswer> run) =>
        calls.AnswerAsync(context, "google.apps.slides.v1.PresentationsService." + method, writes ? Write : Read, run);

    private static GoogleRefusalException Invalid(string message) => new(GoogleAnswer.Error(400, message, "badRequest", "INVALID_ARGUMENT"));

    private static string RevisionId(long revision) => "sr" + revision.ToString("D12", CultureInfo.InvariantCulture);
}
