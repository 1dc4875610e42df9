// The private channel from the supervisor: one JSON document a line on stdin.
const { parse } = JSON;
const decoder = new TextDecoder();

export function readControl() {
  // Taken now: the surface replaces both, and a process whose supervisor is gone must really end.
  const { exit, stdin } = Deno;
  let pending = "";
  const chunk = new Uint8Array(1 << 16);

  async function line() {
    for (;;) {
      const end = pending.indexOf("\n");
      if (end >= 0) {
        const found = pending.slice(0, end);
        pending = pending.slice(end + 1);
        return found;
      }
      const count = await stdin.read(chunk);
      if (count === null) return null;
      pending += decoder.decode(chunk.subarray(0, count), { stream: true });
    }
  }

  return {
    async next() {
      const text = await line();
      if (text === null) exit(0);
      return parse(text);
    },
    async closed() {
      while ((await line()) !== null);
    },
  };
}
