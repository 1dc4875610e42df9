using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Vendors.Google.Sheets;
using Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;
using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Tests.Fuzz;

public sealed class SheetsFuzzTests
{
    private static readonly string[] Shards =
    [
        "=", "SUM(", "IF(", "VLOOKUP(", "TEXT(", "REPT(", "DATE(", ")", ",", ";", "{", "}", "A1", "$B$2", "A:A", "1:1", "Sheet1!A1", "'a b'!", "!", ":", "\"", "\"x\"", "1", ".5", "1e309", "99999999999", "-", "+", "^", "%", "&", "<>", ">=",
        "TRUE", "R1C1", "ZZZZ1", "A0", "''", "2026-06-19", "12:30", "$", "#,##0", "yyyy-mm-dd", "AM/PM", "[$", "\\", "(((((((((((", "*", "~", "?", "\n", "\r\n", "\u0130",
    ];

    private static readonly Arbitrary<string> Text = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""), Gen.Elements(Shards).ListOf().Select(list => string.Concat(list))).ToArbitrary();

    private sealed class Nowhere : IFormulaWorld
    {
        public DateTime Now => new(2026, 6, 19);

        public Operand Range(A1Range range) => new(CellValue.Of(3), new Block(2, 2, (row, column) => row == column ? CellValue.Of(row) : CellValue.Of("x"), 2) { Place = (0, 0) });

        public Operand? Named(string name) => null;
    }

    [Fact]
    public void Any_text_is_a_formula_with_some_value() => Check(text =>
    {
        foreach (var formula in (string[])["=" + text, $"=SUM({text})", $"=IF({text},{text},1)"])
            Evaluator.Run(formula, new Nowhere(), 0, 0).AsText().ShouldNotBeNull();
    });

    [Fact]
    public void Every_function_takes_anything_without_falling() => Check(text =>
    {
        var quoted = "\"" + text.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
        foreach (var name in Functions.Names)
        {
            foreach (var arguments in (string[])["", quoted, $"{quoted},A1:B2,1", $"A1:B2,{quoted},-1,2", "1e300,-5,1e300", "A1:B2,A1:B2,A1:B2"])
                _ = Evaluator.Run($"={name}({arguments})", new Nowhere(), 0, 0).AsText();
        }
    }, 30);

    [Fact]
    public void Shifting_by_nothing_changes_nothing_and_any_shift_ends() => Check(text =>
    {
        var formula = "=" + text;
        FormulaShift.Inserted(formula, "S", "S", true, 5, 0).Length.ShouldBeGreaterThan(0);
        _ = FormulaShift.Moved(formula, -3, 400);
        _ = FormulaShift.Renamed(formula, "S", "T 'x");
    });

    [Fact]
    public void Any_range_text_is_a_range_or_none_and_a_range_reads_back() => Check(text =>
    {
        if (A1.Parse(text) is { Row: { } row, Column: { } column } range)
            A1.Parse(A1.Text(range.Sheet ?? "S", new CellRange(row, column, row + 1, column + 1)))!.Row.ShouldBe(row);
        A1.Split(A1.Quoted(text) + "!A1").ShouldBe((text.Length == 0 ? "" : text, "A1"));
    });

    [Fact]
    public void Anything_typed_is_some_cell_and_any_pattern_shows_any_number() => Check(text =>
    {
        var cell = UserEntry.Read(text);
        if (text.Length > 0)
            cell.HasValue.ShouldBeTrue();
        foreach (var number in (double[])[0, -1.5, 1e300, 46192.5, double.MinValue, 0.1])
        {
            NumberFormat.Show(number, text).ShouldNotBeNull();
            NumberFormat.General(number).ShouldNotBeEmpty();
        }
    });

    [Fact]
    public void Delimited_text_reads_back() => Prop.ForAll(Text.Generator.ListOf().Select(list => list.Append("end").ToList()).ToArbitrary(), fields =>
        Delimited.Read(Delimited.Write([fields], ','), ',').ShouldHaveSingleItem().ShouldBe(fields)).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Any_json_is_values_or_refused() => Check(text =>
    {
        try
        {
            EnteredValues.Read(new JsonArray(new JsonArray(text, 1, null, true), text), text, true);
        }
        catch (Vendors.Google.GoogleRefusalException refused)
        {
            refused.Answer.Status.ShouldBe(400);
        }
    });

    private static void Check(Action<string> holds, int cases = 400) => Prop.ForAll(Text, holds).Check(Config.QuickThrowOnFailure.WithMaxTest(cases));
}
