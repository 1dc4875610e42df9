using System.Text.Json.Nodes;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.OAuth;
using Patchbay.Sandbox.State;
using Patchbay.Sandbox.Vendors.Google.Docs.Export;
using Patchbay.Sandbox.Vendors.Google.Docs.Requests;
using Patchbay.Sandbox.Vendors.Google.Drive;

namespace Patchbay.Sandbox.Vendors.Google.Docs;

/// <summary>Google Docs: docs.googleapis.com. What is faithful and what is not stands in this folder's README.</summary>
internal sealed class DocsVendor : IVendor, IDriveProduct
{
    private const string Host = "docs.googleapis.com";
    private const string Method = "google.apps.docs.v1.DocumentsService.";

    private static readonly HashSet<string> DocumentFields =
    [
        "documentId", "title", "body", "headers", "footers", "footnotes", "documentStyle", "suggestedDocumentStyleChanges", "namedStyles", "suggestedNamedStylesChanges", "lists", "namedRanges", "revisionId",
        "suggestionsViewMode", "inlineObjects", "positionedObjects", "tabs",
    ];

    private static readonly HashSet<string> BatchFields = ["requests", "writeControl"];
    private static readonly HashSet<string> ViewModes = ["", "DEFAULT_FOR_CURRENT_ACCESS", "SUGGESTIONS_INLINE", "PREVIEW_SUGGESTIONS_ACCEPTED", "PREVIEW_WITHOUT_SUGGESTIONS"];
    private readonly TimeProvider time;
    private readonly GoogleAccounts accounts;
    private readonly GoogleCalls calls;
    private readonly DriveFiles files;
    private readonly DriveDoor door;
    private readonly DocsStore documents;

    public DocsVendor(Store store, OAuthStore oauth, LiveFeed live, Pages.WorldShell shell, TimeProvider time)
    {
        this.time = time;
        accounts = new GoogleAccounts(store);
        calls = new GoogleCalls(new GoogleBearer(oauth, accounts), store, Host);
        files = new DriveFiles(store, live, time);
        door = new DriveDoor(files, time);
        documents = new DocsStore(store, live);
        World = new DocsPage(documents, files, accounts, store, shell, time).Page;
    }

    public string Name => GoogleOAuth.Vendor;

    public IReadOnlyList<string> Hosts { get; } = [Host];

    public WorldPage? World { get; }

    public string MimeType => DriveMime.Document;

    public IReadOnlyList<string> ExportTypes => DocsExport.Types;

    public IReadOnlyList<string> ImportTypes => DocsImport.Types;

    public void Map(VendorRoutes routes)
    {
        routes.Post(Host, "/v1/documents", context => RunAsync(context, "CreateDocument", DocsScopes.Write, Create));
        routes.Get(Host, "/v1/documents/{documentId}", context => RunAsync(context, "GetDocument", DocsScopes.Read, Get));
        routes.Post(Host, "/v1/documents/{documentId}:batchUpdate", context => RunAsync(context, "BatchUpdateDocument", DocsScopes.Write, BatchUpdate));
    }

    public void Seed()
    {
        DriveSeed.Ensure(files, accounts, time);
        if (documents.Empty)
            DocsSeed.Plant(documents, files, accounts, time);
    }

    public void Clear() => documents.Clear();

    public Task NotFoundAsync(HttpContext context) => GooglePages.NotFoundAsync(context);

    public Task FailAsync(HttpContext context, int status) => GooglePages.FailAsync(context, status);

    public byte[] Export(DriveFile file, string mimeType) => DocsExport.Make(documents.Open(file.Id), file.Name, mimeType);

    public void CreateEmpty(DriveFile file) => documents.Put(Model.DocDocument.Empty(file.Id));

    public void Import(DriveFile file, byte[] content, string mimeType)
    {
        var document = DocsImport.Read(file.Id, content, mimeType);
        document.Revision = documents.Open(file.Id).Revision + 1;
        documents.Put(document);
    }

    public void Copy(DriveFile from, DriveFile to) => documents.Copy(from.Id, to.Id);

    public void Delete(string fileId) => documents.Delete(fileId);

    public string Text(DriveFile file) => DocsExport.Plain(documents.Open(file.Id), "\n");

    public string WorldAddress(DriveFile file) => $"/world/docs?document={file.Id}";

    public string WebViewLink(string fileId) => $"https://docs.google.com/document/d/{fileId}/edit?usp=drivesdk";

    private Task RunAsync(HttpContext context, string method, IReadOnlyList<string> accepted, Func<HttpContext, GoogleCaller, JsonObject, GoogleAnswer> run) =>
        calls.AnswerAsync(context, Method + method, accepted, (caller, body) => run(context, caller, body));

    /// <summary>Only the title of the given document counts; any content is left out, as Docs does it.</summary>
    private GoogleAnswer Create(HttpContext context, GoogleCaller caller, JsonObject body)
    {
        if (Unknown(body, DocumentFields) is { } unknown)
            return unknown;
        var file = files.Create(caller.Account, body.Text("title") is { Length: > 0 } title ? title : "Untitled document", DriveMime.Document, client: caller.ClientId);
        var document = Model.DocDocument.Empty(file.Id);
        documents.Put(document);
        return GoogleAnswer.Ok(DocsShapes.Document(document, file.Name, tabs: false, mayEdit: true));
    }

    private GoogleAnswer Get(HttpContext context, GoogleCaller caller, JsonObject body)
    {
        var mode = context.Request.Query["suggestionsViewMode"].ToString();
        if (!ViewModes.Contains(mode))
            return GoogleAnswer.Invalid($"Invalid value at 'suggestions_view_mode' (type.googleapis.com/google.apps.docs.v1.SuggestionsViewMode), \"{mode}\"");
        var (file, refusal) = door.Open(caller, Id(context), DriveMime.Document, DriveRole.Reader, DocsScopes.WholeRead);
        if (file is null)
            return refusal!;
        var mayEdit = new DriveAccess(files.Get, time.GetUtcNow()).Role(caller.Account, file) >= DriveRole.Writer;
        var shape = DocsShapes.Document(documents.Open(file.Id), file.Name, context.Request.Query["includeTabsContent"].ToString() is "true", mayEdit);
        if (mode.StartsWith("PREVIEW", StringComparison.Ordinal))
            shape["suggestionsViewMode"] = mode;
        return GoogleAnswer.Ok(shape);
    }

    private GoogleAnswer BatchUpdate(HttpContext context, GoogleCaller caller, JsonObject body)
    {
        var (file, refusal) = door.Open(caller, Id(context), DriveMime.Document, DriveRole.Writer, DocsScopes.WholeWrite);
        if (file is null)
            return refusal!;
        if (Unknown(body, BatchFields) is { } unknown)
            return unknown;
        if (body["requests"] is not JsonArray { Count: > 0 } requests)
            return GoogleAnswer.Invalid("Must specify at least one request.");
        // The edit works on a copy that is stored only when every request was good.
        var document = documents.Open(file.Id);
        if (Outdated(body["writeControl"], document) is { } outdated)
            return outdated;
        var (replies, wrong) = DocsBatch.Run(new DocsEdit(document), requests);
        if (replies is null)
            return wrong!;
        document.Revision++;
        documents.Put(document);
        files.Touch(file, caller.Account);
        return GoogleAnswer.Ok(new JsonObject
        {
            ["replies"] = replies,
            ["writeControl"] = new JsonObject { ["requiredRevisionId"] = document.RevisionId },
            ["documentId"] = document.Id,
        });
    }

    private static GoogleAnswer? Outdated(JsonNode? control, Model.DocDocument document)
    {
        if (control.Text("requiredRevisionId") is { Length: > 0 } required && required != document.RevisionId)
            return GoogleAnswer.Error(400, $"The required revision ID '{required}' does not match the latest revision.", "failedPrecondition", "FAILED_PRECONDITION");
        return control.Text("targetRevisionId") is { Length: > 0 } target && target != document.RevisionId
            ? GoogleAnswer.Error(400, $"The target revision ID '{target}' is too far behind the latest revision.", "failedPrecondition", "FAILED_PRECONDITION")
            : null;
    }

    private static GoogleAnswer? Unknown(JsonObject body, HashSet<string> known) =>
        body.Select(member => member.Key).FirstOrDefault(name => !known.Contains(name)) is { } stray
            ? GoogleAnswer.Invalid($"Invalid JSON payload received. Unknown name \"{stray}\": Cannot find field.")
            : null;

    private static string Id(HttpContext context) => (string?)context.Request.RouteValues["documentId"] ?? "";
}
