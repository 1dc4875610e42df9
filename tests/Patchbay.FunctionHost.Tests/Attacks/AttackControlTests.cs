using Patchbay.FunctionHost.Isolation;
using Patchbay.FunctionHost.Tests.Support;
using static Patchbay.FunctionHost.Tests.Support.MachineProcesses;

namespace Patchbay.FunctionHost.Tests.Attacks;

public sealed class AttackControlTests
{
    // The table above would prove nothing if its attempts could not succeed anywhere.
    [Theory]
    [InlineData("return Deno.readTextFileSync('{0}');")]
    [InlineData("return (await import('node:fs')).readFileSync('{0}', 'utf8');")]
    [InlineData("return await (await fetch('file://{0}')).text();")]
    [InlineData("const at = '{0}'; return (await import(at, {{ with: {{ type: 'text' }} }})).default;")]
    [InlineData("const at = `data:text/javascript,import x from 'file://{0}' with {{ type: 'text' }}; export default x`; return (await import(at)).default;")]
    [InlineData("return Deno.readTextFileSync('/proc/self/root{0}');")]
    [InlineData("return new TextDecoder().decode(new Deno.Command('/bin/cat', {{ args: ['{0}'] }}).outputSync().stdout);")]
    [InlineData("return (await import('node:child_process')).spawnSync('/bin/cat', ['{0}']).stdout.toString();")]
    public async Task Without_walls_the_attempts_succeed(string attempt)
    {
        var folder = Directory.CreateTempSubdirectory("pbfn-control-");
        try
        {
            var path = Path.Combine(folder.FullName, "secret.json");
            await File.WriteAllTextAsync(path, "\"MARKER_OF_THE_MACHINE\"");
            var script = Path.Combine(folder.FullName, "attempt.js");
            var body = string.Format(System.Globalization.CultureInfo.InvariantCulture, attempt, path);
            await File.WriteAllTextAsync(script, $"const got = await (async () => {{ {body} }})(); Deno.exit(got.includes('MARKER_OF_THE_MACHINE') ? 42 : 1);");

            (await RunAsync("env", "DENO_NO_UPDATE_CHECK=1", $"DENO_DIR={folder.FullName}/cache", RuntimeFiles.In(TestHost.RuntimeDirectory).Deno, "run", "-A", "--no-config", script)).ShouldBe(42);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
