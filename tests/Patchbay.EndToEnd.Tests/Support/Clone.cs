using System.Net;
using System.Net.Sockets;

namespace Patchbay.EndToEnd.Tests.Support;

/// <summary>Where things lie in the clone these tests were built from.</summary>
internal static class Clone
{
    public static string Root { get; } = FindRoot();

    // bin/Debug/net10.0 or bin/Release/net10.0: the server that was built with these tests.
    private static DirectoryInfo Flavour => new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    /// <summary>The server's program file without an ending: an executable; with .dll what dotnet takes.</summary>
    public static string Server { get; } = Path.Combine(Root, "src", "Patchbay.Server", "bin", Flavour.Parent!.Name, Flavour.Name, "Patchbay.Server");

    public static string Runtime { get; } = Path.Combine(Root, "src", "Patchbay.FunctionHost", "runtime");

    /// <summary>The dotnet that runs these tests.</summary>
    public static string Dotnet { get; } = Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : InPath("dotnet");

    /// <summary>The full path of a program, links resolved.</summary>
    public static string InPath(string program)
    {
        var found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(d => Path.Combine(d, program)).FirstOrDefault(File.Exists)
            ?? throw new InvalidOperationException($"{program} is not in PATH.");
        return new FileInfo(found).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? found;
    }

    /// <summary>A port nobody listens on now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string FindRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Patchbay.slnx")))
                return directory.FullName;
        }
        throw new InvalidOperationException("These tests run inside a clone.");
    }
}
