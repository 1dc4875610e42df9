using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests.Attacks;

/// <summary>Files of the machine, and of the function's own namespace.</summary>
[Collection(nameof(SharedHost))]
public sealed class FileAttackTests(SharedHost shared) : AttackTest(shared)
{
    [SandboxTheory]
    [InlineData("return Deno.readTextFileSync('{0}');")]
    [InlineData("return await Deno.readTextFile('{0}');")]
    [InlineData("const f = await Deno.open('{0}'); const b = new Uint8Array(999); await f.read(b); return new TextDecoder().decode(b);")]
    [InlineData("return (await import('node:fs')).readFileSync('{0}', 'utf8');")]
    [InlineData("return await (await import('node:fs/promises')).readFile('{0}', 'utf8');")]
    [InlineData("return await (await fetch('file://{0}')).text();")]
    [InlineData("const at = '{0}'; return (await import(at, {{ with: {{ type: 'text' }} }})).default;")]
    [InlineData("const at = 'file://{0}'; return (await import(at, {{ with: {{ type: 'json' }} }})).default;")]
    [InlineData("const at = URL.createObjectURL(new Blob([`import x from 'file://{0}' with {{ type: 'text' }}; export default x`], {{ type: 'text/javascript' }})); return (await import(at)).default;")]
    [InlineData("const at = `data:text/javascript,import x from 'file://{0}' with {{ type: 'text' }}; export default x`; return (await import(at)).default;")]
    [InlineData("const {{ createRequire }} = await import('node:module'); return createRequire('file:///boot/main.js')('{0}');")]
    [InlineData("Deno.symlinkSync('{0}', '/cache/link'); return Deno.readTextFileSync('/cache/link');")]
    [InlineData("return Deno.readTextFileSync('/proc/self/root{0}');")]
    [InlineData("return Deno.readTextFileSync('/proc/1/root{0}');")]
    [InlineData("return Deno.readTextFileSync('/door/../..{0}');")]
    public async Task No_file_of_the_machine_is_read(string attempt)
    {
        var folder = Directory.CreateTempSubdirectory("pbfn-secret-");
        try
        {
            const string Marker = "MARKER_OF_THE_MACHINE";
            var path = Path.Combine(folder.FullName, "secret.json");
            await File.WriteAllTextAsync(path, $"\"{Marker}\"");
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111);
            File.SetUnixFileMode(path, (UnixFileMode)0b110_110_110);

            (await TryAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, attempt, path))).ShouldNotContain(Marker);
            (await TryAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, attempt, "/etc/passwd"))).ShouldNotContain("root:");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SandboxTheory]
    [InlineData("Deno.writeTextFileSync('{0}/new', 'x');")]
    [InlineData("(await import('node:fs')).writeFileSync('{0}/new', 'x');")]
    [InlineData("Deno.mkdirSync('{0}/new');")]
    [InlineData("Deno.removeSync('{0}/old');")]
    [InlineData("Deno.renameSync('{0}/old', '{0}/new');")]
    [InlineData("Deno.linkSync('{0}/old', '/cache/x'); Deno.writeTextFileSync('/cache/x', 'x');")]
    [InlineData("Deno.chmodSync('{0}/old', 0o777); Deno.truncateSync('{0}/old');")]
    public async Task No_file_of_the_machine_is_changed(string attempt)
    {
        var folder = Directory.CreateTempSubdirectory("pbfn-target-");
        try
        {
            var old = Path.Combine(folder.FullName, "old");
            await File.WriteAllTextAsync(old, "as it was");
            File.SetUnixFileMode(folder.FullName, (UnixFileMode)0b111_111_111);
            File.SetUnixFileMode(old, (UnixFileMode)0b110_110_110);

            (await TryAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, attempt, folder.FullName))).ShouldStartWith("refused");

            Directory.GetFileSystemEntries(folder.FullName).ShouldBe([old]);
            (await File.ReadAllTextAsync(old)).ShouldBe("as it was");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SandboxFact]
    public async Task Temporary_files_cannot_be_made() =>
        (await TryAsync("return Deno.makeTempFileSync();")).ShouldStartWith("refused");

    [SandboxFact]
    public async Task Filling_the_cache_ends_at_its_size()
    {
        var got = await TryAsync("""
            const cache = await caches.open("fill");
            let stored = 0;
            const block = new Uint8Array(1 << 20).fill(7);
            try { for (; stored < 200; stored++) await cache.put(`http://x.example/${stored}`, new Response(block)); } catch (error) { return `${stored}`; }
            return `${stored}`;
            """);

        int.Parse(got, System.Globalization.CultureInfo.InvariantCulture).ShouldBeLessThan(20);
    }
}
