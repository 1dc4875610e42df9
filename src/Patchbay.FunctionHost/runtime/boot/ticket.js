// Puts the run's ticket on what the function fetches, so that the egress can say in its call log which run a call
// belongs to. It orders the log and grants nothing; the egress takes the header off before anything leaves.
const HEADER = "X-Patchbay-Run";

export function installTicket(logs) {
  const direct = globalThis.fetch;
  globalThis.fetch = function fetch(input, init) {
    const ticket = logs.scope()?.ticket;
    if (!ticket) return direct(input, init);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set(HEADER, ticket);
    return direct(input, { ...init, headers });
  };
}
