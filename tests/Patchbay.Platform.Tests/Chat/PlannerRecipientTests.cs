using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Tests.Chat;

/// <summary>A word for a person is a recipient only where something is sent to it.</summary>
public sealed class PlannerRecipientTests
{
    [Theory]
    [InlineData("When a ticket is created, post the customer's email to #support", "create Ticket; #support with customer_email")]
    [InlineData("Tell #sales the customer's email when a booking is created", "create Booking; #sales with customer_email")]
    [InlineData("Share the customer's email address in #support when a ticket is opened", "create Ticket; #support with customer_email")]
    [InlineData("when a task is done, post the assignee's email to #ops", "update Task status==done; #ops with assigned_to")]
    [InlineData("when a ticket is created, post the email of the customer to #support", "create Ticket; #support with customer_email")]
    [InlineData("when an invoice is paid, post the customer email and the amount to #fin", "update Invoice status==paid; #fin with customer_email,amount")]
    [InlineData("when a lead is created, post the lead's name and email to #sales", "create Lead; #sales with name,email")]
    [InlineData("when a lead is created, share name, email and company in #sales", "create Lead; #sales with name,email,company")]
    [InlineData("when a signup is created, post their email to #growth", "create Signup; #growth with email")]
    [InlineData("when an invoice is paid, mail the customer's email address to ada@example.com", "update Invoice status==paid; ada@example.com with customer_email")]
    public void A_persons_address_is_shown_where_the_message_goes_elsewhere(string text, string plan) => TestApps.Line(TestApps.Plan(text)).ShouldBe(plan);

    [Theory]
    [InlineData("when a ticket is created, send an email to the customer's email address", "create Ticket; @customer_email")]
    [InlineData("when an invoice is overdue, send a reminder to the customer's email", "update Invoice status==overdue; @customer_email Reminder")]
    [InlineData("when a ticket is created, send the customer an email", "create Ticket; @customer_email")]
    [InlineData("when an invoice is overdue, email ada@example.com and the customer", "update Invoice status==overdue; ada@example.com; @customer_email")]
    [InlineData("when a ticket is created, post to #support and email the customer", "create Ticket; #support; @customer_email")]
    [InlineData("when a deal is won, email the deal owner and #wins", "update Deal stage==Closed Won; #wins; @owner_email")]
    [InlineData("when a booking is made the customer should get a confirmation email", "create Booking; @customer_email Confirmation")]
    public void Or_written_to_where_it_is_what_the_message_goes_to(string text, string plan) => TestApps.Line(TestApps.Plan(text)).ShouldBe(plan);

    [Theory]
    [InlineData("when a ticket is created, tell #ops to email the customer")]
    [InlineData("when a ticket is created, ask #ops to email the customer")]
    [InlineData("when a ticket is created, have #ops email the customer")]
    [InlineData("when a ticket is created, remind #ops to thank the customer")]
    [InlineData("when a ticket is created, tell ada@example.com to email the customer")]
    [InlineData("when a lead is created, post to #sales that somebody should email the lead")]
    [InlineData("when a ticket is created, post to #ops so that they can email the customer")]
    [InlineData("when a ticket is created, post a reminder in #ops to email the customer")]
    [InlineData("when a ticket is created, tell #ops about emailing the customer")]
    [InlineData("when a ticket is created, tell the customer and #support")]
    [InlineData("when a task is done, ping the assignee in #ops")]
    [InlineData("when a ticket is created, tell #support who the customer is")]
    [InlineData("when a deal is won, post the owner's name to #wins")]
    [InlineData("when a ticket is created, email the ticket to #support")]
    [InlineData("when a ticket is created post to the customer's channel")]
    [InlineData("when a deal is won, tell #wins who won it")]
    [InlineData("So that somebody can email the customer, send a note to #team when a ticket is created")]
    [InlineData("invoice overdue => #finance + customer email")]
    public void What_somebody_else_is_to_do_or_no_tool_can_is_asked_about(string text) => TestApps.Plan(text).ShouldBeOfType<PlanQuestion>();

    [Theory]
    [InlineData("when a ticket is created, post to #ops saying New ticket", "New ticket")]
    [InlineData("when a ticket is created, say hello in #general", "hello")]
    [InlineData("post hello to #general when a lead is created", "hello")]
    [InlineData("when a ticket is created post it to #ops with the message Welcome aboard", "Welcome aboard")]
    [InlineData("when a deal is won, post We won one to #wins", "We won one")]
    [InlineData("when a ticket is created, email the customer that we got it", "we got it")]
    [InlineData("when a ticket is created post to #ops: Please have a look", "Please have a look")]
    public void Dictated_words_become_the_text_once_their_end_is_settled(string text, string dictated)
    {
        var question = TestApps.Plan(text).ShouldBeOfType<PlanQuestion>();
        question.Slot.ShouldBe(Slots.Content);
        question.Choices.ShouldHaveSingleItem().Value.ShouldBe(dictated);
        var request = new PlanRequest { Text = text, Schema = TestApps.HelpDesk }.Answer(Slots.Content, dictated);
        TestApps.Line(new EmbeddedPlanner(TestApps.Catalog).Plan(request)).ShouldEndWith($"\"{dictated}\"");
    }
}
