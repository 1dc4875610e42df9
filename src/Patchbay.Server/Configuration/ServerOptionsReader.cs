using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Patchbay.Server.Configuration;

/// <summary>Reads options from flags, then <c>PATCHBAY_*</c> variables, then <c>patchbay.json</c> in the data directory; the
/// first that names an option wins. Every mistake is collected, so that one run tells all of them.</summary>
public sealed class ServerOptionsReader
{
    /// <summary>Name of the flag, what follows it (null: a switch), and one line of help.</summary>
    public static IReadOnlyList<(string Name, string? Value, string Help)> Flags { get; } =
    [
        ("port", "N", "port of the dashboard and the API (4400)"),
        ("data", "DIR", "data directory (.patchbay)"),
        ("database", "CONNECTION", "PostgreSQL connection string; without it SQLite in the data directory"),
        ("key-file", "FILE", "master key file, outside the data directory"),
        ("connectors", "DIR", "a folder with connectors of your own, one folder each"),
        ("public-url", "URL", "address people and vendors use (http://localhost:PORT)"),
        ("apps-domain", "DOMAIN", "parent domain of the apps' hosts (localhost)"),
        ("listen", "ADDRESS", "address to bind (127.0.0.1)"),
        ("sandbox-port", "N", "port of the vendors' look-alikes (4401)"),
        ("sandbox", "on|off", "start the sandbox beside the server (on)"),
        ("trusted-proxies", "ADDRESSES", "comma separated proxies whose forwarded headers count"),
        ("unsafe-functions", null, "run functions without bubblewrap; development on loopback only"),
    ];

    private readonly List<string> _errors = [];

    /// <returns>The options, or the mistakes: one sentence each that says what to do.</returns>
    public static (ServerOptions? Options, IReadOnlyList<string> Errors) Read(
        IReadOnlyDictionary<string, string> flags, Func<string, string?> environment, string workingDirectory)
    {
        var reader = new ServerOptionsReader();
        var options = reader.ReadAll(flags, environment, workingDirectory);
        // With what could not be read at its default: the rules between the others still hold.
        reader._errors.AddRange(ServerOptionsRules.Check(options));
        return reader._errors.Count == 0 ? (options, []) : (null, reader._errors);
    }

    private ServerOptions ReadAll(IReadOnlyDictionary<string, string> flags, Func<string, string?> environment, string workingDirectory)
    {
        string? Outer(string name) => flags.GetValueOrDefault(name) ?? environment(Variable(name));
        var data = FullPath("data", Outer("data") ?? ".patchbay", workingDirectory);
        var file = ReadFile(Path.Combine(data, "patchbay.json"));
        string? Value(string name) => Outer(name) is { Length: > 0 } outer ? outer : file.GetValueOrDefault(name);

        foreach (var unknown in flags.Keys.Where(k => Flags.All(f => f.Name != k)))
            _errors.Add($"There is no option --{unknown}. Run `./patchbay --help` for the list.");
        var port = Port("port", Value("port")) ?? 4400;
        var sandbox = Value("sandbox") ?? "on";
        if (sandbox is not ("on" or "off"))
            _errors.Add($"--sandbox takes on or off, not '{sandbox}'.");
        return new ServerOptions
        {
            Port = port,
            Data = data,
            Database = Value("database"),
            KeyFile = Value("key-file") is { } key ? FullPath("key-file", key, workingDirectory) : null,
            Connectors = Value("connectors") is { } connectors ? FullPath("connectors", connectors, workingDirectory) : null,
            PublicUrl = Url(Value("public-url")),
            AppsDomain = (Value("apps-domain") ?? "localhost").ToLowerInvariant(),
            Listen = Address("listen", Value("listen")) ?? IPAddress.Loopback,
            SandboxPort = sandbox == "off" ? null : Port("sandbox-port", Value("sandbox-port")) ?? 4401,
            TrustedProxies = [.. (Value("trusted-proxies") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(a => Address("trusted-proxies", a)).OfType<IPAddress>()],
            UnsafeFunctions = Switch("unsafe-functions", Value("unsafe-functions")),
        };
    }

    /// <summary><c>sandbox-port</c> → <c>PATCHBAY_SANDBOX_PORT</c>.</summary>
    public static string Variable(string name) => "PATCHBAY_" + name.Replace('-', '_').ToUpperInvariant();

    private Dictionary<string, string> ReadFile(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new JsonException("not an object");
            var values = new Dictionary<string, string>();
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (Flags.All(f => f.Name != member.Name))
                    _errors.Add($"{path} names an unknown option '{member.Name}'. Remove it or correct the name.");
                else if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null)
                    _errors.Add($"{path}: '{member.Name}' must be a text, a number or true or false.");
                else
                    values[member.Name] = member.Value.ToString();
            }
            return values;
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            _errors.Add($"{path} cannot be read as a JSON object ({e.GetType().Name}). Correct it or move it away.");
            return [];
        }
    }

    private string FullPath(string name, string text, string workingDirectory)
    {
        if (!text.Contains('\0', StringComparison.Ordinal))
            return Path.GetFullPath(text, workingDirectory);
        _errors.Add($"--{name} takes a path, and this one holds a null character.");
        return workingDirectory;
    }

    private int? Port(string name, string? text)
    {
        if (text is null)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= 65535)
            return port;
        _errors.Add($"--{name} takes a port from 0 to 65535, not '{text}'.");
        return null;
    }

    private Uri? Url(string? text)
    {
        if (text is null)
            return null;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            && url is { PathAndQuery: "/", Fragment: "", UserInfo: "" })
            return url;
        _errors.Add($"--public-url takes an http or https address without a path, such as https://patchbay.example.com, not '{text}'.");
        return null;
    }

    private IPAddress? Address(string name, string? text)
    {
        if (text is null)
            return null;
        if (IPAddress.TryParse(text, out var address))
            return address;
        _errors.Add($"--{name} takes an IP address, not '{text}'.");
        return null;
    }

    private bool Switch(string name, string? text)
    {
        if (text is null || bool.TryParse(text, out _))
            return text is not null && bool.Parse(text);
        _errors.Add($"--{name} is a switch: true or false, not '{text}'.");
        return false;
    }
}
