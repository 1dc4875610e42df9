// HTTP_PROXY can name only a TCP address, the door is a unix socket: join the two on the namespace's own
// loopback. Nothing else listens there and no other process shares it.
export function openBridge(door, port) {
  const { connect, listen } = Deno;
  const listener = listen({ hostname: "127.0.0.1", port });
  listener.unref();
  const ignore = () => {};
  (async () => {
    for await (const client of listener) {
      connect({ transport: "unix", path: door }).then((upstream) => {
        client.readable.pipeTo(upstream.writable).catch(ignore);
        upstream.readable.pipeTo(client.writable).catch(ignore);
      }, () => client.close());
    }
  })();
}
