using Microsoft.Data.Sqlite;
using Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Values;

namespace Patchbay.Sandbox.Vendors.Google.BigQuery.Sql.Library;

/// <summary>Does what a function does. Values are long, double, string or null, as the engine keeps them.</summary>
internal delegate object? Function(object?[] arguments);

/// <summary>
/// GoogleSQL's functions, registered at a connection as bq_name and as bq_name_safe, which gives NULL for an error.
/// Each is NULL when an argument is, unless it says otherwise.
/// </summary>
internal sealed class FunctionLibrary
{
    /// <summary>Characters that a function may give: what makes longer ones would make them from each other.</summary>
    private const int MaxText = 32 << 20;

    private readonly Dictionary<string, (Function Run, bool TakesNull, bool Steady)> all = [];

    public FunctionLibrary()
    {
        NumberFunctions.AddTo(this);
        NumericFunctions.AddTo(this);
        TextFunctions.AddTo(this);
        RegexFunctions.AddTo(this);
        BytesFunctions.AddTo(this);
        ListFunctions.AddTo(this);
        StatisticFunctions.AddTo(this);
        TimeFunctions.AddTo(this);
        JsonFunctions.AddTo(this);
    }

    /// <summary>What a function threw while the engine ran: SQLite carries only text.</summary>
    public Exception? Thrown { get; set; }

    public bool Has(string name) => all.ContainsKey(name);

    public void Add(string name, Function run, bool takesNull = false, bool steady = true) => all.Add(name, (run, takesNull, steady));

    public void Register(SqliteConnection connection)
    {
        foreach (var (name, (run, takesNull, steady)) in all)
        {
            connection.CreateFunction("bq_" + name, (object?[] arguments) => Run(run, takesNull, arguments), steady);
            connection.CreateFunction($"bq_{name}_safe", (object?[] arguments) => Safe(run, takesNull, arguments), steady);
        }
    }

    /// <summary>For tests, and for values known before anything runs.</summary>
    public object? Call(string name, params object?[] arguments) => Run(all[name].Run, all[name].TakesNull, arguments);

    private object? Run(Function run, bool takesNull, object?[] arguments)
    {
        if (!takesNull && Array.Exists(arguments, argument => argument is null))
            return null;
        try
        {
            return Text.WithoutNul(Sized(run(arguments)));
        }
        catch (Exception exception)
        {
            Thrown ??= exception is SqlError ? exception : new SqlError(exception is OverflowException ? "int64 overflow" : $"The Patchbay sandbox could not evaluate a function: {exception.Message}");
            throw;
        }
    }

    private static object? Safe(Function run, bool takesNull, object?[] arguments)
    {
        if (!takesNull && Array.Exists(arguments, argument => argument is null))
            return null;
        try
        {
            return Text.WithoutNul(Sized(run(arguments)));
        }
        catch (Exception exception) when (exception is SqlError or OverflowException or ArgumentException)
        {
            return null;
        }
    }

    private static object? Sized(object? result) => result is string { Length: > MaxText }
        ? throw new SqlError("Resources exceeded during query execution: The output of a function is too large.", "resourcesExceeded")
        : result;
}
