using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Patchbay.EndToEnd.Tests.Support;

namespace Patchbay.EndToEnd.Tests;

/// <summary>After a whole journey no secret lies anywhere but with the vendor and sealed in the vault. The real values are known:
/// the wire between the server and its sandbox wrote them down.</summary>
public sealed partial class CanaryTests
{
    [Fact]
    public async Task No_secret_lies_in_a_file_in_an_output_or_in_an_answer()
    {
        await using var bench = await Bench.StartAsync();
        var function = await JourneyAsync(bench);
        var secrets = Secrets(bench);
        // Else the search below would find nothing because it looks for nothing.
        secrets.Keys.Select(k => k.Split(' ')[0]).Distinct().ShouldBe(["access_token", "refresh_token", "client_secret", "code_verifier", "code", "control", "key"], ignoreOrder: true);

        var places = await PlacesAsync(bench, function, "while it runs");
        (await bench.Server.StopAsync()).ShouldBe(0);
        places.AddRange(await PlacesAsync(bench, function, "after its end"));

        places.ShouldContain(p => p.Place.StartsWith("main.db-wal ", StringComparison.Ordinal));
        places.ShouldContain(p => p.Place.StartsWith("sandbox/sandbox.db ", StringComparison.Ordinal));
        foreach (var (place, bytes) in places)
        {
            var text = Encoding.Latin1.GetString(bytes);
            foreach (var (name, value) in secrets)
                text.Contains(value, StringComparison.Ordinal).ShouldBeFalse($"{name} lies in {place}");
            SandboxMade().Match(text).Value.ShouldBe("", place);
        }
    }

    private static async Task<string> JourneyAsync(Bench bench)
    {
        await bench.ControlAsync(HttpMethod.Post, "slack/channels", new JsonObject { ["name"] = "support" });
        var flow = await bench.BuildAsync("Tell #support whenever somebody opens a ticket");
        await bench.ConnectAsync("gmail", ["https://www.googleapis.com/auth/gmail.send", "https://www.googleapis.com/auth/gmail.readonly"]);
        await bench.OpenTicketAsync("Kettle leaks");
        await Wait.UntilAsync("the run succeeded", async () => (await bench.RunsAsync(flow)) is [var run] && (string)run["status"]! == "succeeded");

        await bench.SaveFunctionAsync("blabber", Functions.Blabber);
        var told = await TellAsync(bench);
        told.ShouldContain("slack connection");
        // A vendor that ends a token (401), one that is down, one that cuts the line: each goes another way through the egress.
        foreach (var vendor in new[] { "slack", "google" })
        {
            await bench.ControlAsync(HttpMethod.Post, "faults", new JsonObject { ["vendor"] = vendor, ["kind"] = "expire_tokens" });
            told += await TellAsync(bench);
            await bench.ControlAsync(HttpMethod.Post, "faults", new JsonObject { ["vendor"] = vendor, ["kind"] = "cut", ["times"] = 1 });
            told += await TellAsync(bench);
            await bench.ControlAsync(HttpMethod.Post, "faults", new JsonObject { ["vendor"] = vendor, ["kind"] = "revoke" });
            told += await TellAsync(bench);
        }
        foreach (var path in new[] { "connections", "runs", "calls", "flows", "functions", "functions/blabber", "api-keys", "conversations" })
            await bench.Owner.GetAsync($"{bench.Api}/{path}");
        foreach (var run in await bench.RunsAsync(flow))
            await bench.Owner.GetAsync($"{bench.Api}/runs/{run["id"]}");
        foreach (var path in new[] { "/api/v1/audit", "/api/v1/me", "/api/v1/connectors", "/api/v1/teammates" })
            await bench.Owner.GetAsync(path);
        foreach (var connection in (await bench.Owner.GetAsync($"{bench.Api}/connections"))["items"]!.AsArray())
            await bench.Owner.DoAsync(HttpMethod.Delete, $"{bench.Api}/connections/{connection!["id"]}", null);
        return told + await TellAsync(bench);
    }

    private static async Task<string> TellAsync(Bench bench)
    {
        using var answer = await bench.CallAsync(HttpMethod.Post, "functions/blabber", new JsonObject());
        return await answer.Content.ReadAsStringAsync();
    }

    private static async Task<List<(string Place, byte[] Bytes)>> PlacesAsync(Bench bench, string function, string when)
    {
        // A copy by cp: a read of ours would ask for the lock that the server holds on its directory.
        using var copy = new TempDirectory();
        (await ProgramRun.RunAsync("cp", ["-a", bench.Data, copy["data"]])).Code.ShouldBe(0);
        var places = Directory.EnumerateFiles(copy["data"], "*", SearchOption.AllDirectories).Select(f => ($"{Path.GetRelativePath(copy["data"], f)} {when}", File.ReadAllBytes(f))).ToList();
        places.Add(($"standard output and error {when}", Encoding.UTF8.GetBytes(bench.Said)));
        places.Add(($"the function's answers {when}", Encoding.UTF8.GetBytes(function)));
        places.AddRange(bench.Owner.Answers.Select((a, i) => ($"answer {i} ({a.Split('\n')[0]})", Encoding.UTF8.GetBytes(a))));
        return places;
    }

    private static Dictionary<string, string> Secrets(Bench bench)
    {
        var found = new Dictionary<string, string>();
        foreach (var exchange in bench.Wire.Exchanges)
        {
            foreach (Match match in TokenInJson().Matches(exchange.Reply))
                found.TryAdd($"{match.Groups[1].Value} {found.Count}", match.Groups[2].Value);
            foreach (Match match in SecretInForm().Matches(exchange.Request))
                found.TryAdd($"{match.Groups[1].Value} {found.Count}", WebUtility.UrlDecode(match.Groups[2].Value));
            foreach (Match match in ClientSecret().Matches(exchange.Request))
                found.TryAdd($"client_secret {found.Count}", match.Groups[1].Value);
            foreach (Match match in Basic().Matches(exchange.Request))
                found.TryAdd($"client_secret basic {found.Count}", match.Groups[1].Value);
        }
        foreach (var code in bench.Owner.Codes)
            found.TryAdd($"code {found.Count}", code);
        found.Add("control token", bench.Wire.ControlToken);
        var key = Convert.FromBase64String(File.ReadAllLines(bench.KeyFile)[1]);
        found.Add("key base64", Convert.ToBase64String(key));
        found.Add("key hex", Convert.ToHexString(key));
        found.Add("key lower hex", Convert.ToHexStringLower(key));
        found.Add("key raw", Encoding.Latin1.GetString(key));
        return found;
    }

    [GeneratedRegex("\"(access_token|refresh_token)\"\\s*:\\s*\"([^\"]{8,})\"")]
    private static partial Regex TokenInJson();

    [GeneratedRegex("(?:^|[&\\n])(client_secret|code_verifier|code|refresh_token)=([^&\\s]{8,})")]
    private static partial Regex SecretInForm();

    [GeneratedRegex("\"clientSecret\"\\s*:\\s*\"([^\"]+)\"")]
    private static partial Regex ClientSecret();

    [GeneratedRegex("Authorization: Basic (\\S+)")]
    private static partial Regex Basic();

    /// <summary>Whatever the sandbox makes: tokens, codes, client secrets.</summary>
    [GeneratedRegex("sbx[A-Za-z0-9]{0,3}[._-][A-Za-z0-9._-]{16,}")]
    private static partial Regex SandboxMade();
}
