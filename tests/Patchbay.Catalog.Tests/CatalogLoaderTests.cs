using NJsonSchema;

namespace Patchbay.Catalog.Tests;

public sealed class CatalogLoaderTests
{
    private static readonly JsonSchema Schema = CatalogLoader.ParseSchema(File.ReadAllText(Path.Combine(Repo.Connectors, "connector.schema.json")));
    private static readonly string Slack = File.ReadAllText(Path.Combine(Repo.Connectors, "slack", "connector.yaml"));

    [Theory]
    [InlineData("\"chat:write\"]", "\"chat:wrote\"]", "chat:wrote")]
    [InlineData("POST slack.com/api/chat.update", "POST evil.example.com/api/chat.update", "evil.example.com")]
    [InlineData("slack.update_message", "slack.post_message", "twice")]
    [InlineData("https://slack.com/oauth/v2/authorize", "http://slack.com/oauth/v2/authorize", "https")]
    [InlineData("words: [slack]", "words: [Slack]", "lower case")]
    [InlineData("class: read }", "class: reed }", "read, write, admin")]
    [InlineData("category: Team chat", "categori: Team chat", "categori")]
    [InlineData("POST slack.com/api/chat.update", "POST slack.com/api/chat.postMessage", "same call")]
    [InlineData("url: https://slack.com/api/auth.test", "url: https://example.com/api/auth.test", "not in hosts")]
    [InlineData("format: \"Bearer {token}\"", "format: \"Bearer\"", "format")]
    [InlineData("id: slack.delete_message", "id: slak.delete_message", "begin with")]
    [InlineData("plain: \"See user groups\"", "plain: \"see user groups.\"", "capital")]
    [InlineData("class: write, userOnly: true }", "class: write, withdrawn: \"Slack gives it to nobody any more.\" }", "gives to nobody")]
    [InlineData("scopes: [\"channels:history\"] }", "scopes: [\"channels:hist\"] }", "cannot be had here")]
    [InlineData("id: slack.reaction_added", "id: slack.message_posted", "twice")]
    [InlineData("algorithm: hmacSha256", "algorithm: rot13", "hmacSha256")]
    [InlineData("Pin the summary of the incident once it is closed", "Open a channel for every new project and invite its team", "Write another")]
    [InlineData("proof: sandbox", "proof: hearsay", "sandbox, shapes")]
    public void A_fault_is_named_with_its_line(string good, string bad, string expected)
    {
        Slack.ShouldContain(good);
        var at = Slack.IndexOf(good, StringComparison.Ordinal);
        var text = Slack[..at] + bad + Slack[(at + good.Length)..];
        var errors = new List<CatalogError>();
        CatalogLoader.Parse("slack/connector.yaml", text, Schema, errors).ShouldBeNull();
        errors.ShouldContain(e => e.Message.Contains(expected, StringComparison.Ordinal) && e.Line > 0, string.Join('\n', errors));
    }

    [Fact]
    public void The_line_of_a_fault_is_the_line_of_the_fault()
    {
        var text = Slack.Replace("class: admin", "class: boss", StringComparison.Ordinal);
        var line = text.Split('\n').ToList().FindIndex(l => l.Contains("class: boss", StringComparison.Ordinal)) + 1;
        var errors = new List<CatalogError>();
        CatalogLoader.Parse("slack/connector.yaml", text, Schema, errors);
        errors.ShouldHaveSingleItem().Line.ShouldBe(line);
    }

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var text = Slack.Replace("\"chat:write\"]", "\"chat:wrote\"]", StringComparison.Ordinal)
            .Replace("https://slack.com/api/oauth.v2.access", "ftp://slack.com/api/oauth.v2.access", StringComparison.Ordinal);
        var errors = new List<CatalogError>();
        CatalogLoader.Parse("slack/connector.yaml", text, Schema, errors).ShouldBeNull();
        errors.Count.ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a\n- b")]
    [InlineData("a: [")]
    [InlineData("a: 1\na: 2")]
    [InlineData("--- \na: 1\n---\nb: 2")]
    [InlineData("a: &x [1,1,1,1,1,1,1,1,1]\nb: &y [*x,*x,*x,*x,*x,*x,*x,*x,*x]\nc: &z [*y,*y,*y,*y,*y,*y,*y,*y,*y]\nd: &w [*z,*z,*z,*z,*z,*z,*z,*z,*z]\ne: [*w,*w,*w,*w,*w,*w,*w,*w,*w]")]
    public void Text_that_is_no_connector_is_an_error_and_no_exception(string text)
    {
        var errors = new List<CatalogError>();
        CatalogLoader.Parse("x/connector.yaml", text, Schema, errors).ShouldBeNull();
        errors.ShouldNotBeEmpty();
    }

    [Fact]
    public void Damaged_text_never_throws()
    {
        var random = new Random(4711);
        for (var round = 0; round < 300; round++)
        {
            var text = Slack.ToCharArray();
            for (var i = random.Next(1, 6); i > 0; i--)
                text[random.Next(text.Length)] = "{}[]:-#&*\"'\n\t \0x"[random.Next(16)];
            CatalogLoader.Parse("slack/connector.yaml", new string(text), Schema, []);
        }
    }

    [Fact]
    public void A_folder_without_icon_and_readme_is_named()
    {
        var directory = Directory.CreateTempSubdirectory("patchbay-catalog-");
        try
        {
            File.Copy(Path.Combine(Repo.Connectors, "connector.schema.json"), Path.Combine(directory.FullName, "connector.schema.json"));
            directory.CreateSubdirectory("slick");
            File.WriteAllText(Path.Combine(directory.FullName, "slick", "connector.yaml"), Slack);
            var result = CatalogLoader.Load(directory.FullName);
            result.Catalog.ShouldBeNull();
            result.Errors.Select(e => e.File).ShouldBe(["slick/icon.svg", "slick/README.md", "slick/connector.yaml"], ignoreOrder: true);
            Should.Throw<InvalidDataException>(result.Require).Message.ShouldContain("slick");
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
