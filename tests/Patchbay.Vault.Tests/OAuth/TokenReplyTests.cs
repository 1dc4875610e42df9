using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Catalog;
using Patchbay.Vault.OAuth;

namespace Patchbay.Vault.Tests.OAuth;

public sealed class TokenReplyTests
{
    private static readonly Arbitrary<string> Replies = (
        from names in Gen.Elements("access_token", "refresh_token", "expires_in", "scope", "error", "ok", "token_type", "team", "authed_user").ArrayOf()
        from values in Gen.Elements("\"x\"", "\"\"", "1", "-1", "1e400", "\"3600\"", "null", "true", "false", "[]", "[\"a\",1]", "{}", "{\"access_token\":\"y\"}", "\"\\ud800\"", "{").ArrayOf(9)
        select "{" + string.Join(',', names.Take(9).Select((n, i) => $"\"{n}\":{values[i]}")) + "}").ToArbitrary();

    [Fact]
    public void Whatever_a_vendor_answers_is_a_grant_or_a_failure() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Replies, Gen.Elements(200, 400, 500, 302).ToArbitrary(), (text, status) =>
        {
            var (grant, failure) = TokenReplyReader.Read(status, Encoding.UTF8.GetBytes(text), Support.TestCatalog.Slack.OAuth.Reply);
            return grant is null != failure is null && (grant is null || (status == 200 && grant.Access.Length > 0 && grant.Life is null or { Ticks: > 0 }));
        }));

    [Fact]
    public void Random_bytes_are_a_failure() =>
        Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes => TokenReplyReader.Read(200, bytes ?? [], new TokenReply()).Failure is not null).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("3600", 3600.0)]
    [InlineData("\"3600\"", 3600.0)]
    [InlineData("3599.5", 3599.5)]
    [InlineData("0", null)]
    [InlineData("-5", null)]
    [InlineData("\"soon\"", null)]
    [InlineData("null", null)]
    [InlineData("{}", null)]
    public void A_life_is_read_in_every_spelling_and_an_odd_one_costs_no_token(string json, double? seconds)
    {
        var (grant, _) = TokenReplyReader.Read(200, Encoding.UTF8.GetBytes($$"""{"access_token":"t","expires_in":{{json}}}"""), new TokenReply());
        grant!.Life.ShouldBe(seconds is { } s ? TimeSpan.FromSeconds(s) : null);
    }

    [Theory]
    [InlineData("\"a b\"", new[] { "a", "b" })]
    [InlineData("\"a,b\"", new[] { "a,b" })]
    [InlineData("[\"a\",\"b\"]", new[] { "a", "b" })]
    [InlineData("\"\"", new string[0])]
    [InlineData("7", null)]
    public void Scopes_are_read_as_the_vendor_separates_them(string json, string[]? scopes)
    {
        var (grant, _) = TokenReplyReader.Read(200, Encoding.UTF8.GetBytes($$"""{"access_token":"t","scope":{{json}}}"""), new TokenReply());
        grant!.Scopes.ShouldBe(scopes);
    }
}
