using FsCheck;
using FsCheck.Fluent;
using Patchbay.Vault.Keys;
using Patchbay.Vault.Secrets;

namespace Patchbay.Vault.Tests;

public sealed class KeyTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("patchbay-key").FullName;
    private string KeyPath => Path.Combine(_root, "config", "a.key");
    private string Data => Path.Combine(_root, "data");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void The_first_start_makes_a_private_key_and_the_second_reads_the_same()
    {
        var first = VaultKey.OpenOrCreate(KeyPath, Data, null);
        first.Created.ShouldBeTrue();
        File.GetUnixFileMode(KeyPath).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.GetDirectoryName(KeyPath)!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var second = VaultKey.OpenOrCreate(KeyPath, Data, first.Check);
        second.Created.ShouldBeFalse();
        second.Check.ShouldBe(first.Check);
    }

    [Fact]
    public void A_missing_key_is_not_replaced_by_a_new_one_once_the_database_has_a_key()
    {
        Code(() => VaultKey.OpenOrCreate(KeyPath, Data, new KeyCheck("k1", new string('0', 32)))).ShouldBe("PB2001");
        File.Exists(KeyPath).ShouldBeFalse();
    }

    [Fact]
    public void A_damaged_key_is_refused_wherever_the_damage_is()
    {
        VaultKey.OpenOrCreate(KeyPath, Data, null);
        var good = File.ReadAllText(KeyPath);
        foreach (var bad in new[] { "", "x", good[..^9], good.Replace("patchbay", "patchbaz", StringComparison.Ordinal), good.Replace('\n', ' '), good + "more", Flip(good, 40), Flip(good, good.Length - 20), new string('a', 9000) })
        {
            File.WriteAllText(KeyPath, bad);
            Code(() => VaultKey.OpenOrCreate(KeyPath, Data, null)).ShouldBe("PB2002", bad);
        }
    }

    [Fact]
    public void A_whole_but_other_key_is_named_as_the_wrong_one()
    {
        var mine = VaultKey.OpenOrCreate(KeyPath, Data, null);
        var other = VaultKey.OpenOrCreate(Path.Combine(_root, "other.key"), Data, null);
        Code(() => VaultKey.OpenOrCreate(KeyPath, Data, other.Check)).ShouldBe("PB2003");
        Code(() => VaultKey.OpenOrCreate(KeyPath, Data, mine.Check with { CheckValue = other.Check.CheckValue })).ShouldBe("PB2003");
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_key_that_others_can_reach_is_refused(UnixFileMode extra)
    {
        VaultKey.OpenOrCreate(KeyPath, Data, null);
        File.SetUnixFileMode(KeyPath, UnixFileMode.UserRead | UnixFileMode.UserWrite | extra);
        Code(() => VaultKey.OpenOrCreate(KeyPath, Data, null)).ShouldBe("PB2004");
    }

    [Fact]
    public void A_key_inside_the_data_directory_is_refused_even_behind_a_link()
    {
        Directory.CreateDirectory(Data);
        Code(() => VaultKey.OpenOrCreate(Path.Combine(Data, "deep", "a.key"), Data, null)).ShouldBe("PB2005");
        Code(() => VaultKey.OpenOrCreate(Path.Combine(_root, "x", "..", "data", "a.key"), Data, null)).ShouldBe("PB2005");
        Directory.CreateSymbolicLink(Path.Combine(_root, "link"), Data);
        Code(() => VaultKey.OpenOrCreate(Path.Combine(_root, "link", "a.key"), Data, null)).ShouldBe("PB2005");
        VaultKey.OpenOrCreate(Data + "-beside.key", Data, null).Created.ShouldBeTrue();
    }

    [Fact]
    public void A_key_that_cannot_be_made_gives_one_clear_reason()
    {
        File.WriteAllText(Path.Combine(_root, "config"), "a file where the directory should be");
        Code(() => VaultKey.OpenOrCreate(KeyPath, Data, null)).ShouldBe("PB2006");
    }

    [Fact]
    public void No_text_makes_the_key_parser_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text => { KeyFile.Parse(text ?? ""); return true; }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_sealed_opens_with_the_same_owner_only()
    {
        var box = new SecretBox(VaultKey.OpenOrCreate(KeyPath, Data, null));
        var mine = new AssociatedData("credential", "app1", "c1");
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            var plain = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text.Get));
            return box.Open(box.Seal(new SecretText(plain), mine), mine).Reveal() == plain;
        }).QuickCheckThrowOnFailure();
        var row = box.Seal(new SecretText("canary"), mine);
        row.WrappedKey.Length.ShouldBe(60);
        row.Payload.Length.ShouldBe("canary".Length + 28);
        foreach (var other in new[] { mine with { Purpose = "client" }, mine with { App = "app2" }, mine with { Owner = "c2" }, new AssociatedData("credential", "app1c", "1") })
            Should.Throw<SecretUnreadableException>(() => box.Open(row, other));
    }

    [Fact]
    public void A_changed_byte_anywhere_or_another_key_does_not_open()
    {
        var box = new SecretBox(VaultKey.OpenOrCreate(KeyPath, Data, null));
        var other = new SecretBox(VaultKey.OpenOrCreate(Path.Combine(_root, "o.key"), Data, null));
        var owner = new AssociatedData("credential", "a", "c");
        var row = box.Seal(new SecretText("canary"), owner);
        for (var i = 0; i < row.WrappedKey.Length; i++)
            Should.Throw<SecretUnreadableException>(() => box.Open(row with { WrappedKey = Changed(row.WrappedKey, i) }, owner));
        for (var i = 0; i < row.Payload.Length; i++)
            Should.Throw<SecretUnreadableException>(() => box.Open(row with { Payload = Changed(row.Payload, i) }, owner));
        Should.Throw<SecretUnreadableException>(() => box.Open(row with { WrappedKey = [] }, owner));
        Should.Throw<SecretUnreadableException>(() => other.Open(row, owner)).Message.ShouldNotContain("canary");
    }

    [Fact]
    public void A_secret_prints_its_kind_and_nothing_else()
    {
        var secret = new SecretText("canary");
        $"{secret}".ShouldBe("[secret]");
        System.Text.Json.JsonSerializer.Serialize(secret).ShouldNotContain("canary");
        secret.GetHashCode().ShouldBe(new SecretText("other").GetHashCode());
    }

    private static byte[] Changed(byte[] bytes, int at)
    {
        var copy = bytes.ToArray();
        copy[at] ^= 1;
        return copy;
    }

    private static string Flip(string text, int at) => text[..at] + (text[at] == 'A' ? 'B' : 'A') + text[(at + 1)..];

    private static string Code(Func<VaultKey> open)
    {
        var e = Should.Throw<VaultStartException>(open);
        e.Message.ShouldContain("must");
        return e.Code;
    }
}
