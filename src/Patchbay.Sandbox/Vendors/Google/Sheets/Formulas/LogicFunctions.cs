using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>IF and its kin, and the questions about a value.</summary>
internal static class LogicFunctions
{
    public static IEnumerable<(string Name, Func<FunctionCall, Operand> Run)> All =>
    [
        ("IF", If),
        ("IFS", Ifs),
        ("SWITCH", Switch),
        ("IFERROR", call => call.Value(0) is { IsError: false } value ? value : call.Value(1)),
        ("IFNA", call => call.Value(0) is { Error.Type: "N_A" } ? call.Value(1) : call.Value(0)),
        ("AND", call => Flags(call, flags => flags.All(flag => flag))),
        ("OR", call => Flags(call, flags => flags.Any(flag => flag))),
        ("XOR", call => Flags(call, flags => flags.Count(flag => flag) % 2 == 1)),
        ("NOT", call => CellValue.Of(!call.Flag(0))),
        ("TRUE", _ => CellValue.Of(true)),
        ("FALSE", _ => CellValue.Of(false)),
        ("NA", _ => CellValue.Of(CellError.Missing("The value is not available."))),
        ("ISBLANK", call => CellValue.Of(call.Value(0).Kind == ValueKind.Empty)),
        ("ISNUMBER", call => CellValue.Of(call.Value(0).Kind == ValueKind.Number)),
        ("ISTEXT", call => CellValue.Of(call.Value(0).Kind == ValueKind.Text)),
        ("ISNONTEXT", call => CellValue.Of(call.Value(0).Kind != ValueKind.Text)),
        ("ISLOGICAL", call => CellValue.Of(call.Value(0).Kind == ValueKind.Flag)),
        ("ISERROR", call => CellValue.Of(call.Value(0).IsError)),
        ("ISERR", call => CellValue.Of(call.Value(0) is { IsError: true, Error.Type: not "N_A" })),
        ("ISNA", call => CellValue.Of(call.Value(0) is { Error.Type: "N_A" })),
        ("ISEVEN", call => CellValue.Of(Math.Truncate(call.Number(0)) % 2 == 0)),
        ("ISODD", call => CellValue.Of(Math.Truncate(call.Number(0)) % 2 != 0)),
        ("N", call => call.Value(0) is { Kind: ValueKind.Number or ValueKind.Flag } value ? CellValue.Of(value.Number) : CellValue.Of(0)),
        ("CHOOSE", call => call.Whole(0) is > 0 and var index && index < call.Count ? call.Operand(index) : CellValue.Of(CellError.Number("The index is out of range."))),
    ];

    private static Operand If(FunctionCall call)
    {
        call.Demand(2, 3);
        return call.Flag(0) ? call.Operand(1) : call.Count > 2 ? call.Operand(2) : CellValue.Of(false);
    }

    private static Operand Ifs(FunctionCall call)
    {
        for (var index = 0; index + 1 < call.Count; index += 2)
        {
            if (call.Flag(index))
                return call.Operand(index + 1);
        }

        return CellValue.Of(CellError.Missing("No match."));
    }

    private static Operand Switch(FunctionCall call)
    {
        var value = FunctionCall.Good(call.Value(0));
        var index = 1;
        for (; index + 1 < call.Count; index += 2)
        {
            if (CellValue.Compare(value, FunctionCall.Good(call.Value(index))) == 0)
                return call.Operand(index + 1);
        }

        return index < call.Count ? call.Operand(index) : CellValue.Of(CellError.Missing("No match."));
    }

    private static Operand Flags(FunctionCall call, Func<List<bool>, bool> all)
    {
        var flags = call.All().Where(item => !item.FromRange || item.Value.Kind is not ValueKind.Text).Select(item => FunctionCall.Good(FunctionCall.Good(item.Value).AsFlag()).Flag).ToList();
        return flags.Count == 0 ? CellValue.Of(CellError.Value("There is nothing to judge.")) : CellValue.Of(all(flags));
    }
}
