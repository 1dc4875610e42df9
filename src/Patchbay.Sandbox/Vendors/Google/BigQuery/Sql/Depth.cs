using System.Runtime.CompilerServices;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql;

/// <summary>A stack that overflows ends the whole process, so whatever descends into a query asks here first.</summary>
internal static class Depth
{
    public static void Check()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new SqlError("Query is too complex: it is nested too deeply");
    }
}
