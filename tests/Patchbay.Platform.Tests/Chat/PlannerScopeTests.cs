using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Tests.Chat;

/// <summary>Small words that say of which records: never left out of a list in silence.</summary>
public sealed class PlannerScopeTests
{
    [Theory]
    [InlineData("email me my tasks every day at 9")]
    [InlineData("email jonas@northwind.example his open tasks every day at 9")]
    [InlineData("post leads created by me to #sales every day at 9")]
    [InlineData("every day at 9 post leads that are new to #sales")]
    [InlineData("when a deal is won, post the list of deals to #wins")]
    [InlineData("when a deal is won, post a summary of all deals to #wins")]
    [InlineData("when a deal is won, email the owner, ada@example.com")]
    [InlineData("when an invoice is paid, stop reminding the customer by email")]
    public void Whose_and_which_are_asked_about(string text) => TestApps.Plan(text).ShouldNotBeOfType<PlanReady>(TestApps.Line(TestApps.Plan(text)));

    [Theory]
    [InlineData("email me my overdue invoices every day at 9", "0 9 * * *; me list Invoice status==overdue")]
    [InlineData("every day at 9 post leads with status new to #sales", "0 9 * * *; #sales list Lead status==new")]
    [InlineData("every day at 9 post new leads to #sales", "0 9 * * *; #sales list Lead created_date:LastDay")]
    [InlineData("post deals above 10k to #wins when they are won", "update Deal !stage==Closed Won amount>10000; #wins")]
    public void What_has_one_reading_is_built(string text, string plan) => TestApps.Line(TestApps.Plan(text)).ShouldBe(plan);
}
