using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Tests.Chat;

public sealed class PlannerDistractorTests
{
    [Fact]
    public void Requests_put_together_from_plain_parts_are_ready()
    {
        foreach (var (app, text) in DistractorCases.Plain(new Random(1)))
            TestApps.Plan(text, TestApps.Named(app)).ShouldBeOfType<PlanReady>(text);
    }

    [Fact]
    public void Words_that_change_what_is_asked_never_vanish_from_a_plan()
    {
        var ready = DistractorCases.Disturbed(new Random(2))
            .Where(c => TestApps.Plan(c.Text, TestApps.Named(c.App)) is PlanReady)
            .Select(c => c.Text).ToList();
        ready.ShouldBeEmpty();
    }
}
