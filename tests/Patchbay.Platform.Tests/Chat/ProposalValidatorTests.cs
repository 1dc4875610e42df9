using System.Net.Mail;
using Patchbay.Platform.Chat.Planning;
using Patchbay.Platform.Chat.Proposals;

namespace Patchbay.Platform.Tests.Chat;

public sealed class ProposalValidatorTests
{
    private static readonly ProposalValidator Validator = new(TestApps.Catalog);

    private static readonly Plan Good = new(
        new RecordTrigger("Ticket", RecordChange.Create, []),
        [new("slack.post_message", new ChannelTarget("#support"), new RecordContent([], Purpose.Notice))], "");

    [Fact]
    public void Scopes_are_the_least_ones_of_the_catalog_and_nothing_else() =>
        Validator.Validate(Good, TestApps.HelpDesk).Scopes.ShouldHaveSingleItem().Value.ShouldBe(["chat:write"]);

    [Theory]
    [InlineData("#support\n")]
    [InlineData("support")]
    [InlineData("#Sup port")]
    [InlineData("#")]
    [InlineData("https://rival.example")]
    public void A_channel_that_is_none_is_rejected(string channel) => Faults(Action(new ChannelTarget(channel))).ShouldNotBeEmpty();

    [Theory]
    [InlineData("a@b.co\r\nBcc: x@rival.example")]
    [InlineData("a@b.co,x@rival.example")]
    [InlineData("Name <a@b.co>")]
    [InlineData("@b.co")]
    [InlineData("a@b")]
    public void An_address_that_could_be_more_than_one_is_rejected(string address) =>
        Faults(Good with { Actions = [new("gmail.send_email", new AddressTarget([address]), new TextContent("hi"))] }).ShouldNotBeEmpty();

    [Theory]
    [InlineData("* * * * *")]
    [InlineData("*/4 * * * *")]
    [InlineData("0 9 * *")]
    [InlineData("0 9 * * 1 2026")]
    [InlineData("0 24 * * *")]
    [InlineData("0 9 32 * *")]
    [InlineData("0,2 * * * *")]
    [InlineData("59,1 * * * *")]
    [InlineData("0 9 * * MON")]
    [InlineData("@daily")]
    [InlineData("")]
    public void A_cron_that_is_too_often_or_none_is_rejected(string cron) => Faults(Scheduled(cron, "UTC")).ShouldNotBeEmpty();

    [Theory]
    [InlineData("*/5 * * * *")]
    [InlineData("30 9 * * 1-5")]
    [InlineData("0 0 1 1,7 *")]
    [InlineData("0 */6 * * 0,6")]
    public void A_cron_of_five_fields_is_accepted(string cron) => Faults(Scheduled(cron, "Europe/Berlin")).ShouldBeEmpty();

    [Fact]
    public void An_unknown_time_zone_is_rejected() => Faults(Scheduled("0 9 * * *", "Mars/Base")).ShouldNotBeEmpty();

    [Fact]
    public void Random_and_hostile_plans_are_valid_only_if_every_rule_holds()
    {
        var random = new Random(8);
        string?[] names = ["Ticket", "Deal", "ticket", "User", "", "__proto__", null, "Ticket\n"];
        string?[] fields = ["priority", "amount", "stage", "subject", "customer_email", "owner_email", "nope", "", null];
        string?[] values = ["urgent", "5", "Closed Won", "true", "", "x'; drop", null];
        string?[] operations = ["slack.post_message", "gmail.send_email", "slack.create_channel", "gmail.get_account", "evil.send", "", null];
        string?[] channels = ["#ok", "#", "bad", "#x\r\ny", null];
        string?[] addresses = ["a@b.co", "a@b.co\r\nBcc: c@d.e", "x", "", null];
        T Pick<T>(T[] from) => from[random.Next(from.Length)];
        Condition Some() => new(Pick(fields)!, Pick<string>([.. ConditionOperators.All, "~", ""]), Pick(values)!);
        var accepted = 0;
        for (var round = 0; round < 20_000; round++)
        {
            TriggerPlan trigger = random.Next(4) switch
            {
                0 => new ScheduleTrigger(Pick<string>(["0 9 * * *", "* * * * *", "x", null!]), Pick<string>(["UTC", "Nowhere", null!])),
                1 => new ManualTrigger(),
                _ => new RecordTrigger(Pick(names)!, (RecordChange)random.Next(4), [.. Enumerable.Range(0, random.Next(2)).Select(_ => Some())]),
            };
            Target target = random.Next(4) switch
            {
                0 => new AddressTarget([.. Enumerable.Range(0, random.Next(3)).Select(_ => Pick(addresses)!)]),
                1 => new AccountTarget(),
                2 => new RecordFieldTarget(Pick(fields)!),
                _ => new ChannelTarget(Pick(channels)!),
            };
            MessageContent content = random.Next(3) switch
            {
                0 => new TextContent(Pick<string>(["hello", "", null!])),
                1 => new RecordContent([.. Enumerable.Range(0, random.Next(2)).Select(_ => Pick(fields)!)], (Purpose)random.Next(8)),
                _ => new DigestContent(Pick(names)!, [.. Enumerable.Range(0, random.Next(2)).Select(_ => Some())], random.Next(2) == 0 ? null : new(Pick(fields)!, (WindowKind)random.Next(12), random.Next(-1, 2000)), false),
            };
            var plan = new Plan(trigger, [new(Pick(operations)!, target, content)], "");
            var result = Validator.Validate(plan, TestApps.HelpDesk);
            if (result.Errors.Count > 0)
            {
                result.Scopes.ShouldBeEmpty();
                continue;
            }

            accepted++;
            Holds(plan);
        }

        accepted.ShouldBeGreaterThan(50);
    }

    /// <summary>The rules once more, written independently of the validator.</summary>
    private static void Holds(Plan plan)
    {
        var schema = TestApps.HelpDesk;
        var entity = plan.Trigger is RecordTrigger record ? schema.Entities.Single(e => e.Name == record.Entity) : null;
        if (plan.Trigger is ScheduleTrigger schedule)
            (schedule.Cron, schedule.TimeZone).ShouldBe(("0 9 * * *", "UTC"));
        foreach (var action in plan.Actions)
        {
            (action.Operation, action.Target.GetType()).ShouldBeOneOf(
                ("slack.post_message", typeof(ChannelTarget)), ("gmail.send_email", typeof(AddressTarget)), ("gmail.send_email", typeof(AccountTarget)), ("gmail.send_email", typeof(RecordFieldTarget)));
            if (action.Target is ChannelTarget channel) channel.Channel.ShouldBe("#ok");
            if (action.Target is AddressTarget addresses) addresses.Addresses.ShouldAllBe(a => new MailAddress(a).Address == "a@b.co");
            if (action.Target is RecordFieldTarget field) entity!.Fields.Single(f => f.Name == field.Field).Kind.ShouldBe(FieldKind.Email);
            if (action.Content is RecordContent) entity.ShouldNotBeNull();
            if (action.Content is DigestContent digest) schema.Entities.ShouldContain(e => e.Name == digest.Entity);
        }
    }

    private static IReadOnlyList<string> Faults(Plan plan) => Validator.Validate(plan, TestApps.HelpDesk).Errors;

    private static Plan Action(Target target) => Good with { Actions = [Good.Actions[0] with { Target = target }] };

    private static Plan Scheduled(string cron, string zone) =>
        Good with { Trigger = new ScheduleTrigger(cron, zone), Actions = [Good.Actions[0] with { Content = new TextContent("hi") }] };
}
