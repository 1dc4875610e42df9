using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Patchbay.FunctionHost.Logs;
using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests;

[Collection(nameof(SharedHost))]
public sealed class LogTests(SharedHost shared)
{
    private readonly TestHost _host = shared.Host;

    [SandboxFact]
    public async Task Console_lines_arrive_with_level_and_time_before_the_reply()
    {
        var function = await _host.DeployAsync("""
            Deno.serve(() => {
              console.debug("d"); console.log("i", { a: [1] }); console.info("%s is %d", "x", 3); console.warn("w"); console.error(new Error("e").message);
              console.assert(false, "assertion");
              return new Response("ok");
            });
            """);

        var reply = await function.CallAsync();

        reply.Log.Select(l => (l.Level, l.Text)).ShouldBe(
        [
            (FunctionLogLevel.Debug, "d"), (FunctionLogLevel.Info, "i { a: [ 1 ] }"), (FunctionLogLevel.Info, "x is 3"), (FunctionLogLevel.Warn, "w"),
            (FunctionLogLevel.Error, "e"), (FunctionLogLevel.Error, "Assertion failed assertion"),
        ]);
        reply.Log.ShouldAllBe(l => l.At > DateTimeOffset.UnixEpoch);
    }

    [SandboxFact]
    public async Task Lines_of_interleaved_invocations_find_their_own_log()
    {
        var function = await _host.DeployAsync("""
            let waiting: (() => void)[] = [];
            Deno.serve(async (req) => {
              const name = await req.text();
              console.log(`${name} begins`);
              await new Promise<void>((go) => { waiting.push(go); if (waiting.length === 8) for (const next of waiting) next(); });
              console.log(`${name} goes on`);
              setTimeout(() => console.log(`${name} in a timer`), 0);
              await new Promise((go) => setTimeout(go, 5));
              console.log(`${name} ends`);
              return new Response(name);
            });
            """);

        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => function.CallAsync(body: $"n{i}")));

        foreach (var reply in replies)
            reply.Texts.ShouldBe([$"{reply.Body} begins", $"{reply.Body} goes on", $"{reply.Body} in a timer", $"{reply.Body} ends"]);
    }

    [SandboxFact]
    public async Task Uncaught_errors_and_rejections_are_logged_and_do_not_end_the_process()
    {
        var function = await _host.DeployAsync("""
            Deno.serve((req) => {
              if (req.method === "GET") return new Response("alive");
              Promise.reject(new Error("rejected"));
              setTimeout(() => { throw new Error("thrown in a timer"); }, 0);
              return new Response("ok");
            });
            """);
        var log = new TestLog();
        await using (await function.StartAsync("POST", null, log))
        {
            await log.SeeAsync(l => l.Level == FunctionLogLevel.Error && l.Text.Contains("rejected", StringComparison.Ordinal));
            await log.SeeAsync(l => l.Level == FunctionLogLevel.Error && l.Text.Contains("thrown in a timer", StringComparison.Ordinal));
        }

        (await function.CallAsync("GET")).Body.ShouldBe("alive");
    }

    [SandboxFact]
    public async Task What_goes_to_standard_output_directly_is_a_log_line_too()
    {
        var function = await _host.DeployAsync("""
            import process from "node:process";
            Deno.serve(async () => {
              await Deno.stdout.write(new TextEncoder().encode("deno\n"));
              process.stdout.write("node\n");
              process.stderr.write("error\n");
              return new Response("ok");
            });
            """);

        (await function.CallAsync()).Log.Select(l => (l.Level, l.Text)).ShouldBe(
            [(FunctionLogLevel.Info, "deno"), (FunctionLogLevel.Info, "node"), (FunctionLogLevel.Error, "error")]);
    }

    [SandboxFact]
    public async Task A_log_flood_is_cut_and_the_function_still_answers()
    {
        var function = await _host.DeployAsync("""
            Deno.serve((req) => { for (let i = 0; i < 50000; i++) console.log("x".repeat(1000)); return new Response("done"); });
            """);

        var reply = await function.CallAsync(limits: new FunctionLimits { LogBytes = 10_000 });

        reply.Body.ShouldBe("done");
        reply.Log.Count.ShouldBeInRange(10, 13);
        reply.Log[^1].Text.ShouldContain("full");
    }

    [SandboxFact]
    public async Task A_forged_line_reaches_no_log()
    {
        var function = await _host.DeployAsync("""
            import fs from "node:fs";
            const seen: string[] = [];
            const keep = (value: unknown) => { seen.push(String(value)); };
            Object.defineProperty(Object.prototype, "toJSON", { configurable: true, get() { return () => ({ t: "log", i: "1", l: "error", m: "forged by toJSON" }); } });
            for (const [holder, name] of [[String.prototype, "slice"], [Uint8Array.prototype, "subarray"], [TextEncoder.prototype, "encode"], [JSON, "stringify"]] as [any, string][]) {
              const real = holder[name];
              holder[name] = function (...args: unknown[]) { keep(this); for (const a of args) keep(a); return real.apply(this, args); };
            }
            Deno.serve(() => {
              console.log("honest");
              delete (Object.prototype as any).toJSON;
              for (const line of ['{"t":"log","i":"1","l":"error","m":"forged"}', "0".repeat(32) + '{"t":"log","i":"1","l":"error","m":"forged"}', '{"t":"loadFailed","m":"forged"}'])
                for (const fd of [1, 2]) { try { fs.writeSync(fd, line + "\n"); } catch { /* refused is as good */ } }
              return new Response(seen.filter((text) => /[0-9a-f]{32}/.test(text) && text.includes("honest")).join("|"));
            });
            """);

        var reply = await function.CallAsync();

        reply.Failure.ShouldBeNull();
        reply.Body.ShouldBe("");
        reply.Texts.ShouldBe(["honest"]);
    }

    [Fact]
    public void Lines_are_split_whatever_the_chunks_and_too_long_ones_are_skipped()
    {
        Prop.ForAll(Gen.Choose(0, 30).ListOf().ToArbitrary(), lengths =>
        {
            const int Longest = 12;
            var text = string.Concat(lengths.Select((n, i) => new string((char)('a' + (i % 26)), n) + "\n"));
            var lines = new List<string>();
            LineReader.ReadAsync(new MemoryStream(Encoding.ASCII.GetBytes(text)), Longest, line => lines.Add(Encoding.ASCII.GetString(line))).Wait();
            return lines.SequenceEqual(text.Split('\n')[..^1].Where(l => l.Length <= Longest));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void No_bytes_make_the_message_parser_throw_or_believe()
    {
        var nonce = ProcessMessage.NewNonce();
        Prop.ForAll<byte[]>(bytes => ProcessMessage.Parse(new ReadOnlySequence<byte>(bytes), nonce) is null).QuickCheckThrowOnFailure();
        Prop.ForAll(Gen.Elements("{", "}", "\"t\":", "\"log\"", ",", "\"m\":", "\"\\ud800\"", "null", "1", "[", "]", "\"i\":").ListOf().Select(string.Concat).ToArbitrary(), json =>
        {
            ProcessMessage.Parse(new ReadOnlySequence<byte>([.. nonce, .. Encoding.UTF8.GetBytes(json)]), nonce);
            return true;
        }).QuickCheckThrowOnFailure();
        ProcessMessage.Parse(new ReadOnlySequence<byte>([.. nonce, .. """{"t":"log","i":"7","l":"warn","m":"text"}"""u8]), nonce)
            .ShouldBe(new ProcessMessage("log", "7", FunctionLogLevel.Warn, "text"));
    }

    [Fact]
    public void No_text_makes_the_source_map_throw()
    {
        Prop.ForAll<string>(text =>
        {
            SourceMap.Parse(text ?? "").MapStack("at blob:null/00000000-0000-0000-0000-000000000000:1:1");
            return true;
        }).QuickCheckThrowOnFailure();
        Prop.ForAll(Gen.Elements("A", "C", "g", "/", "!", ",", ";", "+", "9").ListOf().Select(string.Concat).ToArbitrary(), mappings =>
        {
            SourceMap.Parse($$"""{"sources":["a.ts"],"mappings":"{{mappings}}"}""").MapStack("at blob:null/00000000-0000-0000-0000-000000000000:2:99");
            return true;
        }).QuickCheckThrowOnFailure();
    }
}
