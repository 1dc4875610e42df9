using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Tests.Chat;

public sealed class PlannerNegationTests
{
    [Theory]
    [InlineData("When an article is unpublished, email ada@example.com", "update Article status!=published; ada@example.com")]
    [InlineData("post the unpublished articles to #news every monday at 9", "0 9 * * 1; #news list Article status!=published")]
    [InlineData("every day at 9 post articles that are not published to #news", "0 9 * * *; #news list Article status!=published")]
    [InlineData("every day at 9 post articles that havent been published yet to #news", "0 9 * * *; #news list Article status!=published || no Unsupported")]
    [InlineData("every day at 9 post invoices that aren't paid to #fin", "0 9 * * *; #fin list Invoice status!=paid")]
    [InlineData("every monday at 9 post non-urgent tickets to #support", "0 9 * * 1; #support list Ticket priority!=urgent")]
    [InlineData("every monday at 9 post tickets that are not high priority to #support", "0 9 * * 1; #support list Ticket priority!=high")]
    [InlineData("every monday at 9 post unresolved tickets to #support", "0 9 * * 1; #support list Ticket status!=resolved status!=closed")]
    [InlineData("when an unpublished article is created, tell #news", "create Article status!=published; #news")]
    public void A_denied_value_is_every_other_one(string text, string plan) => plan.Split(" || ").ShouldContain(TestApps.Line(TestApps.Plan(text)));

    [Theory]
    [InlineData("when a lead is unqualified, tell #sales")]
    [InlineData("every day at 9 post unqualified leads to #sales")]
    [InlineData("every day at 9 post the uncontacted leads to #sales")]
    [InlineData("every day at 9 post leads that have not been contacted to #sales")]
    [InlineData("When an article is republished, tell #news")]
    [InlineData("when a lead is contracted, tell #sales")]
    [InlineData("when a lead is disqualified, tell #sales")]
    [InlineData("when a deal is misqualified, tell #sales")]
    [InlineData("every day at 9 post unsent invoices to #fin")]
    [InlineData("when an invoice is unpaid, tell #fin")]
    [InlineData("when an invoice is underpaid, tell #fin")]
    [InlineData("when a ticket is reopened, tell #support")]
    [InlineData("when a ticket isnt closed, tell #support")]
    [InlineData("when a ticket wasn't closed, tell #support")]
    [InlineData("when a ticket is hardly urgent, tell #support")]
    [InlineData("when a ticket stops being urgent, tell #support")]
    [InlineData("when a ticket is no longer urgent, tell #support")]
    [InlineData("every day at 9 post tickets that are not closed and urgent to #support")]
    [InlineData("every day at 9 post tickets that are not closed or resolved to #support")]
    [InlineData("every day at 9 post all tickets excluding closed ones to #support")]
    [InlineData("every day at 9 post all tickets except closed ones to #support")]
    [InlineData("every day at 9 post tickets other than closed ones to #support")]
    [InlineData("every day at 9 post tickets without urgent priority to #support")]
    [InlineData("every day at 9 post all tickets but the closed ones to #support")]
    [InlineData("every day at 9 post tickets unless they are closed to #support")]
    [InlineData("every day at 9 post tasks that nobody finished to #ops")]
    [InlineData("every day at 9 post the tickets, ignoring closed ones, to #ops")]
    public void What_may_be_the_opposite_is_never_ready(string text) => TestApps.Plan(text).ShouldNotBeOfType<PlanReady>(TestApps.Line(TestApps.Plan(text)));

    [Theory]
    [InlineData("When a complaint is not yet resolved, tell #q")]
    [InlineData("when an unresolved complaint is created, tell #q", "create Complaint resolved!=true; #q")]
    [InlineData("every day at 9 post unresolved complaints to #q", "0 9 * * *; #q list Complaint resolved!=true")]
    [InlineData("every day at 9 post complaints that are not resolved to #q", "0 9 * * *; #q list Complaint resolved!=true")]
    public void So_is_a_field_that_is_true_or_false(string text, string? plan = null)
    {
        var result = TestApps.Plan(text, TestApps.Garage);
        if (plan is null)
            result.ShouldNotBeOfType<PlanReady>();
        else
            TestApps.Line(result).ShouldBe(plan);
    }

    [Fact]
    public void A_word_with_a_syllable_in_front_is_never_taken_for_the_word_without_it()
    {
        foreach (var prefix in "un dis non de re mis in im ir il over under pre".Split(' '))
            foreach (var value in (string[])["published", "contacted", "qualified", "resolved", "overdue", "pending", "urgent"])
            {
                foreach (var text in (string[])[$"when a lead is {prefix}{value}, tell #x", $"when a ticket is {prefix}{value}, tell #x", $"when an article is {prefix}{value}, tell #x", $"every day at 9 post {prefix}{value} tickets to #x", $"every day at 9 post {prefix}{value} leads to #x"])
                    if (TestApps.Plan(text) is PlanReady ready)
                        ready.Plan.Sentence.ShouldNotContain($"becomes \"{value}\"", Case.Sensitive, text);
            }
    }

    [Theory]
    [InlineData("every day at 9 post unpublished articles to #x", "whose status is not \"published\"")]
    [InlineData("when an article is unpublished tell #x", "the status stops being \"published\" on an article")]
    public void The_sentence_says_what_is_denied(string text, string said) => TestApps.Plan(text).ShouldBeOfType<PlanReady>().Plan.Sentence.ShouldContain(said);
}
