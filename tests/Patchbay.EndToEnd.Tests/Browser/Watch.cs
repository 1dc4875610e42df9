using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Patchbay.EndToEnd.Tests.Browser;

/// <summary>Keeps what no page of ours may do: errors on the console, reports of the policy, requests to foreign hosts.</summary>
internal sealed partial class Watch
{
    private readonly ConcurrentQueue<string> _problems = new();
    private readonly string[] _own;

    private Watch(string[] own) => _own = own;

    public IReadOnlyCollection<string> Problems => _problems;

    /// <param name="own">Origins that may be asked.</param>
    public static async Task<Watch> OverAsync(IBrowserContext context, params string[] own)
    {
        var watch = new Watch(own);
        await context.AddInitScriptAsync("addEventListener('securitypolicyviolation', e => console.error('Content Security Policy: ' + e.violatedDirective + ' ' + e.blockedURI))");
        context.Request += (_, request) => watch.See(request);
        context.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning" && !IsOwnStatus(message))
                watch._problems.Enqueue($"{message.Page?.Url}: {message.Type}: {message.Text}");
        };
        context.WebError += (_, error) => watch._problems.Enqueue($"{error.Page?.Url}: {error.Error}");
        return watch;
    }

    private void See(IRequest request)
    {
        if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && !_own.Any(o => request.Url.StartsWith(o + "/", StringComparison.Ordinal)))
            _problems.Enqueue($"Request to {request.Url}");
    }

    /// <summary>Being asked to sign in is an answer, not an error; Chromium writes every status above 399 onto the console.</summary>
    private static bool IsOwnStatus(IConsoleMessage message) => Status401().IsMatch(message.Text) && message.Location.Contains("/api/v1/me", StringComparison.Ordinal);

    [GeneratedRegex("^Failed to load resource: .* status of 401")]
    private static partial Regex Status401();
}
