using System.Text.Json.Nodes;
using Patchbay.Sandbox.Tests.Support;

namespace Patchbay.Sandbox.Tests.Google.Drive;

public sealed class DriveOperationTests
{
    private const string Api = "www.googleapis.com/drive/v3";

    private static readonly Dictionary<string, Func<Playground, Task<ExampleCall>>> Examples = new()
    {
        ["googledrive.upload_file"] = _ => Call("POST", "www.googleapis.com/upload/drive/v3/files?uploadType=media", new JsonObject { ["any"] = "content" }),
        ["googledrive.create_folder"] = _ => Call("POST", $"{Api}/files", new JsonObject { ["name"] = "Reports", ["mimeType"] = DriveApp.Folder }),
        ["googledrive.list_files"] = _ => Call("GET", $"{Api}/files?q=trashed%3Dfalse&fields=files(id,name)"),
        ["googledrive.get_file"] = sandbox => OnFile(sandbox, "GET", ""),
        ["googledrive.export_file"] = sandbox => OnFile(sandbox, "GET", "/export?mimeType=text/plain", mimeType: DriveApp.Document),
        ["googledrive.update_file"] = sandbox => OnFile(sandbox, "PATCH", "", new JsonObject { ["name"] = "renamed" }),
        ["googledrive.replace_content"] = async sandbox => new ExampleCall("PATCH", $"www.googleapis.com/upload/drive/v3/files/{await File(sandbox)}?uploadType=media", new JsonObject { ["new"] = "content" }),
        ["googledrive.copy_file"] = sandbox => OnFile(sandbox, "POST", "/copy", new JsonObject { ["name"] = "copy" }),
        ["googledrive.delete_file"] = sandbox => OnFile(sandbox, "DELETE", ""),
        ["googledrive.share_file"] = sandbox => OnFile(sandbox, "POST", "/permissions", Reader()),
        ["googledrive.list_sharing"] = sandbox => OnFile(sandbox, "GET", "/permissions"),
        ["googledrive.change_sharing"] = sandbox => OnPermission(sandbox, "PATCH", new JsonObject { ["role"] = "writer" }),
        ["googledrive.unshare_file"] = sandbox => OnPermission(sandbox, "DELETE", null),
        ["googledrive.list_changes"] = _ => Call("GET", $"{Api}/changes?pageToken=1"),
        ["googledrive.list_revisions"] = sandbox => OnFile(sandbox, "GET", "/revisions"),
        ["googledrive.get_about"] = _ => Call("GET", $"{Api}/about?fields=user"),
        ["googledrive.get_account"] = _ => Call("GET", "www.googleapis.com/oauth2/v2/userinfo"),
    };

    public static TheoryData<string> Operations => OperationTable.Ids("googledrive");

    [Fact]
    public void Every_operation_has_an_example_call() => Examples.Keys.ShouldCover("googledrive");

    [Theory]
    [MemberData(nameof(Operations))]
    public Task An_operation_works_with_its_least_scopes_and_not_without_one(string operation) =>
        GoogleOperation.ShouldNeedItsLeastScopesAsync(operation, Examples[operation]);

    private static Task<ExampleCall> Call(string method, string address, JsonNode? body = null) => Task.FromResult(new ExampleCall(method, address, body));

    private static JsonObject Reader() => new() { ["type"] = "user", ["role"] = "reader", ["emailAddress"] = "tom@northwind.example" };

    /// <summary>A file that the client made, so that drive.file reaches it.</summary>
    private static async Task<string> File(Playground sandbox, string mimeType = "text/plain") =>
        await sandbox.CreateFileAsync(await sandbox.ConnectGoogleAsync(DriveApp.FileScope), "a file", mimeType);

    private static async Task<ExampleCall> OnFile(Playground sandbox, string method, string more, JsonNode? body = null, string mimeType = "text/plain") =>
        new(method, $"{Api}/files/{await File(sandbox, mimeType)}{more}", body);

    private static async Task<ExampleCall> OnPermission(Playground sandbox, string method, JsonNode? body)
    {
        var file = await File(sandbox);
        var permission = await sandbox.DriveAsync(await sandbox.ConnectGoogleAsync(DriveApp.FileScope), HttpMethod.Post, $"/files/{file}/permissions", Reader());
        return new ExampleCall(method, $"{Api}/files/{file}/permissions/{permission.Text("id")}", body);
    }
}
