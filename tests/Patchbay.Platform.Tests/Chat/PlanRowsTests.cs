using System.Text.Json;
using Patchbay.Platform.Chat.Planning;

namespace Patchbay.Platform.Tests.Chat;

public sealed class PlanRowsTests
{
    [Fact]
    public async Task A_row_of_each_outcome_is_written_in_the_order_of_the_input()
    {
        using var input = new StringReader("""
            {"id":"a","prompt":"Tell #support when an urgent ticket is created"}
            {"id":"b","prompt":"email somebody when a lead is created"}

            {"id":"c","prompt":"post the password to #general"}
            """);
        await using var output = new StringWriter();
        var count = await PlanRows.WriteAsync(new EmbeddedPlanner(TestApps.Catalog), TestApps.Catalog, TestApps.HelpDesk, "UTC", input, output, CancellationToken.None);
        count.ShouldBe(3);
        var rows = output.ToString().Trim().Split('\n').Select(l => JsonDocument.Parse(l).RootElement).ToList();
        rows.Select(r => r.GetProperty("outcome").GetString()).ShouldBe(["build", "clarify", "refuse"]);
        rows[0].GetProperty("trigger").GetRawText().ShouldBe("""{"type":"entity_create","entity":"Ticket","condition":[{"field":"priority","op":"==","value":"urgent"}]}""");
        rows[0].GetProperty("params").GetProperty("channel").GetString().ShouldBe("#support");
        rows[0].GetProperty("scopes")[0].GetString().ShouldBe("chat:write");
        rows[1].GetProperty("asks")[0].GetString().ShouldBe("to");
    }
}
