using System.Globalization;

namespace Patchbay.FunctionHost.Dispatch;

/// <summary>Headers between supervisor and bootstrap, and those that never travel.</summary>
internal static class Wire
{
    public const string Invocation = "patchbay-invocation";
    public const string Url = "patchbay-url";
    public const string Logged = "patchbay-logged";
    public const string Threw = "patchbay-threw";

    private static readonly HashSet<string> HopByHop = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>Whether a header may travel to or from a function. Content-Length is the client's own business on each leg.</summary>
    public static bool Travels(string name) =>
        !HopByHop.Contains(name) && !name.StartsWith("patchbay-", StringComparison.OrdinalIgnoreCase);

    public static HttpRequestMessage Request(FunctionHttpRequest request, string invocation, Stream? body)
    {
        var message = new HttpRequestMessage(new HttpMethod(request.Method), "http://function/") { Content = body is null ? null : new FlowingContent(body) };
        message.Headers.TryAddWithoutValidation(Invocation, invocation);
        message.Headers.TryAddWithoutValidation(Url, request.Url.AbsoluteUri);
        foreach (var (name, value) in request.Headers)
        {
            if (!Travels(name) || name.Equals("Expect", StringComparison.OrdinalIgnoreCase)) continue;
            if (name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase))
            {
                if (message.Content is not null && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var length)) message.Content.Headers.ContentLength = length;
                continue;
            }

            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        }

        return message;
    }

    public static List<KeyValuePair<string, string>> Headers(HttpResponseMessage response)
    {
        var headers = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated))
            if (Travels(name))
                foreach (var value in values) headers.Add(new(name, value));
        return headers;
    }

    public static int Number(HttpResponseMessage response, string name) =>
        response.Headers.NonValidated.TryGetValues(name, out var values) && int.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
