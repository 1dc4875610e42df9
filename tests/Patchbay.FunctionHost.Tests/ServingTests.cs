using Patchbay.FunctionHost.Tests.Support;
using Shouldly;

namespace Patchbay.FunctionHost.Tests;

public sealed class ServingTests : IAsyncLifetime
{
    private readonly TestHost _host = TestHost.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task A_function_that_says_hello_is_served()
    {
        var function = await _host.DeployAsync("Deno.serve((req) => new Response('hello ' + new URL(req.url).searchParams.get('name')));");

        var reply = await function.CallAsync(path: "/functions/hello?name=you");

        reply.Failure.ShouldBeNull();
        (reply.Status, reply.Body).ShouldBe((200, "hello you"));
        _host.Egress.Bound.ShouldContain(function.Key);
    }
}
