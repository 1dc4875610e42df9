using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Sandbox.Http;
using Patchbay.Sandbox.Pages;
using Patchbay.Sandbox.Vendors.Google;
using Patchbay.Sandbox.Vendors.Google.Gmail;
using Patchbay.Sandbox.Vendors.Google.Gmail.Mime;
using Patchbay.Sandbox.Vendors.Slack;

namespace Patchbay.Sandbox.Tests.Fuzz;

/// <summary>Everything that reads foreign input takes anything, and what it should give back it gives back.</summary>
public sealed class ParserFuzzTests
{
    private static readonly string[] Shards =
    [
        "To: a@b.example\r\n", "Subject: =?utf-8?B?4pyT?= =?x?Q?=", "=?utf-8?Q?=C3=?=", "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: multipart/mixed; boundary=\"b\"\r\n",
        "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "\r\n", "\n", "--b\r\n", "--b--\r\n", "--b", "=\r\n", "=4", "\0", "<", ">", "\"", "\\", ":", ";", ",", "(", ")", "\u00e9", " ", "\t",
        "Content-Disposition: attachment; filename*=utf-8''%c3%a4.txt\r\n", "<script>", "</script", "<br", "&lt;", "from:", "-", "\"a b\"", "after:2026/1/1", "newer_than:9999y", "before:99999999999999999999", "*", "`", "<https://x|y>", "<@U1>", "<!here>", "|",
    ];

    private static readonly Gen<string> Pieces = Gen.Elements(Shards).ListOf().Select(list => string.Concat(list));

    private static readonly Arbitrary<string> Text = Gen.OneOf(
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""), Pieces,
        from a in Pieces from b in ArbMap.Default.GeneratorFor<string>() from c in Pieces select a + b + c).ToArbitrary();

    private static readonly Arbitrary<byte[]> Bytes = Gen.OneOf(
        ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => bytes ?? []), Text.Generator.Select(Encoding.UTF8.GetBytes)).ToArbitrary();

    [Fact]
    public void Any_bytes_are_some_message_and_all_its_parts_can_be_read() => Check(Bytes, bytes =>
    {
        var message = MimeParser.Parse(bytes);
        foreach (var part in message.All)
            (part.Text.Length + part.FileName.Length + part.MediaType.Length).ShouldBeGreaterThan(0);
        _ = GmailText.Snippet(GmailText.Readable(message));
        _ = HeaderEditor.With(HeaderEditor.Without(bytes, "To"), "From", "x");
    });

    [Fact]
    public void A_set_header_is_read_back_and_a_removed_one_is_gone() => Check(Bytes, bytes =>
    {
        var changed = HeaderEditor.With(bytes, "X-Sandbox", "value");
        MimeParser.Parse(changed).Header("X-Sandbox").ShouldBe("value");
        MimeParser.Parse(HeaderEditor.Without(changed, "X-Sandbox")).Header("X-Sandbox").ShouldBeNull();
    });

    [Fact]
    public void Base64_undoes_base64_even_in_broken_lines() => Check(Bytes, bytes =>
        TransferEncoding.Base64(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks)).ShouldBe(bytes));

    [Fact]
    public void An_encoded_word_gives_back_its_text() => Check(Text, text =>
    {
        var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)); // lone surrogates cannot travel
        EncodedWords.Decode($"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(valid))}?=").ShouldBe(valid);
    });

    [Fact]
    public void Address_lists_never_throw_and_give_only_addresses() => Check(Text, text =>
    {
        foreach (var address in MailAddress.ParseList(text) ?? [])
            address.Address.ShouldContain("@");
    });

    [Fact]
    public void Search_terms_never_throw() => Check(Text, text =>
    {
        var query = GmailQuery.Parse(text, new GmailTerms(DateTimeOffset.UnixEpoch.AddYears(60), _ => null, "me@x.example"));
        _ = query.Matches(new GmailMessage
        {
            Id = "1", ThreadId = "1", Account = "a", Labels = [], Date = 0, HistoryId = 1, Subject = "", From = "", To = "", Snippet = "", Body = "", MessageIdHeader = "",
        });
    });

    [Fact]
    public void Search_groups_as_deep_as_a_text_is_long_do_not_end_the_process()
    {
        foreach (var text in (string[])[new string('(', 200_000), new string('{', 200_000), new string('-', 200_000), string.Concat(Enumerable.Repeat("a:(", 50_000))])
            GmailQuery.Parse(text, new GmailTerms(DateTimeOffset.UnixEpoch, _ => null)).LooksEverywhere.ShouldBeFalse();
    }

    [Fact]
    public void Credentials_of_a_header_never_throw_and_basic_reads_back() => Check(Text, text =>
    {
        foreach (var header in (string[])[text, "Basic " + text, "Bearer " + text])
        {
            _ = ClientCredentials.ParseBasic(header);
            _ = ClientCredentials.ParseBearer(header);
        }

        var valid = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        var encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes($"id:{Uri.EscapeDataString(valid)}"));
        ClientCredentials.ParseBasic("Basic " + encoded).ShouldBe(("id", valid));
    });

    [Fact]
    public void Field_masks_cursors_and_json_never_throw() => Check(Text, text =>
    {
        GoogleFields.Parse(text)?.Keep(Json.TryParse("""{"a":[{"b":{"c":1}}],"from":{}}"""));
        _ = SlackPaging.Decode(text);
        _ = Json.TryParse(text);
        _ = Json.Text(Json.TryParse($$"""{"a":1,"a":2}"""), "a");
        _ = SlackScopes.Split(text);
        _ = GoogleScopes.Split(text);
    });

    [Fact]
    public void No_message_text_becomes_markup() => Check(Text, text =>
    {
        var markup = SlackMarkup.Of(text, _ => text).ToString();
        var rest = markup.Replace("<b>", "", StringComparison.Ordinal).Replace("</b>", "", StringComparison.Ordinal)
            .Replace("<code>", "", StringComparison.Ordinal).Replace("</code>", "", StringComparison.Ordinal).Replace("</a>", "", StringComparison.Ordinal);
        System.Text.RegularExpressions.Regex.Replace(rest, "<a href=\"(https?|mailto):[^\"<>]*\" rel=\"[a-z ]*\">", "").ShouldNotContain("<");
        Html.Of($"{text}").ToString().IndexOfAny(['<', '>', '"', '\'']).ShouldBe(-1);
    });

    [Theory]
    [InlineData("""{"a":"\ud83c"}""")]
    [InlineData("""{"a":[["\udf00"]]}""")]
    [InlineData("""{"\ud83c":1}""")]
    public void Half_a_character_is_no_json(string text) => Json.TryParse(text).ShouldBeNull();

    [Theory]
    [InlineData("<|words>")]
    [InlineData("<@>")]
    [InlineData("<!>")]
    [InlineData("**``<>")]
    public void Markup_that_once_failed_is_text(string text) => SlackMarkup.Of(text, _ => null).ToString().ShouldNotContain("<");

    private static void Check<T>(Arbitrary<T> arbitrary, Action<T> holds) =>
        Prop.ForAll(arbitrary, holds).Check(Config.QuickThrowOnFailure.WithMaxTest(int.TryParse(Environment.GetEnvironmentVariable("FUZZ_CASES"), out var cases) ? cases : 600));
}
