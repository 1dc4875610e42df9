using System.Text;
using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Vault.Egress.Doors;

namespace Patchbay.Vault.Tests.Egress;

public sealed partial class ConnectHeadTests
{
    private static readonly Arbitrary<string> NearMisses = (
        from parts in Gen.Elements("CONNECT ", "connect ", "slack.com", ":443", ":", "443", " HTTP/1.1", " HTTP/1.0", "\r\n", "\n", "\r", "\r\n\r\n", "Host: a", "Content-Length: 1", "Content-Length: 0", "@", "[::1]", "..", "xn--a", " ", "\t", "\0", "\u00e9", "/", "?", "%41", "A.B").ArrayOf()
        from noise in ArbMap.Default.GeneratorFor<NonNull<string>>()
        from place in Gen.Choose(0, 3)
        select place switch
        {
            0 => string.Concat(parts),
            1 => "CONNECT slack.com:443 HTTP/1.1\r\n" + string.Concat(parts) + "\r\n\r\n",
            2 => "CONNECT " + string.Concat(parts) + " HTTP/1.1\r\n\r\n",
            _ => "CONNECT " + noise.Get + " HTTP/1.1\r\n\r\n",
        }).ToArbitrary();

    /// <summary>An independent description of all that may pass.</summary>
    [GeneratedRegex(@"^CONNECT (?<host>[A-Za-z0-9.-]+):(?<port>[1-9][0-9]{0,4}) HTTP/1\.1\r\n([!-9;-~]+:[\t -~]*\r\n)*\r\n$", RegexOptions.ExplicitCapture)]
    private static partial Regex Grammar();

    [Fact]
    public void Whatever_is_sent_the_parser_answers_and_accepts_only_the_grammar() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(5000), Prop.ForAll(NearMisses, text =>
        {
            var accepted = ConnectHead.TryParse(Encoding.Latin1.GetBytes(text), out var host, out var port);
            var match = Grammar().Match(text);
            return !accepted || (match.Success && match.Groups["host"].Value.Equals(host, StringComparison.OrdinalIgnoreCase) && port.ToString(System.Globalization.CultureInfo.InvariantCulture) == match.Groups["port"].Value && port <= 65535);
        }));

    [Fact]
    public void Random_bytes_never_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => !ConnectHead.TryParse(bytes ?? [], out _, out _)).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("slack.com:443", "slack.com", 443)]
    [InlineData("SLACK.Com:443", "slack.com", 443)]
    [InlineData("patchbay.internal:80", "patchbay.internal", 80)]
    [InlineData("a-b.c1.example:65535", "a-b.c1.example", 65535)]
    public void Ordinary_targets_pass(string target, string host, int port)
    {
        ConnectHead.TryParse(Encoding.ASCII.GetBytes($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\nUser-Agent: x\r\nContent-Length: 0\r\n\r\n"), out var h, out var p).ShouldBeTrue();
        (h, p).ShouldBe((host, port));
    }
}
