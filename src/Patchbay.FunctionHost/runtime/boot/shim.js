// Development mode without namespaces: no bridge and no route, so fetch, node:http and node:https hand every
// request to the door in absolute form ("GET https://host/path HTTP/1.1", TLS begins at the door). This is a
// convenience, not the wall: the wall in this mode is that Deno may reach the door's socket and nothing else.
import http from "node:http";
import https from "node:https";
import { syncBuiltinESMExports } from "node:module";
import { Readable } from "node:stream";

const REDIRECTS = [301, 302, 303, 307, 308];

export function installShim(door) {
  const request = http.request;
  const direct = globalThis.fetch;

  function send(url, method, headers, body, signal) {
    return new Promise((resolve, reject) => {
      const outgoing = request({ socketPath: door, method, path: url.href, headers: { ...Object.fromEntries(headers), host: url.host }, signal }, resolve);
      outgoing.on("error", reject);
      if (body) Readable.fromWeb(body).pipe(outgoing);
      else outgoing.end();
    });
  }

  globalThis.fetch = async function fetch(input, init) {
    const wanted = new Request(input, init);
    let url = new URL(wanted.url);
    if (url.protocol === "data:" || url.protocol === "blob:") return direct(wanted);
    let method = wanted.method;
    let body = wanted.body;
    const headers = new Headers(wanted.headers);
    for (let hop = 0; ; hop++) {
      const reply = await send(url, method, headers, body, wanted.signal);
      const location = reply.headers.location;
      if (location && REDIRECTS.includes(reply.statusCode) && wanted.redirect === "follow" && hop < 20) {
        const next = new URL(location, url);
        if (next.origin !== url.origin) headers.delete("authorization");
        if (reply.statusCode === 303) method = "GET";
        if (method !== "GET" && body) throw new TypeError("A request with a streamed body was redirected.");
        body = null;
        url = next;
        reply.resume();
        continue;
      }
      const received = new Headers();
      for (let i = 0; i < reply.rawHeaders.length; i += 2) received.append(reply.rawHeaders[i], reply.rawHeaders[i + 1]);
      const empty = [204, 205, 304].includes(reply.statusCode) || method === "HEAD";
      return new Response(empty ? null : Readable.toWeb(reply), { status: reply.statusCode, statusText: reply.statusMessage, headers: received });
    }
  };

  const patched = (protocol) => function (first, second, third) {
    let options = {};
    let done = third;
    if (typeof first === "string" || first instanceof URL) {
      const url = new URL(first);
      options = { protocol: url.protocol, hostname: url.hostname, port: url.port, path: url.pathname + url.search, ...(typeof second === "object" ? second : {}) };
      if (typeof second === "function") done = second;
    } else {
      options = { ...first };
      if (typeof second === "function") done = second;
    }
    const scheme = options.protocol ?? protocol;
    const host = options.hostname ?? options.host ?? "localhost";
    const port = options.port ? `:${options.port}` : "";
    const url = new URL(`${scheme}//${host}${port}${options.path ?? "/"}`);
    return request({ socketPath: door, method: options.method, path: url.href, headers: { host: url.host, ...options.headers }, signal: options.signal, timeout: options.timeout }, done);
  };
  for (const [module, protocol] of [[http, "http:"], [https, "https:"]]) {
    const start = patched(protocol);
    module.request = start;
    module.get = (...values) => {
      const outgoing = start(...values);
      outgoing.end();
      return outgoing;
    };
  }
  syncBuiltinESMExports();
}
