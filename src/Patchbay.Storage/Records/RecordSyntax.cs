using Patchbay.Storage.Engines;

namespace Patchbay.Storage.Records;

/// <summary>How an engine looks into the column <c>data</c>.</summary>
internal abstract class RecordSyntax
{
    /// <param name="name">Any text; it goes in as a parameter, never as SQL.</param>
    public abstract FieldSql Field(string name, Args args);

    /// <summary>The number in a parameter that holds JSON text, converted as numbers in the data are.</summary>
    public abstract string Number(string parameter);

    protected static string Add(Args args, object? value)
    {
        var name = $"p{args.Count}";
        args.Add(name, value);
        return "@" + name;
    }
}

/// <summary>Expressions over one field. <see cref="Number"/>, <see cref="Text"/> and <see cref="IsTrue"/> are asked for only
/// where the matching test holds; a test may be SQL's null instead of false.</summary>
internal sealed record FieldSql(string Exists, string IsNull, string IsNumber, string Number, string IsText, string Text, string IsBoolean, string IsTrue)
{
    /// <summary>A column of text beside the data; it is always there, even if null.</summary>
    public static FieldSql Column(string text) => new("TRUE", $"({text}) IS NULL", "FALSE", "0", $"({text}) IS NOT NULL", $"({text})", "FALSE", "FALSE");
}
