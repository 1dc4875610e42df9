using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Patchbay.FunctionHost.Tests.Support;

/// <summary>Doors that write down every request line and answer 403, or what the test says for an absolute URL.</summary>
internal sealed class TestEgress : IFunctionEgress
{
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Whole heads of requests.</summary>
    public ConcurrentQueue<string> Heads { get; } = new();

    public ConcurrentQueue<FunctionKey> Bound { get; } = new();

    /// <summary>Body for a request line such as <c>GET http://host/path HTTP/1.1</c>, or null for 403.</summary>
    public Func<string, string?> Answer { get; set; } = _ => null;

    public ValueTask<IFunctionDoor> OpenAsync(string directory, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IFunctionDoor>(new TestDoor(this, Path.Combine(directory, "egress.sock")));

    private sealed class TestDoor : IFunctionDoor
    {
        private readonly TestEgress _owner;
        private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private readonly Task _serving;

        public TestDoor(TestEgress owner, string path)
        {
            (_owner, SocketPath) = (owner, path);
            _listener.Bind(new UnixDomainSocketEndPoint(path));
            _listener.Listen(64);
            _serving = ServeAsync();
        }

        public string SocketPath { get; }

        public string CaCertificatePem => TestCertificate.Pem;

        public ValueTask BindAsync(FunctionKey key, CancellationToken cancellationToken)
        {
            _owner.Bound.Enqueue(key);
            return ValueTask.CompletedTask;
        }

        public async ValueTask DisposeAsync()
        {
            _listener.Dispose();
            await _serving;
        }

        private async Task ServeAsync()
        {
            try
            {
                for (; ; ) _ = AnswerAsync(await _listener.AcceptAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The process is gone and its door with it.
            }
        }

        // The body too: a socket closed with bytes unread resets its peer, which may then lose the answer.
        private static bool IsComplete(string request)
        {
            var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0) return false;
            if (request[..end].Contains("transfer-encoding: chunked", StringComparison.OrdinalIgnoreCase)) return request.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
            var length = request[..end].Split("\r\n").FirstOrDefault(l => l.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase)) is { } line
                ? int.Parse(line["content-length:".Length..], CultureInfo.InvariantCulture)
                : 0;
            return request.Length >= end + 4 + length;
        }

        private async Task AnswerAsync(Socket client)
        {
            using var _ = client;
            try
            {
                var head = new StringBuilder();
                var buffer = new byte[4096];
                while (!IsComplete(head.ToString()))
                {
                    var count = await client.ReceiveAsync(buffer);
                    if (count == 0) break;
                    head.Append(Encoding.ASCII.GetString(buffer, 0, count));
                }

                var line = head.ToString().Split("\r\n")[0];
                _owner.Requests.Enqueue(line);
                _owner.Heads.Enqueue(head.ToString());
                var answer = _owner.Answer(line);
                var body = answer ?? "refused by the door";
                var status = answer is null ? "403 Forbidden" : "200 OK";
                await client.SendAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {body.Length}\r\nconnection: close\r\n\r\n{body}"));
                client.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // The function went away first.
            }
        }
    }
}
