// What foreign code sees instead of the real thing: environment, console, Deno.serve, exit, no workers.
// None of this is the wall (that is the namespaces, the permissions and the limits around the process); it is
// the shape functions expect, and it keeps honest mistakes from killing their own process.
import process from "node:process";
import workers from "node:worker_threads";

const SDK = Symbol.for("patchbay.sdk");
const RUNTIME = Symbol.for("patchbay.runtime");

export function installSurface(logs, sdk) {
  const exit = Deno.exit;
  let environment = Object.create(null);
  let captured = null;

  replaceConsole(logs);
  const output = (level) => ({
    write: async (bytes) => writeRaw(level, bytes),
    writeSync: (bytes) => writeRaw(level, bytes),
    isTerminal: () => false,
    close() {},
    writable: new WritableStream({ write: (bytes) => { writeRaw(level, bytes); } }),
  });
  function writeRaw(level, bytes) {
    logs.write(level, new TextDecoder().decode(bytes).replace(/\n$/, ""));
    return bytes.length;
  }
  const nodeOutput = (level) => ({
    isTTY: false,
    write(text) {
      logs.write(level, String(text).replace(/\n$/, ""));
      return true;
    },
    end() {}, on() { return this; }, once() { return this; }, emit() { return false; },
  });

  define(Deno, "stdout", output("info"));
  define(Deno, "stderr", output("error"));
  define(Deno, "stdin", { read: async () => null, readSync: () => null, readable: new ReadableStream({ start(c) { c.close(); } }), isTerminal: () => false, close() {} });
  define(Deno, "env", {
    get: (name) => environment[name],
    has: (name) => name in environment,
    set: (name, value) => { environment[name] = String(value); },
    delete: (name) => { delete environment[name]; },
    toObject: () => ({ ...environment }),
  });
  define(Deno, "exit", () => {
    throw new Error("Deno.exit is not available in a function; return a Response instead.");
  });
  define(Deno, "serve", (first, second) => {
    const options = typeof first === "function" ? {} : first ?? {};
    const handler = typeof first === "function" ? first : second ?? options.handler;
    if (typeof handler !== "function") throw new TypeError("Deno.serve needs a handler function.");
    if (captured) throw new Error("Deno.serve was called twice; a function has one handler.");
    const onError = options.onError;
    captured = onError ? async (request, info) => {
      try { return await handler(request, info); } catch (error) { return await onError(error); }
    } : handler;
    options.onListen?.({ transport: "tcp", hostname: "0.0.0.0", port: 8000 });
    return server;
  });
  const server = {
    addr: { transport: "tcp", hostname: "0.0.0.0", port: 8000 },
    finished: new Promise(() => {}),
    ref() {}, unref() {}, shutdown: async () => {}, [Symbol.asyncDispose]: async () => {},
  };

  define(process, "env", new Proxy(Object.create(null), {
    get: (_, name) => environment[name],
    set: (_, name, value) => { environment[name] = String(value); return true; },
    has: (_, name) => name in environment,
    deleteProperty: (_, name) => delete environment[name],
    ownKeys: () => Reflect.ownKeys(environment),
    getOwnPropertyDescriptor: (_, name) => name in environment
      ? { value: environment[name], enumerable: true, configurable: true, writable: true } : undefined,
  }));
  define(process, "stdout", nodeOutput("info"));
  define(process, "stderr", nodeOutput("error"));
  define(process, "exit", Deno.exit);

  // A worker reserves another code range: under the memory limit it would abort this very process.
  delete globalThis.Worker;
  define(workers, "Worker", class Worker {
    constructor() { throw new Error("Workers are not available in a function."); }
  });

  globalThis.addEventListener("unhandledrejection", (event) => {
    event.preventDefault();
    logs.write("error", `Uncaught (in promise) ${logs.describe(event.reason)}`);
  });
  globalThis.addEventListener("error", (event) => {
    event.preventDefault();
    logs.write("error", `Uncaught ${logs.describe(event.error ?? event.message)}`);
  });

  globalThis[SDK] = sdk;
  globalThis[RUNTIME] = {
    secrets: { get: (name) => environment[name] },
    waitUntil(work) {
      Promise.resolve(work).catch((error) => logs.write("error", `Uncaught (in waitUntil) ${logs.describe(error)}`));
    },
  };

  return {
    exit,
    setEnvironment(values) { environment = Object.assign(Object.create(null), values); },
    handlerOf(module) {
      const exported = module.default;
      const found = captured
        ?? (typeof exported === "function" ? exported : undefined)
        ?? (typeof exported?.fetch === "function" ? exported.fetch.bind(exported) : undefined);
      if (!found) throw new Error("The function has no handler: call Deno.serve(handler), or export a default function or an object with fetch.");
      return found;
    },
  };
}

function define(target, name, value) {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

function replaceConsole(logs) {
  const { inspect } = Deno;
  const show = (value) => typeof value === "string" ? value : inspect(value, { depth: 4 });
  const format = (values) => {
    if (typeof values[0] !== "string" || !values[0].includes("%")) return values.map(show).join(" ");
    let next = 1;
    const head = values[0].replace(/%([sdifjoOc%])/g, (match, kind) => {
      if (kind === "%") return "%";
      if (next >= values.length) return match;
      const value = values[next++];
      switch (kind) {
        case "s": return typeof value === "object" ? show(value) : String(value);
        case "d": case "f": return String(Number(value));
        case "i": return String(Math.trunc(Number(value)));
        case "c": return "";
        case "j": return JSON.stringify(value);
        default: return show(value);
      }
    });
    return [head, ...values.slice(next).map(show)].join(" ");
  };
  const at = (level) => (...values) => logs.write(level, format(values));
  const counts = new Map();
  const timers = new Map();
  const elapsed = (label) => `${label}: ${Math.round(performance.now() - (timers.get(label) ?? performance.now()))}ms`;
  Object.assign(globalThis.console, {
    debug: at("debug"), log: at("info"), info: at("info"), warn: at("warn"), error: at("error"),
    dir: at("info"), dirxml: at("info"), table: at("info"), group: at("info"), groupCollapsed: at("info"),
    groupEnd() {}, clear() {},
    trace: (...values) => logs.write("debug", `${format(values)}\n${new Error().stack}`),
    assert: (ok, ...values) => { if (!ok) logs.write("error", `Assertion failed ${format(values)}`); },
    count(label = "default") {
      counts.set(label, (counts.get(label) ?? 0) + 1);
      logs.write("info", `${label}: ${counts.get(label)}`);
    },
    countReset: (label = "default") => { counts.delete(label); },
    time: (label = "default") => { timers.set(label, performance.now()); },
    timeLog: (label = "default") => logs.write("info", elapsed(label)),
    timeEnd(label = "default") {
      logs.write("info", elapsed(label));
      timers.delete(label);
    },
  });
}
