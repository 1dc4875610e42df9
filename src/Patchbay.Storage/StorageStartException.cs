namespace Patchbay.Storage;

/// <summary>Storage cannot start. The message says what is wrong and who must do what; it carries no secret.</summary>
/// <param name="code"><c>PB3001</c> the data directory cannot be used, <c>PB3002</c> another server has it, <c>PB3003</c> made by
/// a newer Patchbay, <c>PB3004</c> damaged or half-written, <c>PB3005</c> PostgreSQL cannot be reached, <c>PB3006</c> a
/// migration failed.</param>
public sealed class StorageStartException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;
}
