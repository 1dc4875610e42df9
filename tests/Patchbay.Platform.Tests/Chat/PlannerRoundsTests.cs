using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Tests.Chat;

/// <summary>
/// Batches of requests that were written before the planner had seen them (docs/reference/planner-quality.md has what came
/// of each at first contact). A row is app, what is expected, request; alternatives stand between <c>||</c>. Expected is a
/// plan's line, <c>ask</c> with or without a slot, <c>no</c> with or without a kind, or <c>notready</c> for either.
/// </summary>
public sealed class PlannerRoundsTests
{
    private static readonly string Folder = Path.Combine(TestApps.Root(), "tests", "Patchbay.Platform.Tests", "Chat", "Rounds");

    public static TheoryData<string> Rounds => [.. Directory.GetFiles(Folder, "*.tsv").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Rounds))]
    public void No_plan_is_ready_that_was_not_asked_for_and_most_that_can_be_built_are(string round)
    {
        var rows = File.ReadLines(Path.Combine(Folder, round)).Select(l => l.Split('\t')).Select(c => (App: c[0], Expected: c[1].Split(" || "), Text: c[2])).ToList();
        var wrong = new List<string>();
        var (buildable, built) = (0, 0);
        foreach (var (app, expected, text) in rows)
        {
            var result = TestApps.Plan(text, TestApps.Named(app));
            var line = TestApps.Line(result);
            var right = expected.Contains(line);
            if (result is PlanReady && !right)
                wrong.Add($"{text}  =>  {line}");
            if (expected[0].StartsWith("ask", StringComparison.Ordinal) || expected[0].StartsWith("no", StringComparison.Ordinal))
                continue;
            buildable++;
            built += right ? 1 : 0;
        }

        wrong.ShouldBeEmpty();
        (built * 100.0 / buildable).ShouldBeGreaterThanOrEqualTo(70);
    }

    [Theory]
    [MemberData(nameof(Rounds))]
    public void What_must_be_refused_is_refused(string round)
    {
        foreach (var cells in File.ReadLines(Path.Combine(Folder, round)).Select(l => l.Split('\t')).Where(c => c[1].StartsWith("no Refused", StringComparison.Ordinal)))
            TestApps.Line(TestApps.Plan(cells[2], TestApps.Named(cells[0]))).ShouldBe("no Refused", cells[2]);
    }
}
