using Patchbay.Platform.Chat.Code;
using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Chat.Proposals;

namespace Patchbay.Platform.Tests.Chat;

public sealed class FunctionCodeTests
{
    private static readonly ProposalBuilder Builder = new(TestApps.Catalog);

    private static Plan Ready(string text) => TestApps.Plan(text).ShouldBeOfType<PlanReady>().Plan;

    private static ProposalContent Build(string text, IReadOnlyDictionary<string, IReadOnlyList<string>>? approved = null, params string[] taken) =>
        Builder.Build(Ready(text), TestApps.HelpDesk, approved ?? new Dictionary<string, IReadOnlyList<string>>(), taken);

    [Fact]
    public void The_function_body_for_a_new_ticket_is_short_and_plain() =>
        FunctionCode.Of(Ready("Tell #support whenever somebody opens a ticket"), TestApps.HelpDesk).ShouldStartWith("""
            import { createClientFromRequest } from "npm:@base44/sdk";

            // When a ticket is created, post a message about it to #support in Slack.
            const CHANNEL = "#support";

            Deno.serve(async (req) => {
              const base44 = createClientFromRequest(req);
              const { event, data, args } = await req.json();
              const key = req.headers.get("Base44-Idempotency-Key") ?? crypto.randomUUID();
              const ticket = data ?? await base44.asServiceRole.entities.Ticket.get(event.entity_id);
              const slack = await base44.asServiceRole.connectors.getConnection("slack");

              const text = [
                `*New ticket: ${slackText(ticket.subject)}*`,
                `Status: ${slackText(ticket.status)}`,
                `Priority: ${slackText(ticket.priority)}`,
                `Customer email: ${slackText(ticket.customer_email)}`,
              ].join("\n");
              await postMessage(slack.accessToken, args?.channel ?? CHANNEL, text, key);

              return Response.json({ ok: true });
            });
            """.ReplaceLineEndings("\n"));

    [Fact]
    public void The_same_plan_gives_the_same_code() =>
        FunctionCode.Of(Ready("every weekday at 9 mail me the overdue tasks"), TestApps.HelpDesk)
            .ShouldBe(FunctionCode.Of(Ready("mail me the overdue tasks on weekdays at 9"), TestApps.HelpDesk));

    [Fact]
    public void A_function_calls_no_host_outside_the_connectors_it_uses()
    {
        foreach (var text in (string[])["Tell #support when a ticket is created", "email me when a deal is won", "every day at 10 post open tickets to #support"])
        {
            var code = FunctionCode.Of(Ready(text), TestApps.HelpDesk);
            foreach (System.Text.RegularExpressions.Match url in System.Text.RegularExpressions.Regex.Matches(code, @"https://([^/""]+)"))
                new[] { "slack.com", "gmail.googleapis.com", "www.googleapis.com" }.ShouldContain(url.Groups[1].Value);
        }
    }

    [Fact]
    public void Names_and_texts_from_outside_stay_text_in_the_code()
    {
        var hostile = new AppSchema("x", [new("Ev`${il}", null, [new("a\"];alert(1)//", FieldKind.Text), new("to", FieldKind.Email)], [])]);
        var plan = new Plan(new RecordTrigger("Ev`${il}", RecordChange.Create, []),
            [new("slack.post_message", new ChannelTarget("#x"), new RecordContent(["a\"];alert(1)//"], Purpose.Notice)), new("slack.post_message", new ChannelTarget("#y"), new TextContent("`${1}\"\n\u2028"))], "");
        new ProposalValidator(TestApps.Catalog).Validate(plan, hostile).Errors.ShouldBeEmpty();
        var code = FunctionCode.Of(plan, hostile);
        code.ShouldContain("evil[\"a\\\"];alert(1)//\"]");
        code.ShouldContain("\"`${1}\\\"\\n\\u2028\"");
        code.ShouldContain("`*New ev il: ");
    }

    [Fact]
    public void A_proposal_names_what_it_needs_and_what_that_does_not_allow()
    {
        var content = Build("when a deal is won, email sales@acme.com and post to #wins");
        content.FunctionName.ShouldBe("emailWhenDealClosedWon");
        content.Steps.Select(s => s.Kind).ShouldBe(["trigger", "function", "operation", "operation"]);
        content.Requirements.Select(r => (r.Connector, r.Permissions.Single().Scope, r.Permissions.Single().IsNew)).ShouldBe(
            [("gmail", "https://www.googleapis.com/auth/gmail.send", true), ("slack", "chat:write", true)]);
        content.Requirements.Select(r => r.Cannot).ShouldBe(["It cannot read mail or write drafts.", "It cannot see the people of the workspace, read messages or see files."]);
        content.Args["channel2"].ShouldBe("#wins");
        content.Files.Select(f => f.Kind).ShouldBe(["function", "flow"]);
        content.Files.ShouldAllBe(f => f.Added == f.Content.TrimEnd('\n').Split('\n').Length && f.Removed == 0);
    }

    [Fact]
    public void Numbers_that_filter_a_list_stand_in_its_query_its_title_and_its_sentence()
    {
        var content = Build("every monday at 9 post deals over 10k and under 50k to #sales");
        content.Files[0].Content.ShouldContain("{ amount: { $gt: 10000, $lt: 50000 } }");
        content.Files[0].Content.ShouldContain("\"Deals with amount > 10000 with amount < 50000\"");
        content.Sentence.ShouldBe("Every Monday at 09:00 (Europe/Berlin), post a list of the deals whose amount is above 10000 whose amount is below 50000 to #sales in Slack.");
    }

    [Fact]
    public void What_is_approved_already_is_not_new_and_a_taken_name_is_not_used_again()
    {
        var content = Build("Tell #support when a ticket is created", new Dictionary<string, IReadOnlyList<string>> { ["slack"] = ["chat:write"] }, "postToSupportWhenTicketCreated");
        content.Requirements.Single().Permissions.Single().IsNew.ShouldBeFalse();
        content.FunctionName.ShouldBe("postToSupportWhenTicketCreated2");
    }

    [Fact]
    public void An_invalid_plan_is_never_built() =>
        Should.Throw<ArgumentException>(() => Builder.Build(Ready("Tell #a when a ticket is created") with { Actions = [] }, TestApps.HelpDesk, new Dictionary<string, IReadOnlyList<string>>(), []));
}
