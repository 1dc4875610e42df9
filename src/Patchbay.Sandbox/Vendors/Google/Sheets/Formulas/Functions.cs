using Patchbay.Sandbox.Vendors.Google.Sheets.Values;

namespace Patchbay.Sandbox.Vendors.Google.Sheets.Formulas;

/// <summary>The functions that formulas can call, by name. Whoever is not here is an honest #NAME?.</summary>
internal static class Functions
{
    private static readonly Dictionary<string, Func<FunctionCall, Operand>> All = new(
        MathFunctions.All.Concat(LogicFunctions.All).Concat(TextFunctions.All).Concat(DateFunctions.All).Concat(LookupFunctions.All).Concat(ConditionFunctions.All)
            .Select(pair => KeyValuePair.Create(pair.Name, Guarded(pair.Run))));

    public static Func<FunctionCall, Operand>? Find(string name) => All.GetValueOrDefault(name);

    public static IEnumerable<string> Names => All.Keys;

    private static Func<FunctionCall, Operand> Guarded(Func<FunctionCall, Operand> run) => call =>
    {
        try
        {
            return run(call);
        }
        catch (FormulaErrorException failed)
        {
            return CellValue.Of(failed.Error);
        }
    };
}
