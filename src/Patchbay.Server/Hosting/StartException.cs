namespace Patchbay.Server.Hosting;

/// <summary>The server cannot start. Its message is printed as it is: what is wrong and what to do.</summary>
public sealed class StartException(string message, Exception? inner = null) : Exception(message, inner);
