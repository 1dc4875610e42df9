using FsCheck;
using FsCheck.Fluent;
using Patchbay.FunctionHost.Building;
using Patchbay.FunctionHost.Isolation;
using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests;

public sealed class BuildTests : IAsyncLifetime, IDisposable
{
    private readonly Spawner _spawner = new();
    private readonly Bundler _bundler;

    public BuildTests() => _bundler = new Bundler(TestHost.RuntimeDirectory, _spawner, TimeProvider.System);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bundler.DisposeAsync();

    public void Dispose() => _spawner.Dispose();

    [Fact]
    public async Task Relative_and_shared_files_of_the_set_are_bundled_with_a_map_to_their_names()
    {
        var bundle = await BuildAsync("functions/a/entry.ts", new()
        {
            ["functions/a/entry.ts"] = "import { greet } from '../../shared/greet.ts'; import { name } from './name'; import data from './data.json'; import type { T } from './nowhere.ts';\nexport default () => new Response(greet(name) + data.mark);",
            ["functions/a/name.ts"] = "export const name: string = 'Ada';",
            ["functions/a/data.json"] = """{"mark":"!"}""",
            ["shared/greet.ts"] = "export const greet = (name: string): string => `hello ${name}`;",
        });

        bundle.Code.ShouldContain("`hello ${");
        bundle.Hash.Length.ShouldBe(64);
        bundle.SourceMap!.ShouldContain("\"shared/greet.ts\"");
        bundle.SourceMap!.ShouldContain("\"functions/a/entry.ts\"");
    }

    [Fact]
    public async Task The_same_source_gives_the_same_hash() =>
        (await BuildAsync("export default () => 1")).Hash.ShouldBe((await BuildAsync("export default () => 1")).Hash);

    [Theory]
    [InlineData("npm:stripe@14", "not available to functions")]
    [InlineData("jsr:@std/assert@1", "not available to functions")]
    [InlineData("npm:@base44/sdk@0.7.1", "0.8.x")]
    [InlineData("https://deno.land/std@0.224.0/x.ts", "code from the web is not loaded")]
    [InlineData("lodash", "write npm:, node: or a relative path")]
    [InlineData("./missing.ts", "no file functions/a/missing.ts")]
    [InlineData("../../../outside.ts", "outside the function's files")]
    public async Task An_import_that_cannot_be_had_is_named_with_file_line_and_what_to_do(string specifier, string advice)
    {
        var failure = await Should.ThrowAsync<FunctionBuildException>(() => BuildAsync("functions/a/entry.ts", new() { ["functions/a/entry.ts"] = $"// first line\nimport x from \"{specifier}\";\nconsole.log(x);" }));

        failure.Message.ShouldContain(advice);
        failure.Message.ShouldContain(specifier);
        (failure.File, failure.Line, failure.Specifier).ShouldBe(("functions/a/entry.ts", 2, specifier));
    }

    [Fact]
    public async Task A_syntax_error_is_told_with_its_line()
    {
        var failure = await Should.ThrowAsync<FunctionBuildException>(() => BuildAsync("const a = 1;\nconst = 2;"));

        (failure.File, failure.Line).ShouldBe(("entry.ts", 2));
    }

    // Each line tries to make the bundler read a file of the machine that holds the marker.
    [Theory]
    [InlineData("import x from '{0}'; export default x;")]
    [InlineData("import x from '{0}' with {{ type: 'text' }}; export default x;")]
    [InlineData("import x from '{0}' with {{ type: 'json' }}; export default x;")]
    [InlineData("import x from '{0}' with {{ type: 'bytes' }}; export default x;")]
    [InlineData("import x from 'file://{0}'; export default x;")]
    [InlineData("import x from '../../../../../../../../../../..{0}'; export default x;")]
    [InlineData("import x from './../../../../../../../../../../../..{0}?raw'; export default x;")]
    [InlineData("import x from './..\\..\\..\\..\\..{0}'; export default x;")]
    [InlineData("export * from '{0}';")]
    [InlineData("export default await import('{0}');")]
    [InlineData("export default (n) => import(`..{0}${{n}}`);")]
    [InlineData("export default (n) => import('./../../../../../../../../../../../tmp/' + n);")]
    [InlineData("export default require('{0}');")]
    [InlineData("export default (n) => require('./../../../../../../../../../../../tmp/' + n);")]
    [InlineData("export default require.resolve('{0}');")]
    [InlineData("import './x.css'; export default 1;")]
    [InlineData("/// <reference path=\"{0}\" />\nexport default 1;")]
    [InlineData("export default 1;\n//# sourceMappingURL={0}")]
    [InlineData("export default 1;\n//# sourceMappingURL=file://{0}")]
    [InlineData("export default new URL('{0}', import.meta.url);")]
    [InlineData("/** @jsxImportSource {0} */ export default 1;")]
    [InlineData("import x from 'npm:{0}'; export default x;")]
    [InlineData("import x from '@base44/sdk/..{0}'; export default x;")]
    [InlineData("import x from 'node:..{0}'; export default 1; console.log(x);")]
    public async Task The_bundler_reads_no_file_of_the_machine(string code)
    {
        var secret = Directory.CreateTempSubdirectory("pbfn-host-");
        try
        {
            const string Marker = "MARKER_OF_THE_HOST";
            var path = Path.Combine(secret.FullName, "secret.js");
            await File.WriteAllTextAsync(path, $"export default '{Marker}'; // {Marker}");
            await File.WriteAllTextAsync(Path.Combine(secret.FullName, "tsconfig.json"), "{}");
            var files = new Dictionary<string, string>
            {
                ["a/entry.tsx"] = string.Format(System.Globalization.CultureInfo.InvariantCulture, code, path),
                ["a/x.css"] = $"@import url('{path}'); a {{ background: url('{path}') }}",
                ["a/tsconfig.json"] = $$"""{ "extends": "{{path}}", "compilerOptions": { "paths": { "*": ["{{secret.FullName}}/*"] }, "jsxImportSource": "{{path}}" } }""",
                ["a/package.json"] = $$"""{ "main": "{{path}}", "imports": { "#x": "{{path}}" } }""",
            };
            try
            {
                var bundle = await BuildAsync("a/entry.tsx", files);
                (bundle.Code + bundle.SourceMap).ShouldNotContain(Marker);
            }
            catch (FunctionBuildException e)
            {
                e.Message.ShouldNotContain(Marker);
            }
        }
        finally
        {
            secret.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../entry.ts")]
    [InlineData("a/../../b.ts")]
    [InlineData("a\\b.ts")]
    [InlineData("fn:x.ts")]
    [InlineData("a//b.ts")]
    [InlineData("")]
    public async Task File_names_that_are_not_plain_relative_paths_are_refused(string path) =>
        (await Should.ThrowAsync<FunctionBuildException>(() => BuildAsync("entry.ts", new() { ["entry.ts"] = "export default 1", [path] = "x" }))).File.ShouldBe(path);

    [Fact]
    public async Task An_entry_that_is_not_there_is_named() =>
        (await Should.ThrowAsync<FunctionBuildException>(() => BuildAsync("entry.ts", []))).Message.ShouldContain("entry.ts");

    [Fact]
    public async Task Many_builds_at_once_get_each_its_own_answer()
    {
        var bundles = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => BuildAsync($"export default 'number {i}';")));

        for (var i = 0; i < bundles.Length; i++) bundles[i].Code.ShouldContain($"number {i}\"");
    }

    [Fact]
    public void Plain_paths_never_climb() =>
        Prop.ForAll(Gen.Elements("a", "..", ".", "", "b.ts", "\\", "c:", "\n").ListOf().Select(parts => string.Join('/', parts)).ToArbitrary(), path =>
            !Bundler.IsPlainPath(path) || Path.GetFullPath(path, "/root/of/set").StartsWith("/root/of/set/", StringComparison.Ordinal)).QuickCheckThrowOnFailure();

    private Task<FunctionBundle> BuildAsync(string code) => BuildAsync("entry.ts", new() { ["entry.ts"] = code });

    private Task<FunctionBundle> BuildAsync(string entry, Dictionary<string, string> files) =>
        _bundler.BuildAsync(new FunctionSource(entry, files), CancellationToken.None);
}
