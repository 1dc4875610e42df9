namespace Patchbay.FunctionHost;

/// <summary>Opens doors: a door is the only way out of one function process. Implemented over the Vault's egress.</summary>
public interface IFunctionEgress
{
    /// <summary>
    /// Makes a unix socket inside <paramref name="directory"/> (which exists, is empty and belongs to one process)
    /// and listens. Until the door is bound it must refuse every request.
    /// </summary>
    ValueTask<IFunctionDoor> OpenAsync(string directory, CancellationToken cancellationToken);
}

/// <summary>The way out of one process. Whoever connects is that process: the socket is its identity.</summary>
/// <remarks>Speaks HTTP proxy: CONNECT, and absolute form (in unsafe mode with https URLs too).</remarks>
public interface IFunctionDoor : IAsyncDisposable
{
    /// <summary>Full path of the socket.</summary>
    string SocketPath { get; }

    /// <summary>The certificate authority that the process trusts, PEM.</summary>
    string CaCertificatePem { get; }

    /// <summary>From now on the process is this function. Called once.</summary>
    ValueTask BindAsync(FunctionKey key, CancellationToken cancellationToken);
}
