using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using Patchbay.FunctionHost.Isolation;

namespace Patchbay.FunctionHost.Building;

/// <summary>Bundles functions in a Node process that keeps esbuild warm; started at the first build, again after a death.</summary>
internal sealed class Bundler(string runtimeDirectory, Spawner spawner, TimeProvider time) : IAsyncDisposable
{
    private const int MostFiles = 500;
    private const long MostCharacters = 4 << 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _starting = new(1, 1);
    private BundlerProcess? _process;

    /// <exception cref="FunctionBuildException">See <see cref="IFunctionHost.BuildAsync"/>.</exception>
    public async Task<FunctionBundle> BuildAsync(FunctionSource source, CancellationToken cancellationToken)
    {
        Check(source);
        var process = await StartedAsync(cancellationToken);
        BundlerAnswer answer;
        try
        {
            answer = await process.AskAsync(source, cancellationToken).WaitAsync(Patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            process.Kill();
            throw new FunctionBuildException($"The function was not bundled within {Patience.TotalSeconds:0} s: make it smaller.");
        }

        if (answer.Error is { } error)
            throw new FunctionBuildException(Where(error.File, error.Line) + error.Message, error.File, error.Line, error.Specifier);
        return new FunctionBundle(answer.Code!, answer.Map, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(answer.Code!))));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process) await process.DisposeAsync();
        _starting.Dispose();
    }

    /// <summary>Paths are keys, not places on a disk: only plain relative ones, so that messages and maps cannot mislead.</summary>
    internal static bool IsPlainPath(string path) =>
        path.Length is > 0 and <= 200 && path.Split('/').All(part => part is not ("" or "." or "..")) && !path.Any(c => c is '\\' or ':' || char.IsControl(c));

    private static void Check(FunctionSource source)
    {
        if (!source.Files.ContainsKey(source.Entry)) throw new FunctionBuildException($"The function has no file {source.Entry}, which is its entry.", source.Entry);
        if (source.Files.Count > MostFiles) throw new FunctionBuildException($"A function may have at most {MostFiles} files.");
        if (source.Files.Sum(f => (long)f.Value.Length) > MostCharacters) throw new FunctionBuildException($"A function's files may have at most {MostCharacters} characters together.");
        foreach (var path in source.Files.Keys)
            if (!IsPlainPath(path)) throw new FunctionBuildException($"\"{path}\" is not a usable file name: write a relative path with forward slashes.", path);
    }

    private static string Where(string? file, int? line) => file is null ? "" : line is null ? $"{file}: " : $"{file}:{line}: ";

    private async Task<BundlerProcess> StartedAsync(CancellationToken cancellationToken)
    {
        await _starting.WaitAsync(cancellationToken);
        try
        {
            if (_process is { IsAlive: true } running) return running;
            if (!File.Exists(Path.Combine(runtimeDirectory, "dist", "sdk-exports.json")))
                throw new FunctionBuildException($"The function runtime is not set up: run `npm ci` and `npm run build` in {runtimeDirectory}.");
            if (_process is { } dead) await dead.DisposeAsync();
            var start = new ProcessStartInfo("node", ["--max-old-space-size=256", Path.Combine(runtimeDirectory, "bundler.mjs")])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = "/",
            };
            // Nothing of the server's environment is this child's business.
            var path = start.Environment["PATH"];
            start.Environment.Clear();
            start.Environment["PATH"] = path;
            return _process = new BundlerProcess(await spawner.StartAsync(start));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new FunctionBuildException("Node.js is missing: install Node 20.19 or newer.");
        }
        finally
        {
            _starting.Release();
        }
    }
}
