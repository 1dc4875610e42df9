using System.IO.Pipelines;
using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests;

/// <summary>What goes wrong inside a function, and how it is told.</summary>
[Collection(nameof(SharedHost))]
public sealed class FailureTests(SharedHost shared)
{
    private readonly TestHost _host = shared.Host;

    [SandboxFact]
    public async Task Code_that_throws_while_it_is_imported_gives_its_message_with_the_authors_line()
    {
        var function = await _host.DeployAsync("const a: number = 1;\n\nthrow new Error('bad start ' + a);");

        var reply = await function.CallAsync();

        reply.Failure!.Failure.ShouldBe(FunctionFailure.LoadFailed);
        reply.Failure.Message.ShouldContain("bad start 1");
        reply.Failure.Message.ShouldContain("entry.ts:3");
    }

    [SandboxFact]
    public async Task Code_without_a_handler_says_what_to_write()
    {
        var failure = (await (await _host.DeployAsync("console.log('only this');")).CallAsync()).Failure!;

        failure.Failure.ShouldBe(FunctionFailure.LoadFailed);
        failure.Message.ShouldContain("Deno.serve");
    }

    [SandboxFact]
    public async Task An_import_that_never_ends_is_given_up()
    {
        await using var host = TestHost.Create(o => o with { StartTimeout = TimeSpan.FromSeconds(3) });
        var function = await host.DeployAsync("await new Promise(() => {});");

        (await function.CallAsync()).Failure!.Failure.ShouldBe(FunctionFailure.TimedOut);
    }

    [SandboxTheory]
    [InlineData("Deno.exit(3)")]
    [InlineData("process.exit(3)")]
    public async Task Exit_is_an_error_inside_the_function(string exit)
    {
        var reply = await (await _host.DeployAsync($"import process from 'node:process'; Deno.serve(() => {{ {exit}; }});")).CallAsync();

        (reply.Status, reply.Threw).ShouldBe((500, true));
    }

    [SandboxFact]
    public async Task A_crash_is_told_apart_and_the_next_request_gets_a_fresh_process()
    {
        var function = await _host.DeployAsync("""
            import process from "node:process";
            Deno.serve((req) => { if (req.method === "GET") return new Response("fine"); process.abort(); });
            """);
        (await function.CallAsync("GET")).Body.ShouldBe("fine");

        var crashed = await function.CallAsync();
        crashed.Failure.ShouldNotBeNull(string.Join('\n', crashed.Texts)).Failure.ShouldBe(FunctionFailure.Crashed);
        (await function.CallAsync("GET")).Body.ShouldBe("fine");
    }

    [SandboxFact]
    public async Task A_client_that_breaks_off_its_body_does_not_cost_the_function_its_process()
    {
        var function = await _host.DeployAsync("let n = 0; Deno.serve(async (req) => { n++; await req.text().catch(() => {}); return new Response(String(n)); });");
        (await function.CallAsync()).Body.ShouldBe("1");
        var request = new Pipe();
        await request.Writer.WriteAsync("begun"u8.ToArray());
        await request.Writer.CompleteAsync(new IOException("the client went away"));

        await using var reply = await function.StartAsync("POST", request.Reader.AsStream(), new TestLog());

        reply.Failure!.Failure.ShouldBe(FunctionFailure.Cancelled);
        // The broken request may or may not have been seen; a fresh process would begin with 1.
        (await function.CallAsync()).Body.ShouldBeOneOf("2", "3");
    }

    [SandboxFact]
    public async Task A_reply_whose_stream_fails_is_told_and_does_not_cost_the_function_its_process()
    {
        var function = await _host.DeployAsync("""
            let n = 0;
            Deno.serve((req) => { n++; return req.method === "GET" ? new Response(String(n)) : new Response(new ReadableStream({ async start(c) { c.enqueue(new Uint8Array(9)); await 0; c.error(new Error("x")); } })); });
            """);

        (await function.CallAsync()).Failure!.Failure.ShouldBe(FunctionFailure.Crashed);
        (await function.CallAsync("GET")).Body.ShouldBe("2");
    }

    [SandboxFact]
    public async Task Headers_outside_ascii_are_no_error_of_the_function()
    {
        var function = await _host.DeployAsync("Deno.serve((req) => new Response(String(req.headers.has('x-name'))));");

        (await function.CallAsync(headers: [("X-Name", "Zo\u00eb \u4f60")])).Body.ShouldBe("true");
    }
}
