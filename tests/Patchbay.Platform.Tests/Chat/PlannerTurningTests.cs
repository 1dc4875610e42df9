namespace Patchbay.Platform.Tests.Chat;

/// <summary>"An urgent ticket is closed" and "a closed ticket becomes urgent" are two events with the same conditions.</summary>
public sealed class PlannerTurningTests
{
    [Theory]
    [InlineData("When a closed ticket becomes urgent, tell #ops", "update Ticket status==closed !priority==urgent; #ops")]
    [InlineData("when an urgent ticket is closed, tell #ops", "update Ticket priority==urgent !status==closed; #ops")]
    [InlineData("tell #ops when somebody closes an urgent ticket", "update Ticket !status==closed priority==urgent; #ops")]
    [InlineData("when a ticket with urgent priority gets resolved, tell #ops", "update Ticket priority==urgent !status==resolved; #ops")]
    [InlineData("when a ticket is closed with high priority, tell #ops", "update Ticket !status==closed priority==high; #ops")]
    [InlineData("When an invoice over 1000 is paid, tell #fin", "update Invoice amount>1000 !status==paid; #fin")]
    [InlineData("When an invoice is paid and the amount is over 1000, tell #fin", "update Invoice amount>1000 !status==paid; #fin || update Invoice !status==paid amount>1000; #fin")]
    [InlineData("When the amount of a paid invoice goes over 1000, tell #fin", "update Invoice status==paid !amount>1000; #fin || update Invoice !amount>1000 status==paid; #fin")]
    [InlineData("when an open ticket is urgent, tell #ops", "update Ticket status==open !priority==urgent; #ops")]
    [InlineData("post deals above 10k to #wins when they are won", "update Deal !stage==Closed Won amount>10000; #wins")]
    [InlineData("when the status of an urgent ticket changes, tell #ops", "update Ticket priority==urgent !statuschanged; #ops")]
    [InlineData("when a ticket becomes urgent, tell #ops", "update Ticket priority==urgent; #ops")]
    [InlineData("when an urgent ticket is created, tell #ops", "create Ticket priority==urgent; #ops")]
    [InlineData("when an urgent, open ticket is closed, tell #ops", "ask value")]
    [InlineData("when someone marks an invoice over 500 as paid, tell #fin", "update Invoice amount>500 !status==paid; #fin")]
    [InlineData("when a ticket that is open becomes urgent, tell #ops", "update Ticket status==open !priority==urgent; #ops")]
    [InlineData("when a ticket is raised to urgent, tell #ops", "update Ticket priority==urgent; #ops")]
    [InlineData("when someone makes a ticket urgent, tell #ops", "update Ticket priority==urgent; #ops")]
    [InlineData("when someone makes an urgent ticket, tell #ops", "create Ticket priority==urgent; #ops")]
    [InlineData("when an urgent ticket is raised, tell #ops", "create Ticket priority==urgent; #ops")]
    [InlineData("when a lead becomes qualified and its company changes, tell #sales", "ask trigger")]
    [InlineData("when a lead changes from new to contacted, tell #sales", "ask trigger")]
    [InlineData("when a lead is new, tell #sales", "ask trigger")]
    public void The_verb_says_what_turns_and_the_rest_which_records(string text, string plan) => plan.Split(" || ").ShouldContain(TestApps.Line(TestApps.Plan(text)));
}
