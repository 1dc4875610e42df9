using System.Text.RegularExpressions;
using Patchbay.EndToEnd.Tests.Support;

namespace Patchbay.EndToEnd.Tests;

/// <summary>The main job as a reader sees it: one command, its exit code and what it printed.</summary>
public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_does_its_steps_leaves_patchbay_alone_and_takes_its_temporary_directory_away()
    {
        using var place = new TempDirectory();
        Directory.CreateDirectory(place["tmp"]);
        Directory.CreateDirectory(place[".patchbay"]);
        await File.WriteAllTextAsync(Path.Combine(place[".patchbay"], "patchbay.json"), "{ \"port\": 1 }");
        var before = TempDirectory.Fingerprint(place.Path);

        var run = await DemoAsync(place);

        run.Code.ShouldBe(0, run.All);
        Regex.Matches(run.Output, @"^ +(\d+)  .*\(\d+\.\d\d s\)\s*$", RegexOptions.Multiline).Select(m => m.Groups[1].Value).ShouldBe(["1", "2", "3", "4", "5", "6"]);
        run.Output.ShouldContain("Action required: Slack");
        run.Output.ShouldContain("Deno.serve");
        run.Output.ShouldContain("#support:");
        run.Output.ShouldMatch(@"http://localhost:\d+/sign-in/link#\S+");
        TempDirectory.Fingerprint(place.Path).ShouldBe(before);
        Directory.EnumerateFileSystemEntries(place["tmp"]).ShouldBeEmpty();
    }

    [Theory]
    [Trait("Speed", "Slow")]
    [InlineData("Post in #front-desk when a booking is created", "#front-desk:", "Tomás Rey")]
    [InlineData("When a new lead comes in, let #sales know", "#sales:", "Fern Osei")]
    [InlineData("Message #growth every time someone signs up", "#growth:", "Bruna Alves")]
    [InlineData("When a deal is won, post it to #wins", "#wins:", "Dockside spring order")]
    [InlineData("Post to #finance when an invoice becomes overdue", "#finance:", "2026-118")]
    [InlineData("Post in the trophies channel when a deal is won", "#trophies:", "Dockside spring order")]
    [InlineData("If a ticket's priority changes to urgent, alert #oncall", "#oncall:", "Label printer prints blank pages")]
    [InlineData("Tell #ops when a task is deleted", "#ops:", "Call the carrier about pallet 7")]
    [InlineData("Every weekday at 9 post the open tickets to #standup", "#standup:", "Label printer prints blank pages")]
    [InlineData("Each Monday at 8am send a list of overdue invoices to #money", "#money:", "2026-")]
    [InlineData("Email boss@northwind.example when a deal is won", "mail to boss@northwind.example", "Dockside spring order")]
    [InlineData("Send an email to editor@northwind.example whenever an article is published", "mail to editor@northwind.example", "How we pack glass")]
    [InlineData("When an invoice is paid, email accounts@northwind.example", "mail to accounts@northwind.example", "2026-118")]
    [InlineData("Every day at 7 email me the open tasks", "mail to ", "Call the carrier about pallet 7")]
    public async Task What_the_sentence_says_stands_at_the_vendor(string sentence, string where, string what)
    {
        using var place = new TempDirectory();
        Directory.CreateDirectory(place["tmp"]);

        var run = await DemoAsync(place, "--say", sentence);

        run.Code.ShouldBe(0, run.All);
        var arrived = run.Output.Split('\n').SkipWhile(l => !l.StartsWith("   6  ", StringComparison.Ordinal)).Skip(1).TakeWhile(l => l.StartsWith("       ", StringComparison.Ordinal)).ToList();
        arrived.ShouldContain(l => l.Contains(where, StringComparison.Ordinal) && l.Contains(what, StringComparison.Ordinal), run.Output);
    }

    [Theory]
    [InlineData("Tell somebody when a ticket is opened", "ticket")]
    [InlineData("When a deal is won, fax it to the warehouse", "deal", "fax")]
    [InlineData("When a ticket is opened, post it to Discord", "discord", "ticket")]
    [InlineData("Post to #support", "#support")]
    [InlineData("Post to #zoo when a giraffe is born", "#zoo")]
    public async Task What_is_unclear_or_impossible_ends_with_one_and_names_what_was_understood(string sentence, params string[] understood)
    {
        using var place = new TempDirectory();
        Directory.CreateDirectory(place["tmp"]);

        var run = await DemoAsync(place, "--say", sentence);

        run.Code.ShouldBe(1, run.All);
        run.Output.ShouldMatch("Step 3 failed. The chat (asks|declines): .+");
        var named = run.Output.Split('\n').Single(l => l.StartsWith("It understood", StringComparison.Ordinal)).ToLowerInvariant();
        foreach (var part in understood) named.ShouldContain(part);
        Directory.EnumerateFileSystemEntries(place["tmp"]).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_says_nothing_that_could_be_understood_ends_with_one_and_a_question()
    {
        using var place = new TempDirectory();
        Directory.CreateDirectory(place["tmp"]);

        var run = await DemoAsync(place, "--say", "florp the blimbo");

        run.Code.ShouldBe(1, run.All);
        run.Output.ShouldMatch("Step 3 failed. The chat (asks|declines): .+");
    }

    private static Task<ProgramRun> DemoAsync(TempDirectory place, params string[] more) =>
        ProgramRun.ServerAsync(["demo", "--exit", .. more], place.Path, new Dictionary<string, string?> { ["TMPDIR"] = place["tmp"] });
}
