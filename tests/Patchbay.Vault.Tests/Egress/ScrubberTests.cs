using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Vault.Egress.Forwarding;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.Tests.Egress;

public sealed class ScrubberTests
{
    /// <summary>Texts over three letters, so that forms occur often, overlap each other and themselves, and are cut anywhere.</summary>
    private static readonly Arbitrary<(string[] Forms, string Text, int[] Cuts)> Cases = (
        from forms in Gen.Elements('a', 'b', '*').ArrayOf().Where(a => a.Length is > 0 and < 8).Select(a => new string(a)).NonEmptyListOf()
        from text in Gen.Elements('a', 'b', 'c').ArrayOf()
        from cuts in Gen.Choose(1, 9).ArrayOf()
        select (forms.Take(4).ToArray(), new string(text), cuts)).ToArbitrary();

    [Fact]
    public void Any_chunking_gives_the_same_as_the_whole_text() =>
        Prop.ForAll(Cases, c => Scrubbed(c.Forms, c.Text, c.Cuts) == Naive(c.Forms, c.Text)).QuickCheckThrowOnFailure();

    [Fact]
    public void The_same_holds_for_many_more_cases() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(3000), Prop.ForAll(Cases, c => Scrubbed(c.Forms, c.Text, c.Cuts) == Naive(c.Forms, c.Text)));

    [Fact]
    public void What_cannot_be_the_beginning_of_a_form_goes_out_at_once()
    {
        var scrubber = new Scrubber(["secret"u8.ToArray()]);
        Text(scrubber.Push("data: x\n\n"u8.ToArray())).ShouldBe("data: x\n\n");
        Text(scrubber.Push("abcsecr"u8.ToArray())).ShouldBe("abc");
        Text(scrubber.Push("et!"u8.ToArray())).ShouldBe("******!");
        Text(scrubber.Push("sec"u8.ToArray())).ShouldBe("");
        Text(scrubber.Finish()).ShouldBe("sec");
    }

    [Fact]
    public void Every_form_of_a_token_is_found_at_every_offset_of_base64()
    {
        const string token = "tok/en+with=odd\"chars&1234567890";
        var forms = EchoForms.Of(new SecretText(token));
        for (var before = 0; before < 7; before++)
        {
            for (var after = 0; after < 4; after++)
            {
                var plain = Encoding.UTF8.GetBytes(new string('x', before) + token + new string('y', after));
                foreach (var encoded in new[] { Convert.ToBase64String(plain), Convert.ToBase64String(plain).Replace('+', '-').Replace('/', '_') })
                {
                    var scrubbed = Scrub(forms, encoded);
                    scrubbed.Count(c => c == '*').ShouldBeGreaterThanOrEqualTo(token.Length * 4 / 3 - 2, encoded);
                }
            }
        }
        foreach (var form in new[] { token, System.Text.Json.JsonSerializer.Serialize(token), token.Replace("/", "\\/", StringComparison.Ordinal), Uri.EscapeDataString(token) })
            Scrub(forms, "a" + form + "b").ShouldNotContain("1234567890", customMessage: form);
    }

    [Fact]
    public void A_short_token_does_not_blot_out_ordinary_text()
    {
        Scrub(EchoForms.Of(new SecretText("abc")), "xx abc yy YWJj ab").ShouldNotContain("abc");
        Scrub(EchoForms.Of(new SecretText("abc")), "plain words").ShouldBe("plain words");
    }

    private static string Scrub(IReadOnlyList<byte[]> forms, string text)
    {
        var scrubber = new Scrubber(forms);
        return Text(scrubber.Push(Encoding.UTF8.GetBytes(text))) + Text(scrubber.Finish());
    }

    private static string Scrubbed(string[] forms, string text, int[] cuts)
    {
        var scrubber = new Scrubber([.. forms.Select(Encoding.ASCII.GetBytes)]);
        var result = new StringBuilder();
        var rest = Encoding.ASCII.GetBytes(text).AsMemory();
        foreach (var cut in cuts.TakeWhile(_ => rest.Length > 0))
        {
            result.Append(Text(scrubber.Push(rest[..Math.Min(cut, rest.Length)])));
            rest = rest[Math.Min(cut, rest.Length)..];
        }
        return result.Append(Text(scrubber.Push(rest))).Append(Text(scrubber.Finish())).ToString();
    }

    private static string Naive(string[] forms, string text)
    {
        var output = text.ToCharArray();
        foreach (var form in forms)
        {
            for (var i = 0; i + form.Length <= text.Length; i++)
            {
                if (string.CompareOrdinal(text, i, form, 0, form.Length) == 0)
                    output.AsSpan(i, form.Length).Fill('*');
            }
        }
        return new string(output);
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
