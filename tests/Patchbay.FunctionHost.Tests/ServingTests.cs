using System.IO.Pipelines;
using Patchbay.FunctionHost.Tests.Support;

namespace Patchbay.FunctionHost.Tests;

[Collection(nameof(SharedHost))]
public sealed class ServingTests(SharedHost shared)
{
    private readonly TestHost _host = shared.Host;

    [SandboxFact]
    public async Task A_function_that_says_hello_is_served()
    {
        var function = await _host.DeployAsync("Deno.serve((req) => new Response('hello ' + new URL(req.url).searchParams.get('name')));");

        var reply = await function.CallAsync(path: "/functions/hello?name=you");

        reply.Failure.ShouldBeNull();
        (reply.Status, reply.Body).ShouldBe((200, "hello you"));
        _host.Egress.Bound.ShouldContain(function.Key);
    }

    [SandboxTheory]
    [InlineData("Deno.serve(() => new Response('served'));")]
    [InlineData("export default Deno.serve(async () => new Response('served'));")]
    [InlineData("Deno.serve({ port: 8000 }, () => new Response('served'));")]
    [InlineData("Deno.serve({ handler: () => new Response('served') });")]
    [InlineData("export default (req: Request): Response => new Response('served');")]
    [InlineData("export default async function handler(req: Request) { return new Response('served'); }")]
    [InlineData("export default { answer: 'served', fetch(req: Request) { return new Response(this.answer); } };")]
    [InlineData("export default { fetch: () => new Response('wrong') }; Deno.serve(() => new Response('served'));")]
    public async Task Every_way_to_name_the_handler_is_understood(string code)
    {
        var function = await _host.DeployAsync(code);

        (await function.CallAsync()).Body.ShouldBe("served");
    }

    [SandboxTheory]
    [InlineData("npm:@base44/sdk@0.8.6")]
    [InlineData("npm:@base44/sdk@0.8.25")]
    [InlineData("npm:@base44/sdk")]
    [InlineData("@base44/sdk")]
    public async Task The_base44_sdk_of_any_pin_reaches_the_api_address_of_the_request_through_the_door(string specifier)
    {
        _host.Egress.Answer = line => line.Contains("/entities/Ticket", StringComparison.Ordinal) ? """[{"id":"1","title":"printer"}]""" : null;
        var function = await _host.DeployAsync($$"""
            import { createClientFromRequest } from "{{specifier}}";
            Deno.serve(async (req) => {
              const base44 = createClientFromRequest(req);
              const tickets = await base44.asServiceRole.entities.Ticket.list();
              return Response.json(tickets.map((t: { title: string }) => t.title));
            });
            """);

        var reply = await function.CallAsync(headers:
        [
            ("Base44-App-Id", "app1"), ("Base44-Service-Authorization", "Bearer service-token"), ("Authorization", "Bearer user-token"),
            ("Base44-Api-Url", "http://patchbay.internal"),
        ]);

        reply.Body.ShouldBe("""["printer"]""", string.Join('\n', reply.Texts));
        _host.Egress.Requests.ShouldContain(line => line.StartsWith("GET http://patchbay.internal/api/apps/app1/entities/Ticket", StringComparison.Ordinal));
    }

    [SandboxFact]
    public async Task Headers_of_the_caller_arrive_as_given_and_hop_by_hop_headers_do_not()
    {
        var function = await _host.DeployAsync("Deno.serve((req) => Response.json([...req.headers], { headers: { 'x-own': 'a', 'keep-alive': 'timeout=1', 'set-cookie': 'a=b' } }));");

        var reply = await function.CallAsync(headers: [("Base44-App-Id", "a1"), ("X-Two", "1"), ("X-Two", "2"), ("Proxy-Authorization", "secret"), ("TE", "trailers"), ("patchbay-url", "http://forged/")]);

        reply.Body.ShouldContain("""["base44-app-id","a1"]""");
        reply.Body.ShouldContain("""["x-two","1, 2"]""");
        reply.Body.ShouldNotContain("secret");
        reply.Body.ShouldNotContain("trailers");
        reply.Body.ShouldNotContain("forged");
        reply.Body.ShouldNotContain("patchbay-");
        reply.Header("x-own").ShouldBe("a");
        reply.Header("set-cookie").ShouldBe("a=b");
        reply.Header("keep-alive").ShouldBeNull();
    }

    [SandboxFact]
    public async Task A_reply_streams_while_the_function_still_works_on_it()
    {
        var function = await _host.DeployAsync("""
            const gate = Promise.withResolvers<void>();
            Deno.serve((req) => req.method === "PUT" ? (gate.resolve(), new Response("opened")) : new Response(new ReadableStream({
              async start(controller) {
                controller.enqueue(new TextEncoder().encode("first\n"));
                await gate.promise;
                controller.enqueue(new TextEncoder().encode("second\n"));
                controller.close();
              },
            })));
            """);

        await using var reply = await function.StartAsync("GET", null, new TestLog());
        using var reader = new StreamReader(reply.Body);
        (await reader.ReadLineAsync()).ShouldBe("first");
        (await function.CallAsync("PUT")).Body.ShouldBe("opened");
        (await reader.ReadToEndAsync()).ShouldBe("second\n");
    }

    [SandboxFact]
    public async Task A_request_body_arrives_as_it_is_written()
    {
        var function = await _host.DeployAsync("""
            Deno.serve(async (req) => {
              const parts = [];
              for await (const chunk of req.body!.pipeThrough(new TextDecoderStream())) { console.log(chunk); parts.push(chunk); }
              return Response.json(parts);
            });
            """);
        var request = new Pipe();
        var log = new TestLog();

        var call = function.StartAsync("POST", request.Reader.AsStream(), log);
        await request.Writer.WriteAsync("first"u8.ToArray());
        await log.SeeAsync(l => l.Text == "first");
        await request.Writer.WriteAsync("second"u8.ToArray());
        await log.SeeAsync(l => l.Text == "second");
        await request.Writer.CompleteAsync();

        await using var reply = await call;
        using var reader = new StreamReader(reply.Body);
        (await reader.ReadToEndAsync()).ShouldBe("""["first","second"]""");
    }

    [SandboxFact]
    public async Task An_empty_body_is_empty_and_not_an_error()
    {
        var function = await _host.DeployAsync("Deno.serve(async (req) => Response.json(await req.json().catch(() => ({ empty: true }))));");

        (await function.CallAsync()).Body.ShouldBe("""{"empty":true}""");
        (await function.CallAsync(body: "")).Body.ShouldBe("""{"empty":true}""");
        (await function.CallAsync("GET")).Body.ShouldBe("""{"empty":true}""");
        (await function.CallAsync(body: """{"a":1}""")).Body.ShouldBe("""{"a":1}""");
    }

    [SandboxFact]
    public async Task Form_data_with_a_file_arrives()
    {
        var function = await _host.DeployAsync("""
            Deno.serve(async (req) => {
              const form = await req.formData();
              const file = form.get("file") as File;
              return Response.json([form.get("name"), file.name, await file.text()]);
            });
            """);
        using var form = new MultipartFormDataContent("limit") { { new StringContent("Ada"), "name" }, { new ByteArrayContent("content"u8.ToArray()), "file", "a.txt" } };

        var reply = await function.CallAsync(body: await form.ReadAsStringAsync(), headers: [("Content-Type", form.Headers.ContentType!.ToString())]);

        reply.Body.ShouldBe("""["Ada","a.txt","content"]""", string.Join('\n', reply.Texts));
    }

    [SandboxFact]
    public async Task Binary_replies_and_replies_without_a_body_arrive()
    {
        var function = await _host.DeployAsync("""
            Deno.serve((req) => req.method === "DELETE" ? new Response(null, { status: 204 })
              : req.method === "PUT" ? Response.redirect("https://elsewhere.example/") : new Response(new Uint8Array([0, 255, 1])));
            """);
        await using var reply = await function.StartAsync("GET", null, new TestLog());
        var bytes = new MemoryStream();
        await reply.Body.CopyToAsync(bytes);

        bytes.ToArray().ShouldBe([0, 255, 1]);
        (await function.CallAsync("DELETE")).Status.ShouldBe(204);
        var redirect = await function.CallAsync("PUT");
        (redirect.Status, redirect.Header("location")).ShouldBe((302, "https://elsewhere.example/"));
        (await function.CallAsync("TRACE")).Status.ShouldBe(405);
    }

    [SandboxFact]
    public async Task The_environment_is_what_was_given_and_nothing_else()
    {
        var function = await _host.DeployAsync("""
            import process, { env } from "node:process";
            import { secrets } from "base44:runtime";
            Deno.serve(() => Response.json([Deno.env.get("GIVEN"), process.env.GIVEN, env.GIVEN, secrets.get("GIVEN"), Deno.env.toObject(), { ...process.env }]));
            """);

        var reply = await function.CallAsync(environment: new Dictionary<string, string> { ["GIVEN"] = "value" });

        reply.Body.ShouldBe("""["value","value","value","value",{"GIVEN":"value"},{"GIVEN":"value"}]""");
    }

    [SandboxFact]
    public async Task Zones_and_languages_are_real()
    {
        var function = await _host.DeployAsync("Deno.serve(() => new Response(new Date(0).toLocaleString('de-DE', { timeZone: 'America/New_York' })));");

        (await function.CallAsync()).Body.ShouldBe("31.12.1969, 19:00:00");
    }

    [SandboxFact]
    public async Task A_process_serves_many_requests_and_keeps_its_state_between_them()
    {
        var function = await _host.DeployAsync("let n = 0; Deno.serve(async () => { const mine = ++n; await Promise.resolve(); return new Response(String(mine)); });");

        var replies = new List<string>();
        for (var i = 0; i < 5; i++) replies.Add((await function.CallAsync()).Body);

        replies.ShouldBe(["1", "2", "3", "4", "5"]);
    }

    [SandboxFact]
    public async Task A_process_is_never_used_for_another_key()
    {
        const string Code = "globalThis.seen ??= 0; Deno.serve(() => new Response(String(++globalThis.seen)));";
        var functions = new List<TestFunction>();
        for (var i = 0; i < 4; i++) functions.Add(await _host.DeployAsync(Code));

        foreach (var function in functions) (await function.CallAsync()).Body.ShouldBe("1");
        foreach (var function in functions) (await function.CallAsync()).Body.ShouldBe("2");
        foreach (var function in functions) _host.Egress.Bound.Count(key => key == function.Key).ShouldBe(1);
    }

    [SandboxFact]
    public async Task A_handler_that_throws_gives_500_and_its_error_stands_in_the_log_with_the_authors_line()
    {
        var function = await _host.DeployAsync("""
            // one
            interface Unused { a: string }

            function fail(): never {
              throw new Error("broken on purpose");
            }
            Deno.serve(() => fail());
            """, "functions/broken/entry.ts");

        var reply = await function.CallAsync();

        (reply.Status, reply.Threw, reply.Failure).ShouldBe((500, true, null));
        reply.Log.ShouldHaveSingleItem().Text.ShouldContain("broken on purpose");
        reply.Log[0].Text.ShouldContain("functions/broken/entry.ts:5");
        reply.Log[0].Level.ShouldBe(FunctionLogLevel.Error);
    }

    [SandboxFact]
    public async Task A_caller_that_gives_up_gets_cancelled_and_the_function_hears_of_it()
    {
        var function = await _host.DeployAsync("""
            let aborted = 0;
            Deno.serve((req) => req.method === "GET" ? new Response(String(aborted)) : new Promise(() => {
              console.log("waiting");
              req.signal.addEventListener("abort", () => { aborted++; console.log("aborted"); });
            }));
            """);
        using var give = new CancellationTokenSource();
        var log = new TestLog();
        var waiting = log.SeeAsync(l => l.Text == "waiting");
        var call = function.StartAsync("POST", null, log, cancellationToken: give.Token);
        await waiting;
        await give.CancelAsync();

        (await call).Failure!.Failure.ShouldBe(FunctionFailure.Cancelled);
        await log.SeeAsync(l => l.Text == "aborted");
        (await function.CallAsync("GET")).Body.ShouldBe("1");
    }
}
