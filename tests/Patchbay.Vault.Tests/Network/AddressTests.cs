using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Vault.Network;
using HostName = Patchbay.Vault.Network.HostName;

namespace Patchbay.Vault.Tests.Network;

public sealed class AddressTests
{
    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("0.1.2.3")]
    [InlineData("10.255.0.1")]
    [InlineData("100.64.0.1")]
    [InlineData("100.127.255.255")]
    [InlineData("127.0.0.1")]
    [InlineData("127.255.255.254")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.170")]
    [InlineData("192.0.2.1")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("198.51.100.1")]
    [InlineData("203.0.113.10")]
    [InlineData("224.0.0.1")]
    [InlineData("239.255.255.250")]
    [InlineData("240.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("::ffff:0:127.0.0.1")]
    [InlineData("64:ff9b::7f00:1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001::1")]
    [InlineData("2001:10::1")]
    [InlineData("2001:20::1")]
    [InlineData("2001:db8::1")]
    [InlineData("2002:7f00:1::")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Is_not_public(string address) => PublicAddress.IsPublic(IPAddress.Parse(address)).ShouldBeFalse();

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("93.184.216.34")]
    [InlineData("100.63.255.255")]
    [InlineData("100.128.0.0")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.0")]
    [InlineData("192.167.255.255")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:1.1.1.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("2a00:1450:4001::1")]
    public void Is_public(string address) => PublicAddress.IsPublic(IPAddress.Parse(address)).ShouldBeTrue();

    [Fact]
    public void A_mapped_address_is_judged_as_the_address_it_maps() =>
        Prop.ForAll(ArbMap.Default.ArbFor<uint>(), bits =>
        {
            var v4 = new IPAddress(BitConverter.GetBytes(bits));
            return PublicAddress.IsPublic(v4) == PublicAddress.IsPublic(v4.MapToIPv6());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_the_host_parser_throw_and_what_passes_is_no_address() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
            !HostName.TryNormalise(text ?? "", out var host)
            || (!IPAddress.TryParse(host, out _) && !host.Any(char.IsAsciiLetterUpper) && !host.EndsWith('.') && host.All(char.IsAscii))).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("\u212Aelvin.com")]
    [InlineData("slack.com\u0000")]
    [InlineData("slack.c\u043em")]
    [InlineData("-a.com")]
    [InlineData("a-.com")]
    [InlineData("a..com")]
    [InlineData(".com")]
    [InlineData("1.2.3.4")]
    [InlineData("1.2.3.0x4")]
    public void Is_no_host_name(string text) => HostName.TryNormalise(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("api.slack.com", "*.slack.com", true)]
    [InlineData("a.b.slack.com", "*.slack.com", true)]
    [InlineData("slack.com", "*.slack.com", false)]
    [InlineData("evilslack.com", "*.slack.com", false)]
    [InlineData("slack.com", "slack.com", true)]
    [InlineData("slack.com.evil.example", "slack.com", false)]
    [InlineData("api.slack.com", "slack.com", false)]
    public void Patterns_match_whole_labels_only(string host, string pattern, bool matches) => HostName.Matches(host, pattern).ShouldBe(matches);
}
