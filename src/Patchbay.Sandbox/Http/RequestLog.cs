using Patchbay.Catalog;

namespace Patchbay.Sandbox.Http;

/// <summary>The last calls that vendors answered: where, how it ended, when. No queries, headers or bodies.</summary>
/// <remarks>In memory, bounded by <see cref="Most"/>; the oldest go first.</remarks>
internal sealed class RequestLog
{
    private const int Most = 10_000;
    private readonly Lock gate = new();
    private readonly Queue<RequestLine> lines = new();
    private readonly Dictionary<string, long> tokenRequests = [];
    private long last;

    public void Add(string vendor, string host, string path, string method, int status, DateTimeOffset at, double milliseconds)
    {
        lock (gate)
        {
            lines.Enqueue(new RequestLine(++last, vendor, host, path, method, status, at, milliseconds));
            if (lines.Count > Most)
                lines.Dequeue();
        }
    }

    /// <summary>Counts a request to a vendor's token endpoint, whatever its answer.</summary>
    public void CountTokenRequest(string vendor)
    {
        lock (gate)
            tokenRequests[vendor] = tokenRequests.GetValueOrDefault(vendor) + 1;
    }

    public (IReadOnlyList<RequestLine> Lines, long Last, IReadOnlyDictionary<string, long> TokenRequests) Since(long sequence)
    {
        lock (gate)
            return ([.. lines.Where(line => line.Sequence > sequence)], last, new Dictionary<string, long>(tokenRequests));
    }

    /// <summary>The newest calls of some hosts, newest first.</summary>
    public IReadOnlyList<RequestLine> Newest(IReadOnlyList<string> hosts, int count)
    {
        lock (gate)
            return [.. lines.Reverse().Where(line => HostRules.Allows(hosts, line.Host)).Take(count)];
    }
}

/// <param name="Sequence">Counts up from 1 for the life of the process.</param>
/// <param name="Vendor">Who answered.</param>
/// <param name="Host">The vendor's host.</param>
/// <param name="Path">Path below the host, without the query.</param>
/// <param name="Method">HTTP method.</param>
/// <param name="Status">HTTP status; 0 when the connection was cut.</param>
/// <param name="At">When it ended.</param>
/// <param name="Milliseconds">How long it took.</param>
internal sealed record RequestLine(
    long Sequence, string Vendor, string Host, string Path, string Method, int Status, DateTimeOffset At, double Milliseconds);
