// Lines to the supervisor, each tagged with the invocation whose asynchronous context wrote it. The supervisor
// believes only lines that begin with the nonce, which foreign code cannot see; every function used after
// foreign code runs is captured here first, so that a patched prototype sees nothing either.
import { AsyncLocalStorage } from "node:async_hooks";

const MAX_LINE = 16384;

export function createLogs(nonce) {
  const { inspect, stdout } = Deno;
  const { stringify } = JSON;
  const writeSync = stdout.writeSync.bind(stdout);
  const encoder = new TextEncoder();
  const encode = encoder.encode.bind(encoder);
  const storage = new AsyncLocalStorage();
  const getStore = storage.getStore.bind(storage);
  const run = storage.run.bind(storage);
  const uncurry = Function.prototype.call.bind.bind(Function.prototype.call);
  const slice = uncurry(String.prototype.slice);
  const subarray = uncurry(Uint8Array.prototype.subarray);
  const wellFormed = uncurry(String.prototype.toWellFormed);
  const SafeError = Error;
  let budget = 1 << 20;

  function send(message) {
    // Without a prototype there is no toJSON that foreign code could have planted.
    const bytes = encode(nonce + stringify({ __proto__: null, ...message }) + "\n");
    const { byteLength } = bytes;
    // A pipe takes what it has room for.
    for (let sent = 0; sent < byteLength;) sent += writeSync(subarray(bytes, sent));
  }

  function describe(error) {
    try {
      if (error instanceof SafeError) return error.stack ? `${error.stack}` : `${error}`;
      return typeof error === "string" ? error : inspect(error);
    } catch {
      return "an error that cannot be shown";
    }
  }

  function write(level, text) {
    const scope = getStore();
    text = wellFormed(text);
    if (scope) {
      if (scope.bytes > budget) return;
      if (text.length > MAX_LINE) text = slice(text, 0, MAX_LINE) + " [cut]";
      scope.bytes += text.length;
      scope.lines++;
    } else if (text.length > MAX_LINE) text = slice(text, 0, MAX_LINE) + " [cut]";
    send({ t: "log", i: scope?.id, l: level, m: text });
  }

  return {
    send,
    describe,
    write,
    setBudget(bytes) {
      if (bytes > 0) budget = bytes;
    },
    run(id, body, ticket) {
      return run({ id, bytes: 0, lines: 0, ticket }, body);
    },
    scope: getStore,
  };
}
