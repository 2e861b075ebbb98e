// How a server ends: what has begun is answered, each connection gets no more than the answer that it waits for, and whoever
// waits for the end does not wait for a client that is silent.

/** Above the longest answer: a gift's form waits for Stripe up to 8 s. Below the grace of tools/run/processes.mjs. */
export const LAST_ANSWERS_MS = 12_000;
/** A connection whose answer began before the end was not told that it is the last. */
const IDLE_CLOSED_EVERY_MS = 250;

/**
 * Answers the function that ends it: resolves once nothing is open; called again
 * (a terminal's Ctrl-C and a parent's signal both come) it is the same end.
 * @param {import("node:http").Server} server
 */
export function endsInOrder(server, { limitMs = LAST_ANSWERS_MS, idleClosedEveryMs = IDLE_CLOSED_EVERY_MS } = {}) {
  /** @type {Promise<void> | undefined} */
  let ending;
  server.prependListener("request", (_, response) => {
    if (ending) response.setHeader("Connection", "close");
  });
  return () => {
    ending ??= end(server, { limitMs, idleClosedEveryMs });
    return ending;
  };
}

async function end(server, { limitMs, idleClosedEveryMs }) {
  const closed = new Promise((done) => server.close(done));
  const idle = setInterval(() => server.closeIdleConnections(), idleClosedEveryMs);
  const limit = setTimeout(() => server.closeAllConnections(), limitMs);
  await closed;
  clearInterval(idle);
  clearTimeout(limit);
}
