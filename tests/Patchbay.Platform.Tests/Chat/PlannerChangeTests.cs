using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Tests.Chat;

public sealed class PlannerChangeTests
{
    [Theory]
    [InlineData("Change \u201cPost to #support, when a ticket is created\u201d: post to #general instead")]
    [InlineData("Stop the flow that posts to #support")]
    [InlineData("Undo that")]
    [InlineData("please pause it")]
    [InlineData("Turn off the flow for tickets")]
    public void A_wish_to_change_what_is_built_is_declined_and_says_where_to_change_it(string text)
    {
        var decline = TestApps.Plan(text).ShouldBeOfType<PlanDecline>();
        decline.Reason.ShouldContain("cannot be changed by chat");
    }

    [Theory]
    [InlineData("Post to #support when a ticket is created")]
    [InlineData("When a ticket changes, tell #support")]
    public void A_wish_to_build_is_none(string text) => (TestApps.Plan(text) as PlanDecline)?.Reason.ShouldNotContain("cannot be changed by chat");
}
