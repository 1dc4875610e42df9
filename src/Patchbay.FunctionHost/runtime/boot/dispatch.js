// Requests from the supervisor, over HTTP on the process's socket.
const INVOCATION = "patchbay-invocation";
const URL_HEADER = "patchbay-url";
const LOGGED = "patchbay-logged";
const THREW = "patchbay-threw";
// Names the run to the egress's call log; it goes on the calls of this invocation and is no business of the handler.
const TICKET = "x-patchbay-run";

export function createDispatcher(logs, path) {
  const { serve } = Deno;
  const SafeRequest = Request;
  const SafeResponse = Response;
  const SafeHeaders = Headers;
  let handler = null;

  async function handle(raw, info, id) {
    const headers = new SafeHeaders(raw.headers);
    const url = headers.get(URL_HEADER);
    headers.delete(INVOCATION);
    headers.delete(URL_HEADER);
    headers.delete(TICKET);
    const body = raw.method === "GET" || raw.method === "HEAD" ? null : raw.body;
    const request = new SafeRequest(url, { method: raw.method, headers, body, signal: raw.signal });
    let reply;
    let threw = false;
    try {
      reply = await handler(request, info);
      if (!(reply instanceof SafeResponse)) throw new TypeError("The handler did not return a Response.");
    } catch (error) {
      threw = true;
      logs.write("error", `Uncaught (in handler) ${logs.describe(error)}`);
      reply = new SafeResponse("Internal Server Error", { status: 500 });
    }
    const { lines } = logs.scope();
    if (lines === 0 && !threw) return reply;
    // How many lines to wait for: stdout and this socket are two pipes, and the log must not miss the reply.
    const marked = new SafeHeaders(reply.headers);
    marked.set(LOGGED, lines);
    if (threw) marked.set(THREW, "1");
    return new SafeResponse(reply.body, { status: reply.status, statusText: reply.statusText, headers: marked });
  }

  serve({ path, transport: "unix", onListen() {} }, (raw, info) => {
    const id = raw.headers.get(INVOCATION);
    return logs.run(id, () => handle(raw, info, id), raw.headers.get(TICKET));
  });
  // The listener stays; the right to touch its path goes, so foreign code can neither remove nor replace it.
  for (const name of ["read", "write"]) Deno.permissions.revokeSync({ name, path });

  return { accept(found) { handler = found; } };
}
