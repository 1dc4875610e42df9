namespace Patchbay.Catalog.Tests;

public sealed class ShippedConnectorsTests
{
    private static readonly CatalogLoadResult Loaded = CatalogLoader.Load(Repo.Connectors);

    [Fact]
    public void The_connectors_folder_has_no_error() => Loaded.Errors.Select(e => e.ToString()).ShouldBeEmpty();

    [Fact]
    public void Posting_to_slack_needs_one_scope_only()
    {
        var slack = Loaded.Require().FindConnector("slack")!;
        var post = Loaded.Require().FindOperation("slack.post_message")!;
        ScopeRules.LeastScopes(slack, [post]).ShouldBe(["chat:write"]);
    }

    [Fact]
    public void Sending_and_labelling_mail_asks_only_for_the_scope_that_includes_the_other()
    {
        var gmail = Loaded.Require().FindConnector("gmail")!;
        var send = Loaded.Require().FindOperation("gmail.send_email")!;
        var label = Loaded.Require().FindOperation("gmail.modify_message")!;
        ScopeRules.LeastScopes(gmail, [send, label]).ShouldBe(["https://www.googleapis.com/auth/gmail.modify"]);
        ScopeRules.Missing(gmail, send, ["https://www.googleapis.com/auth/gmail.compose"]).ShouldBeEmpty();
        ScopeRules.Missing(gmail, label, ["https://www.googleapis.com/auth/gmail.send"]).ShouldBe(["https://www.googleapis.com/auth/gmail.modify"]);
    }

    /// <summary>Base44's type names: apps carry them in their files.</summary>
    [Fact]
    public void The_thirteen_are_there_and_proven_in_the_sandbox() =>
        Loaded.Require().Connectors.Where(c => c.Proof == Proof.Sandbox).Select(c => c.Id).Order(StringComparer.Ordinal).ShouldBe(
            ["gmail", "googlebigquery", "googlecalendar", "googledocs", "googledrive", "googlesheets", "googleslides", "hubspot", "linkedin", "notion", "salesforce", "slack", "tiktok"]);

    [Fact]
    public void The_narrow_scope_of_files_belongs_to_each_of_the_four_file_connectors()
    {
        foreach (var id in (string[])["googledocs", "googlesheets", "googleslides", "googledrive"])
            Loaded.Require().FindConnector(id)!.Scopes.ShouldContain(s => s.Id == "https://www.googleapis.com/auth/drive.file", id);
    }

    [Fact]
    public void Google_is_never_asked_to_add_the_scopes_of_earlier_grants() =>
        Loaded.Require().Connectors.Where(c => c is { Vendor: "google" }).ShouldAllBe(c => !c.OAuth.AuthorizeParameters.ContainsKey("include_granted_scopes"));

    [Fact]
    public void Every_connector_says_what_people_and_functions_need_to_know() =>
        Loaded.Require().Connectors.ShouldAllBe(c => c.Examples.Count >= 5 && c.Operations.Count >= 4 && c.Quirks.Count > 0 && c.RemoveAt != null && c.RateLimit != null && c.Errors != null);

    [Fact]
    public void A_scope_that_the_vendor_gives_to_nobody_is_listed_with_its_reason_and_needed_by_nothing()
    {
        var slack = Loaded.Require().FindConnector("slack")!;
        slack.Scopes.Single(s => s.Id == "chat:read").Withdrawn.ShouldNotBeNull().ShouldContain("history");
        foreach (var connector in Loaded.Require().Connectors)
            foreach (var gone in connector.Scopes.Where(s => s.Withdrawn is not null))
                connector.Operations.ShouldAllBe(o => !o.Scopes.Contains(gone.Id) && !o.AlternativeScopes.Any(a => a.Contains(gone.Id)));
    }

    [Fact]
    public void What_is_asked_for_only_to_show_the_account_is_of_that_class() =>
        Loaded.Require().Connectors.Where(c => c.UsesOAuth).SelectMany(c => c.Scopes.Where(s => c.OAuth.IdentityScopes.Contains(s.Id))).ShouldAllBe(s => s.Class == ScopeClass.Identity);

    [Fact]
    public void No_operation_is_called_by_a_host_outside_its_connector()
    {
        foreach (var connector in Loaded.Require().Connectors)
            foreach (var operation in connector.Operations)
                operation.AlsoCalls.Prepend(operation.Call).ShouldAllBe(c => HostRules.Allows(connector.Hosts, c.Host));
    }

    [Fact]
    public void Every_own_call_of_every_operation_is_found_again_by_the_matcher()
    {
        foreach (var connector in Loaded.Require().Connectors)
            foreach (var operation in connector.Operations)
            {
                var path = System.Text.RegularExpressions.Regex.Replace(operation.Call.Path, @"\{[^}]+\}", "x1");
                var found = Loaded.Require().Matcher.FindAll(connector.Id, operation.Call.Method, operation.Call.Host, path);
                if (operation.QueryWords.Count == 0)
                    found[0].Id.ShouldBe(operation.Id);
                else
                    found.ShouldContain(operation);
            }
    }

    [Theory]
    [InlineData("POST", "slack.com", "/api/chat.postMessage", "slack.post_message")]
    [InlineData("post", "SLACK.com", "/api/chat.postMessage?x=1", "slack.post_message")]
    [InlineData("GET", "slack.com", "/api/users.info", "slack.get_user")]
    [InlineData("POST", "gmail.googleapis.com", "/gmail/v1/users/me/messages/send", "gmail.send_email")]
    [InlineData("GET", "gmail.googleapis.com", "/gmail/v1/users/me/messages/18c", "gmail.get_message")]
    [InlineData("GET", "gmail.googleapis.com", "/gmail/v1/users/me/messages/18c/attachments/a", "gmail.get_attachment")]
    [InlineData("GET", "acme.my.salesforce.com", "/services/data/v62.0/query", "salesforce.query")]
    [InlineData("PATCH", "acme--uat.sandbox.my.salesforce.com", "/services/data/v57.0/sobjects/Lead/00Q1", "salesforce.update_record")]
    [InlineData("POST", OperationMatcher.AnyHost, "/services/data/v62.0/sobjects/Lead", "salesforce.create_record")]
    public void A_call_is_recognised(string method, string host, string path, string operation) =>
        Loaded.Require().Matcher.Find(method, host, path)!.Id.ShouldBe(operation);

    [Theory]
    [InlineData("GET", "slack.com", "/api/chat.postMessage")]
    [InlineData("GET", "my.salesforce.com", "/services/data/v62.0/query")]
    [InlineData("GET", "acme.my.salesforce.com.example.com", "/services/data/v62.0/query")]
    [InlineData("POST", OperationMatcher.AnyHost, "/api/chat.postMessage")]
    [InlineData("POST", "slack.com.example.com", "/api/chat.postMessage")]
    [InlineData("POST", "slack.com", "/api/chat.postMessage/")]
    [InlineData("POST", "slack.com", "//api/chat.postMessage")]
    [InlineData("POST", "gmail.googleapis.com", "/gmail/v1/users//messages/send")]
    [InlineData("POST", "gmail.googleapis.com", "/gmail/v1/users/../messages/send")]
    [InlineData("GET", "gmail.googleapis.com", "/gmail/v1/users/me/messages/..%2Fsend")]
    [InlineData("GET", "gmail.googleapis.com", "/gmail/v1/users/me/messages/%2e%2e")]
    public void A_call_that_only_looks_like_one_is_not(string method, string host, string path) =>
        Loaded.Require().Matcher.Find(method, host, path).ShouldBeNull();
}
