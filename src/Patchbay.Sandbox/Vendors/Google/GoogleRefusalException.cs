namespace Patchbay.Sandbox.Vendors.Google;

/// <summary>A call that Google refuses, found out deep inside it.</summary>
/// <remarks>
/// An exception because it must undo the transaction it is thrown in: a batch is applied whole or not at all,
/// and the request that is wrong may be the last of fifty.
/// </remarks>
internal sealed class GoogleRefusalException(GoogleAnswer answer) : Exception("Google refuses the call.")
{
    public GoogleAnswer Answer { get; } = answer;
}
