using Patchbay.Sandbox.Tests.Support;
using Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

namespace Patchbay.Sandbox.Tests.Google.Sheets;

public sealed class SheetsFormulaTests
{
    // A1:D5: goods, region, crates, price; F1 is text, F2 TRUE, F3 empty.
    private static readonly string[][] Table =
    [
        ["oat", "north", "10", "2.5", "", "word"], ["almond", "south", "4", "3", "", "TRUE"], ["oat", "south", "6", "2.5"], ["hazel", "north", "1", "8"], ["almond", "north", "9", "3"],
    ];

    [Theory]
    [InlineData("=SUM(C1:C5)", "30")]
    [InlineData("=SUM(C1:C5, 10, \"5\")", "45")]
    [InlineData("=AVERAGE(C1:C5)", "6")]
    [InlineData("=AVERAGE(F3:F9)", "#DIV/0!")]
    [InlineData("=COUNT(A1:F5)", "10")]
    [InlineData("=COUNTA(A1:F5)", "22")]
    [InlineData("=COUNTBLANK(E1:E5)", "5")]
    [InlineData("=MIN(C:C)&\"-\"&MAX(C:C)", "1-10")]
    [InlineData("=IF(C1>5,\"many\",\"few\")", "many")]
    [InlineData("=IF(C4>5,\"many\")", "FALSE")]
    [InlineData("=IFERROR(1/0,\"none\")", "none")]
    [InlineData("=CONCATENATE(A1,\" \",B1,\" \",C1)", "oat north 10")]
    [InlineData("=A1&\"/\"&D1", "oat/2.5")]
    [InlineData("=ROUND(2.675,2)", "2.68")]
    [InlineData("=ROUND(-1234.5,-2)", "-1200")]
    [InlineData("=SUMIF(A1:A5,\"oat\",C1:C5)", "16")]
    [InlineData("=SUMIF(C1:C5,\">=6\")", "25")]
    [InlineData("=SUMIFS(C1:C5,A1:A5,\"almond\",B1:B5,\"north\")", "9")]
    [InlineData("=COUNTIF(A1:A5,\"a*\")", "2")]
    [InlineData("=COUNTIF(A1:A5,\"<>oat\")", "3")]
    [InlineData("=COUNTIFS(B1:B5,\"north\",C1:C5,\"<10\")", "2")]
    [InlineData("=AVERAGEIF(A1:A5,\"oat\",C1:C5)", "8")]
    [InlineData("=VLOOKUP(\"hazel\",A1:D5,4,FALSE)", "8")]
    [InlineData("=VLOOKUP(\"pecan\",A1:D5,4,FALSE)", "#N/A")]
    [InlineData("=VLOOKUP(\"oat\",A1:D5,9,FALSE)", "#REF!")]
    [InlineData("=INDEX(A1:D5,MATCH(8,D1:D5,0),1)", "hazel")]
    [InlineData("=XLOOKUP(\"pecan\",A1:A5,D1:D5,\"no\")", "no")]
    [InlineData("=2+3*4^2/8-1", "7")]
    [InlineData("=-2^2", "4")]
    [InlineData("=50%*8", "4")]
    [InlineData("=(1+2)*3=9", "TRUE")]
    [InlineData("=\"a\"<\"B\"", "TRUE")]
    [InlineData("=A1=\"OAT\"", "TRUE")]
    [InlineData("=F3=0", "TRUE")]
    [InlineData("=1/0", "#DIV/0!")]
    [InlineData("=F1+1", "#VALUE!")]
    [InlineData("=Nothing!A1", "#REF!")]
    [InlineData("=FROBNICATE(1)", "#NAME?")]
    [InlineData("=unknown_name", "#NAME?")]
    [InlineData("=SUM(1,", "#ERROR!")]
    [InlineData("=1+", "#ERROR!")]
    [InlineData("=SQRT(-1)", "#NUM!")]
    [InlineData("=H1", "#REF!")]
    [InlineData("=TODAY()", "6/19/2026")]
    [InlineData("=NOW()", "6/19/2026 11:41:00")]
    [InlineData("=TEXT(TODAY(),\"yyyy-mm-dd\")", "2026-06-19")]
    [InlineData("=DATE(2026,2,28)+1", "3/1/2026")]
    [InlineData("=DATE(2026,3,1)-DATE(2026,2,1)", "28")]
    [InlineData("=EOMONTH(DATE(2024,1,15),1)", "2/29/2024")]
    [InlineData("=TEXT(1234.5,\"#,##0.00\")", "1,234.50")]
    [InlineData("=UPPER(LEFT(A2,2))&LEN(A2)", "AL6")]
    [InlineData("=SUBSTITUTE(\"a-b-c\",\"-\",\"+\",2)", "a-b+c")]
    [InlineData("=TEXTJOIN(\", \",TRUE,A1:B2)", "oat, north, almond, south")]
    [InlineData("=AND(C1>1,OR(C2>5,C3>5))", "TRUE")]
    [InlineData("=SUMPRODUCT(C1:C5,D1:D5)", "87")]
    [InlineData("=MEDIAN(C1:C5)&LARGE(C1:C5,2)&SMALL(C1:C5,2)", "694")]
    [InlineData("=SUM({1,2;3,4})", "10")]
    [InlineData("=IFS(C1>100,\"a\",C1>5,\"b\")", "b")]
    [InlineData("=MOD(-3,5)", "2")]
    [InlineData("=ROWS(A1:D5)*COLUMNS(A1:D5)", "20")]
    public async Task A_formula_gives_what_sheets_gives(string formula, string shown)
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "S");
        await sandbox.WriteAsync(token, id, "S!A1", [.. Table.Select(row => row.Select(text => (System.Text.Json.Nodes.JsonNode?)text).ToArray())]);
        await sandbox.WriteAsync(token, id, "S!H1", [formula]);
        (await sandbox.SheetsAsync(token, "GET", $"/{id}/values/S!H1")).Text("values.0.0").ShouldBe(shown);
    }

    [Fact]
    public async Task A_long_chain_is_worked_out_and_a_circle_is_not()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "S", "T");
        var chain = Enumerable.Range(1, 900).Select(row => new System.Text.Json.Nodes.JsonNode?[] { row == 1 ? "1" : $"=A{row - 1}+1" }).ToArray();
        await sandbox.WriteAsync(token, id, "S!A1", chain);
        (await sandbox.ReadAsync(token, id, "S!A900")).ShouldBe("[[\"900\"]]");
        await sandbox.WriteAsync(token, id, "S!A1", ["=A900"]);
        (await sandbox.ReadAsync(token, id, "S!A900")).ShouldBe("[[\"#REF!\"]]");
        await sandbox.WriteAsync(token, id, "T!A1", ["=SUM(S!B1:B3)*2"]);
        await sandbox.WriteAsync(token, id, "S!B1", ["5"], ["6"]);
        (await sandbox.ReadAsync(token, id, "T!A1")).ShouldBe("[[\"22\"]]");
    }

    [Fact]
    public async Task A_long_chain_in_which_each_formula_looks_twice_is_worked_out_once()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "S");
        await sandbox.WriteAsync(token, id, "S!A1", [.. Enumerable.Range(1, 900).Select(row => new System.Text.Json.Nodes.JsonNode?[] { row == 1 ? "1" : $"=IF(A{row - 1}>0,A{row - 1}+1,A{row - 1})" })]);
        (await sandbox.ReadAsync(token, id, "S!A900")).ShouldBe("[[\"900\"]]");
        await sandbox.WriteAsync(token, id, "S!B1", [.. Enumerable.Range(1, 200).Select(row => new System.Text.Json.Nodes.JsonNode?[] { row == 1 ? "x" : $"=B{row - 1}&B{row - 1}" })]);
        (await sandbox.ReadAsync(token, id, "S!B10")).ShouldBe($"[[\"{new string('x', 512)}\"]]");
        (await sandbox.ReadAsync(token, id, "S!B200")).ShouldBe("[[\"#VALUE!\"]]");
    }

    [Fact]
    public async Task A_condition_of_a_thousand_wildcards_is_that_cells_error_and_the_sheet_stays_readable()
    {
        await using var sandbox = await Playground.WithClientAsync("google");
        var token = await sandbox.ConnectSheetsAsync();
        var id = await sandbox.NewSpreadsheetAsync(token, "S");
        await sandbox.WriteAsync(token, id, "S!A1", ["x", "=COUNTIF(A1:A3,REPT(\"*a\",1000))"]);
        (await sandbox.ReadAsync(token, id, "S!A1:B1")).ShouldBe("[[\"x\",\"#VALUE!\"]]");
    }

    [Theory]
    [InlineData("=A1+$B$2+S!C3", 1, 1, "=B2+$B$2+S!D4")]
    [InlineData("=SUM(A:A)&\"A1\"", 2, 1, "=SUM(B:B)&\"A1\"")]
    [InlineData("=A1", -1, 0, "=#REF!")]
    public void A_copied_formula_takes_its_relative_references_along(string formula, int rows, int columns, string moved) =>
        FormulaShift.Moved(formula, rows, columns).ShouldBe(moved);

    [Theory]
    [InlineData("=A5+B1", 2, 2, "=A7+B1")]
    [InlineData("=SUM(A1:A5)", 2, 1, "=SUM(A1:A6)")]
    [InlineData("=SUM(A1:A5)", 0, -2, "=SUM(A1:A3)")]
    [InlineData("=SUM(A2:A5)", 3, -9, "=SUM(A2:A3)")]
    [InlineData("=A3*2", 2, -1, "=#REF!*2")]
    [InlineData("=SUM(A3:A4)", 1, -5, "=SUM(#REF!)")]
    [InlineData("=Other!A5", 0, 3, "=Other!A5")]
    public void References_follow_rows_that_come_and_go(string formula, int at, int count, string shifted) =>
        FormulaShift.Inserted(formula, "S", "S", true, at, count).ShouldBe(shifted);
}
