using System.Net;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.Server.Configuration;

namespace Patchbay.Server.Tests;

public sealed class OptionsTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("patchbay-options-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private (ServerOptions? Options, IReadOnlyList<string> Errors) Read(params (string Name, string Value)[] flags) =>
        ServerOptionsReader.Read(flags.ToDictionary(f => f.Name, f => f.Value), _ => null, _directory);

    [Fact]
    public void Without_anything_said_it_listens_on_loopback_4400_with_the_sandbox_beside_it()
    {
        var (options, errors) = Read();
        errors.ShouldBeEmpty();
        options.ShouldNotBeNull();
        (options.Port, options.SandboxPort, options.Listen, options.Data).ShouldBe((4400, 4401, IPAddress.Loopback, Path.Combine(_directory, ".patchbay")));
    }

    [Fact]
    public void A_flag_wins_over_a_variable_and_a_variable_over_the_file()
    {
        var data = Path.Combine(_directory, "data");
        Directory.CreateDirectory(data);
        File.WriteAllText(Path.Combine(data, "patchbay.json"), """{ "port": 1111, "sandbox-port": 2222, "listen": "127.0.0.2" } // a comment""");
        var variables = new Dictionary<string, string> { ["PATCHBAY_SANDBOX_PORT"] = "3333", ["PATCHBAY_LISTEN"] = "127.0.0.3", ["PATCHBAY_DATA"] = data };
        var (options, errors) = ServerOptionsReader.Read(new Dictionary<string, string> { ["listen"] = "127.0.0.4" }, variables.GetValueOrDefault, _directory);
        errors.ShouldBeEmpty();
        (options!.Port, options.SandboxPort, options.Listen).ShouldBe((1111, 3333, IPAddress.Parse("127.0.0.4")));
    }

    [Fact]
    public void Every_mistake_is_told_at_once()
    {
        var (options, errors) = Read(("port", "eighty"), ("listen", "here"), ("public-url", "patchbay"), ("colour", "blue"), ("sandbox", "maybe"));
        options.ShouldBeNull();
        errors.Count.ShouldBe(5);
    }

    [Theory]
    [InlineData("listen", "0.0.0.0", "", "")]
    [InlineData("listen", "0.0.0.0", "public-url", "http://localhost")]
    [InlineData("public-url", "http://patchbay.example.com", "", "")]
    [InlineData("public-url", "https://patchbay.example.com", "apps-domain", "apps.example.com")]
    [InlineData("public-url", "https://example.com", "apps-domain", "EXAMPLE.com")]
    [InlineData("public-url", "http://127.0.0.1:4400", "", "")]
    [InlineData("public-url", "https://a.example/path", "", "")]
    [InlineData("public-url", "https://user@a.example", "", "")]
    [InlineData("port", "4401", "", "")]
    [InlineData("port", "65536", "", "")]
    [InlineData("port", "-1", "", "")]
    public void What_would_open_a_hole_is_refused(string first, string value, string second, string other)
    {
        var (options, errors) = second.Length == 0 ? Read((first, value)) : Read((first, value), (second, other));
        options.ShouldBeNull();
        errors.ShouldHaveSingleItem();
    }

    [Fact]
    public void Another_machine_may_reach_it_behind_tls_with_apps_on_another_domain() =>
        Read(("listen", "0.0.0.0"), ("public-url", "https://patchbay.example.com"), ("apps-domain", "apps-example.net")).Errors.ShouldBeEmpty();

    [Fact]
    public void Unsafe_functions_are_not_offered_through_a_proxy() =>
        Read(("public-url", "https://a.example"), ("apps-domain", "b.example.net"), ("unsafe-functions", "true")).Errors.ShouldHaveSingleItem().ShouldContain("loopback");

    [Fact]
    public void Unsafe_functions_stay_on_loopback() =>
        Read(("listen", "10.0.0.5"), ("public-url", "https://a.example"), ("apps-domain", "b.example.net"), ("unsafe-functions", "true")).Errors.ShouldHaveSingleItem().ShouldContain("loopback");

    [Fact]
    public void A_damaged_configuration_file_is_named()
    {
        Directory.CreateDirectory(Path.Combine(_directory, ".patchbay"));
        File.WriteAllText(Path.Combine(_directory, ".patchbay", "patchbay.json"), "{ port: ");
        Read().Errors.ShouldHaveSingleItem().ShouldContain("patchbay.json");
    }

    [Fact]
    public void No_text_for_any_option_makes_the_reader_throw() =>
        Prop.ForAll(ArbMap.Default.ArbFor<NonNull<string>>(), text =>
        {
            foreach (var (name, _, _) in ServerOptionsReader.Flags.Where(f => f.Name is not "data"))
            {
                var (options, errors) = Read((name, text.Get));
                (options is null).ShouldBe(errors.Count > 0);
            }
        }).QuickCheckThrowOnFailure();
}
