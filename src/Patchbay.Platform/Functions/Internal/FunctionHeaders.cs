using System.Globalization;
using Patchbay.Platform.Flows;
using Patchbay.Platform.Runs;
using Patchbay.Vault;

namespace Patchbay.Platform.Functions.Internal;

/// <summary>Headers between the server and a function.</summary>
internal static class FunctionHeaders
{
    /// <summary>This server as functions reach it, through their door.</summary>
    public const string ApiUrl = "http://patchbay.internal";

    /// <summary>Read by the bootstrap, which puts it on the function's calls; the function's handler does not see it.</summary>
    public const string Ticket = "X-Patchbay-Run";

    private const string State = FlowDepth.Header;

    /// <summary>What a caller may not hand a function: ours to say, or a credential for somebody else.</summary>
    private static bool IsKept(string name) =>
        !name.StartsWith("Base44-", StringComparison.OrdinalIgnoreCase)
        && !name.StartsWith("X-Patchbay", StringComparison.OrdinalIgnoreCase)
        && !name.Equals("Cookie", StringComparison.OrdinalIgnoreCase)
        && !name.Equals("Host", StringComparison.OrdinalIgnoreCase);

    public static List<KeyValuePair<string, string>> ForRun(Run run, string token, string ticket) =>
    [
        new("Content-Type", "application/json"),
        .. Own(run.App, token),
        new(Ticket, ticket),
        new("Base44-Idempotency-Key", run.IdempotencyKey),
        new(State, FlowDepth.StateFor(run.Payload)),
    ];

    public static List<KeyValuePair<string, string>> ForCall(AppId app, IReadOnlyList<KeyValuePair<string, string>> sent, string token)
    {
        // A function that calls another one passes its depth on; anybody else's state is not believed to be less than zero.
        var depth = sent.Where(h => h.Key.Equals(State, StringComparison.OrdinalIgnoreCase)).Select(h => FlowDepth.Read(h.Value)).FirstOrDefault();
        List<KeyValuePair<string, string>> headers = [.. sent.Where(h => IsKept(h.Key)), .. Own(app, token)];
        if (depth > 0)
            headers.Add(new(State, FlowDepth.StateOf(depth)));
        return headers;
    }

    /// <summary>The wish in a reply's <c>Retry-After</c>: seconds, or a date.</summary>
    public static TimeSpan? RetryAfter(IReadOnlyList<KeyValuePair<string, string>> headers, DateTimeOffset now)
    {
        var text = headers.FirstOrDefault(h => h.Key.Equals("Retry-After", StringComparison.OrdinalIgnoreCase)).Value?.Trim();
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return TimeSpan.FromSeconds(seconds);
        return DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? date > now ? date - now : TimeSpan.Zero : null;
    }

    private static IEnumerable<KeyValuePair<string, string>> Own(AppId app, string token) =>
    [
        new("Base44-App-Id", app.Value),
        new("Base44-Api-Url", ApiUrl),
        new("Base44-Service-Authorization", $"Bearer {token}"),
    ];
}
